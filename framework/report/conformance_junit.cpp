// SPDX-License-Identifier: Apache-2.0
// JUnit XML as Jenkins, GitLab and GitHub read it: testsuites, testsuite, testcase with failure,
// error or skipped.
#include <string_view>

#include "core/fault.hpp"
#include "core/number_text.hpp"
#include "report/conformance_outputs.hpp"

namespace steppe {
namespace {

// For element content and for attributes in double quotes. XML 1.0 has no control characters, not
// even escaped: those are shown as \xNN.
std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : escaped(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

std::string failure_element(const CaseRecord& record) {
  std::string body = "rule " + record.rule + ": " + record.title;
  std::string out = "    <failure" + attribute("type", record.rule) +
                    attribute("message", record.text) + ">" + xml_text(body) + "\n";
  if (!record.output.empty()) out += "output: " + xml_text(record.output) + "\n";
  return out + "again: " + xml_text(record.replay) + "</failure>\n";
}

std::string case_element(const CaseRecord& record) {
  const std::string name = record.component.empty() ? "file" : record.component;
  std::string out = "   <testcase" + attribute("classname", name) + attribute("name", record.id) +
                    attribute("time", shortest_text(record.seconds));
  if (record.outcome == CaseOutcome::kPassed) return out + "/>\n";
  out += ">\n";
  if (record.outcome == CaseOutcome::kFailed) out += failure_element(record);
  if (record.outcome == CaseOutcome::kSkipped) {
    out += "    <skipped" + attribute("message", record.text) + "/>\n";
  }
  return out + "   </testcase>\n";
}

std::string suite_element(const ConformanceReport& report, int level) {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const CaseRecord& record : report.cases) {
    if (record.level != level) continue;
    ++tests;
    failures += record.outcome == CaseOutcome::kFailed ? 1 : 0;
    skipped += record.outcome == CaseOutcome::kSkipped ? 1 : 0;
    cases += case_element(record);
  }
  if (tests == 0) return "";
  return "  <testsuite" + attribute("name", conformance_level_name(level)) +
         attribute("tests", std::to_string(tests)) +
         attribute("failures", std::to_string(failures)) + attribute("errors", "0") +
         attribute("skipped", std::to_string(skipped)) + ">\n" + cases + "  </testsuite>\n";
}

std::string refused_suite(const ConformanceRefusal& refusal) {
  return "  <testsuite name=\"load\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
         "   <testcase classname=\"file\" name=\"load\">\n    <error" +
         attribute("type", refusal.fault) + attribute("message", refusal.reason) + ">" +
         xml_text(refusal.output) + "</error>\n   </testcase>\n  </testsuite>\n";
}

}  // namespace

std::string conformance_junit(const ConformanceReport& report) {
  const bool refused = report.refusal.has_value();
  const std::size_t tests = refused ? 1 : report.cases.size();
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                    attribute("name", "steppe test-plugin " + report.file) +
                    attribute("tests", std::to_string(tests)) +
                    attribute("failures", std::to_string(report.count(CaseOutcome::kFailed))) +
                    attribute("errors", refused ? "1" : "0") + ">\n";
  if (refused) out += refused_suite(*report.refusal);
  for (int level = 1; level <= kConformanceLevels; ++level) out += suite_element(report, level);
  return out + "</testsuites>\n";
}

}  // namespace steppe
