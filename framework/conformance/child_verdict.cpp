// SPDX-License-Identifier: Apache-2.0
#include "conformance/child_verdict.hpp"

#include <csignal>
#include <cstring>
#include <optional>

#include "core/fault.hpp"
#include "plugin_host/line_text.hpp"

namespace steppe::conformance {

namespace {

constexpr std::string_view kOutcomeWords[] = {"passed", "failed", "skipped"};
constexpr std::size_t kShownOutput = 600;

// What came through the channel.
struct Account {
  ChildPhase phase = ChildPhase::kStart;
  std::optional<Verdict> verdict;
  std::string rule;
};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Account read_account(std::string_view text) {
  Account out;
  while (auto line = next_line(text)) {
    std::string_view rest = *line;
    if (take(rest, "phase ")) {
      out.phase = rest == "load" ? ChildPhase::kLoad : ChildPhase::kCase;
    } else if (take(rest, "rule ")) {
      out.rule = rest;
    } else if (take(rest, "verdict ")) {
      const auto word = rest.substr(0, rest.find(' '));
      Verdict verdict;
      if (word == kOutcomeWords[1]) verdict.outcome = Outcome::kFailed;
      if (word == kOutcomeWords[2]) verdict.outcome = Outcome::kSkipped;
      verdict.text = rest.substr(std::min(rest.size(), word.size() + 1));
      out.verdict = verdict;
    }
  }
  return out;
}

std::string signal_name(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

// The last lines, on one line.
std::string shown_output(std::string_view output) {
  while (!output.empty() && output.back() == '\n') output.remove_suffix(1);
  const bool cut = output.size() > kShownOutput;
  if (cut) output.remove_prefix(output.size() - kShownOutput);
  std::string out = cut ? "..." : "";
  while (!output.empty()) {
    const auto newline = output.find('\n');
    out += escaped(output.substr(0, newline));
    if (newline == std::string_view::npos) break;
    out += " | ";
    output.remove_prefix(newline + 1);
  }
  return out;
}

std::string during(ChildPhase phase) {
  return phase == ChildPhase::kLoad ? " while the plugin was loaded" : "";
}

void record_failure(CaseRecord& record, const std::string& rule, std::string text) {
  record.outcome = CaseOutcome::kFailed;
  record.text = std::move(text);
  if (!rule.empty() && rule != record.rule) record.rule += ", " + rule;
}

// The rule behind a signal, where malloc said why it gave up.
std::string rule_of_crash(const ChildResult& child) {
  const auto said = [&](std::string_view words) {
    return child.output.find(words) != std::string::npos;
  };
  if (child.signal == SIGABRT &&
      (said("free(): ") || said("double free") || said("munmap_chunk"))) {
    return "R14";
  }
  if (child.signal == SIGABRT && (said("malloc(): ") || said("corrupted size"))) return "R12";
  return "R16";
}

// The child ended without a verdict.
void judge_end(const ChildResult& child, int limit_ms, ChildPhase phase, CaseRecord& record) {
  const std::string when = during(phase);
  if (child.timed_out) {
    return record_failure(
        record, phase == ChildPhase::kLoad ? "R4" : "R34",
        "did not finish within " + std::to_string(limit_ms) + " ms" + when + "; stopped");
  }
  if (child.signal != 0) {
    return record_failure(record, rule_of_crash(child),
                          "crashed with " + signal_name(child.signal) + when);
  }
  if (child.exit_code == kSanitizerExit) {
    return record_failure(record, "R12", "was stopped by a sanitizer" + when);
  }
  record_failure(
      record, "R21",
      "ended the process: exit(" + std::to_string(child.exit_code) + ") was called" + when);
}

}  // namespace

std::string phase_line(ChildPhase phase) {
  return phase == ChildPhase::kLoad ? "phase load\n" : "phase case\n";
}

std::string verdict_lines(const Verdict& verdict) {
  std::string out;
  if (!verdict.rule.empty()) out += "rule " + verdict.rule + "\n";
  out += "verdict " + std::string(kOutcomeWords[static_cast<std::size_t>(verdict.outcome)]);
  return out + " " + escaped(verdict.text) + "\n";
}

void judge_child(const ChildResult& child, int limit_ms, CaseRecord& record) {
  record.output = shown_output(child.output);
  if (!child.started) {
    return record_failure(record, "", "the case could not be run: " + child.problem);
  }
  const Account account = read_account(child.channel);
  if (account.phase == ChildPhase::kStart && !account.verdict && !child.timed_out) {
    return record_failure(record, "", "the case could not be run: its process did not begin");
  }
  if (!account.verdict || child.timed_out || child.signal != 0 || child.exit_code != 0) {
    return judge_end(child, limit_ms, account.phase, record);
  }
  record.text = account.verdict->text;
  record.outcome = static_cast<CaseOutcome>(account.verdict->outcome);
  if (record.outcome == CaseOutcome::kFailed)
    return record_failure(record, account.rule, record.text);
  if (!child.output.empty()) {
    record_failure(record, "R21", "printed on standard output or standard error");
  }
}

}  // namespace steppe::conformance
