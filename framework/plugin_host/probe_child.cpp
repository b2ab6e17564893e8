// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/probe_child.hpp"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/child_process.hpp"
#include "plugin_host/environment.hpp"
#include "plugin_host/line_text.hpp"
#include "plugin_host/rules.hpp"
#include "plugin_host/shared_module.hpp"
#include "plugin_host/verdict_text.hpp"

namespace steppe {

namespace {

constexpr int kLoaderGaveUp = 127;

// A clean environment: what a plugin finds there must not decide whether it loads. The library path
// is kept, since the host's own loading obeys it.
std::vector<std::string> child_environment() {
  std::vector<std::string> out = {
      std::string(kProbeVariable) + "=" + std::to_string(kVerdictDescriptor) + "," +
          std::to_string(kPluginDescriptor),
      "LC_ALL=C",
      // Read by sanitizer builds only: signals must end the child, not become reports.
      "ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:"
      "handle_sigill=0",
  };
  const char* const libraries = std::getenv("LD_LIBRARY_PATH");
  if (libraries != nullptr && !is_privileged()) {
    out.push_back(std::string("LD_LIBRARY_PATH=") + libraries);
  }
  return out;
}

std::string signal_name(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

// Each line of what was printed made safe on its own.
std::string shown_output(std::string_view output) {
  std::string out;
  while (!output.empty()) {
    const auto newline = output.find('\n');
    if (!out.empty()) out += '\n';
    out += escaped(output.substr(0, newline));
    output.remove_prefix(newline == std::string_view::npos ? output.size() : newline + 1);
  }
  return out;
}

std::string last_line(const std::string& text) { return text.substr(text.rfind('\n') + 1); }

// What the child told through the pipe: how far it came, and perhaps a verdict.
struct Account {
  std::string phase;  // the last one entered; empty when the child never began
  std::optional<PluginVerdict> verdict;
};

Account read_account(std::string_view text) {
  constexpr std::string_view kPhase = "phase ";
  Account out;
  while (text.substr(0, kPhase.size()) == kPhase) {
    const auto line = next_line(text);
    if (!line) return out;
    out.phase = line->substr(kPhase.size());
  }
  std::size_t used = 0;
  out.verdict = verdict_from_text(text, used);
  return out;
}

std::string during(const std::string& phase) {
  if (phase == "entry") return "in its entry";
  if (phase == "tables") return "while its tables were read";
  return "while it was loaded";
}

LoadError explain_end(const ChildResult& child, const Account& account, int timeout_ms) {
  const bool loading = account.phase == "load";
  if (child.timed_out) {
    return {"B7", "did not finish " + during(account.phase) + " within " +
                      std::to_string(timeout_ms) + " ms; stopped"};
  }
  if (child.signal == SIGBUS && loading) {
    return {"B1", "truncated or corrupt: SIGBUS " + during(account.phase)};
  }
  if (child.signal != 0) {
    // A wild pointer in a table, not a crash of the plugin's own.
    const char* const rule = account.phase == "tables" ? "R6" : "R4";
    return {"B7", "crashed with " + signal_name(child.signal) + " " + during(account.phase), rule};
  }
  if (child.exit_code == kLoaderGaveUp && loading) {
    const std::string said = last_line(shown_output(child.output));
    return {"B1", "corrupt: the dynamic loader gave up" + (said.empty() ? "" : ": " + said)};
  }
  if (account.verdict || account.phase.empty()) {
    return {"B7", "its probe ended with exit code " + std::to_string(child.exit_code)};
  }
  return {"P5", "called exit(" + std::to_string(child.exit_code) + ") " + during(account.phase) +
                    "; treated as a crash"};
}

}  // namespace

ProbeResult probe_in_child(const ProbeRequest& request) {
  ChildRequest wanted;
  wanted.arguments = {request.program, "--probe-plugin", request.path};
  wanted.environment = child_environment();
  wanted.passed_descriptor = request.descriptor;
  wanted.passed_as = kPluginDescriptor;
  wanted.channel_as = kVerdictDescriptor;
  wanted.timeout_ms = request.timeout_ms;
  const ChildResult child = run_child(wanted);

  ProbeResult out;
  Account account = read_account(child.channel);
  if (!child.started || (account.phase.empty() && !child.timed_out)) {
    out.judged = false;
    out.verdict.reason = "could not be judged: the probe " + request.program + " did not run" +
                         (child.problem.empty() ? "" : ": " + child.problem);
    return out;
  }
  out.timed_out = child.timed_out;
  if (child.exit_code == 0 && account.verdict && !child.timed_out) {
    out.verdict = *std::move(account.verdict);
  } else {
    const LoadError error = explain_end(child, account, request.timeout_ms);
    out.verdict.fault = error.fault;
    out.verdict.rule = rule_or_default(error.rule, error.fault);
    out.verdict.reason = error.message;
    if (child.timed_out) {
      out.verdict.time_limit_ms = request.timeout_ms;
    } else if (child.signal != 0) {
      out.verdict.signal = signal_name(child.signal);
    } else {
      out.verdict.exit_code = child.exit_code;
    }
  }
  out.verdict.log = shown_output(child.output);
  if (out.verdict.accepted && !child.output.empty()) {
    out.verdict.notices.push_back(with_rule("printed when it was loaded", "R3"));
  }
  return out;
}

}  // namespace steppe
