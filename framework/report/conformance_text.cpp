// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "core/fault.hpp"
#include "core/number_text.hpp"
#include "report/conformance_outputs.hpp"
#include "report/text_table.hpp"

namespace steppe {
namespace {

constexpr const char* kOutcomeWords[] = {"passed", "FAILED", "skipped"};
constexpr const char* kStateWords[] = {"proven", "REFUTED", "not proven"};

std::string shown_component(const CaseRecord& record) {
  return record.component.empty() ? "the file" : escaped(record.component);
}

// "14 passed, 1 FAILED, 2 skipped"; parts that are zero are left out.
std::string counts_text(const std::array<std::size_t, 3>& counts) {
  std::string out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(counts[i]) + " " + kOutcomeWords[i];
  }
  return out;
}

std::string head_text(const ConformanceReport& report) {
  return escaped(report.file) + "\n  " + escaped(report.name) + " " + escaped(report.version) +
         ", SDK " + escaped(report.sdk_version) + ", ABI " + escaped(report.revision) + ", seed " +
         std::to_string(report.seed) + "\n\n";
}

std::string levels_text(const ConformanceReport& report) {
  TextTable table("lll");
  for (int level = 1; level <= report.level; ++level) {
    std::array<std::size_t, 3> counts{};
    for (const CaseRecord& record : report.cases) {
      if (record.level == level) ++counts[static_cast<std::size_t>(record.outcome)];
    }
    if (counts == std::array<std::size_t, 3>{}) continue;
    table.add(
        {"Level " + std::to_string(level), conformance_level_name(level), counts_text(counts)});
  }
  return table.text("");
}

std::string all_cases_text(const ConformanceReport& report) {
  TextTable table("lllll");
  for (const CaseRecord& record : report.cases) {
    table.add({kOutcomeWords[static_cast<std::size_t>(record.outcome)], record.id, record.rule,
               shown_component(record), escaped(record.title)});
  }
  return "\n" + table.text("  ");
}

std::string failure_text(const CaseRecord& record) {
  std::string out = "\nFAILED " + record.id + " of " + shown_component(record) + ", rule " +
                    record.rule + "\n  " + escaped(record.title) +
                    "\n  seen:   " + escaped(record.text) + "\n";
  if (!record.output.empty()) out += "  output: " + escaped(record.output) + "\n";
  return out + "  again:  " + escaped(record.replay) + "\n";
}

// Cases that were skipped for one reason stand on one line.
std::string skipped_text(const ConformanceReport& report) {
  std::vector<std::string> reasons;
  for (const CaseRecord& record : report.cases) {
    if (record.outcome != CaseOutcome::kSkipped) continue;
    if (std::ranges::find(reasons, record.text) == reasons.end()) reasons.push_back(record.text);
  }
  std::string out;
  for (const std::string& reason : reasons) {
    out += "\nskipped: " + escaped(reason) + "\n";
    for (const CaseRecord& record : report.cases) {
      if (record.outcome != CaseOutcome::kSkipped || record.text != reason) continue;
      out += "  " + record.id + " of " + shown_component(record) + "\n";
    }
  }
  return out;
}

std::string claims_text(const ConformanceReport& report) {
  std::string out;
  std::vector<std::string> components;
  for (const ClaimRecord& claim : report.claims) {
    if (components.empty() || components.back() != claim.component) {
      components.push_back(claim.component);
    }
  }
  for (const std::string& component : components) {
    TextTable table("lll");
    for (const ClaimRecord& claim : report.claims) {
      if (claim.component != component) continue;
      std::string by;
      for (const std::string& id : claim.cases) by += (by.empty() ? "" : ", ") + id;
      const std::string value = claim.value == 1 ? "" : "=" + std::to_string(claim.value);
      table.add(
          {escaped(claim.name) + value, kStateWords[static_cast<std::size_t>(claim.state)], by});
    }
    out += "\nClaims of " + escaped(component) + "\n" + table.text("  ");
  }
  return out;
}

std::string refusal_text(const ConformanceRefusal& refusal) {
  std::string out = "refused [" + escaped(refusal.fault) + "]: " + escaped(refusal.reason) + "\n";
  if (!refusal.rule.empty()) out += "  rule:   " + refusal.rule + " (docs/sdk-rules.md)\n";
  if (!refusal.output.empty()) out += "  output: " + escaped(refusal.output) + "\n";
  return out + "No case was run: the host does not load this file.\n";
}

}  // namespace

std::string conformance_text(const ConformanceReport& report, bool every_case) {
  if (report.refusal) return escaped(report.file) + "\n" + refusal_text(*report.refusal);
  std::string out = head_text(report) + levels_text(report);
  if (every_case) out += all_cases_text(report);
  for (const CaseRecord& record : report.cases) {
    if (record.outcome == CaseOutcome::kFailed) out += failure_text(record);
  }
  out += skipped_text(report) + claims_text(report);
  for (const std::string& note : report.notes) out += "\nnote: " + escaped(note) + "\n";
  const std::array<std::size_t, 3> totals = {report.count(CaseOutcome::kPassed),
                                             report.count(CaseOutcome::kFailed),
                                             report.count(CaseOutcome::kSkipped)};
  return out + "\n" + std::to_string(report.cases.size()) + " cases: " + counts_text(totals) +
         ", in " + significant_text(report.seconds, 2) + " s\n";
}

}  // namespace steppe
