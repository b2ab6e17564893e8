// SPDX-License-Identifier: Apache-2.0
#include "report/summary_warnings.hpp"

#include <map>

namespace steppe {
namespace {

constexpr std::size_t kWarningsShown = 30;  // of the run

// A warning once, however many series it concerns.
struct WarningLine {
  std::string where;
  Warning warning;
  std::size_t others = 0;
};

std::vector<WarningLine> all_warnings(const RunResult& result) {
  std::vector<WarningLine> out;
  std::map<std::pair<std::string, std::string>, std::size_t> seen;  // step, code and text: index
  const auto add = [&](const std::string& step, const std::string& key, const Warning& warning) {
    const bool many = !key.empty();
    const auto found = seen.find({step, many ? warning.code : warning.code + warning.text});
    if (found != seen.end()) {
      ++out[found->second].others;
      return;
    }
    seen[{step, many ? warning.code : warning.code + warning.text}] = out.size();
    out.push_back({many ? step + " " + quoted(display_key(key)) : step, warning});
  };
  for (const Warning& warning : result.warnings) add("run", "", warning);
  for (const SourceRecord& source : result.sources) {
    for (const Warning& warning : source.warnings) add(escaped(source.id), "", warning);
  }
  for (const StepResult& step : result.steps) {
    if (step.pooled != nullptr) {
      for (const Warning& warning : step.pooled->warnings) add(escaped(step.id), "", warning);
      for (const Warning& warning : step.pooled->report.warnings) {
        add(escaped(step.id), "", warning);
      }
    }
    for (const SeriesResult& series : step.results) {
      for (const Warning& warning : series.warnings) {
        add(escaped(step.id), series.key, warning);
      }
    }
  }
  return out;
}

}  // namespace

void write_warnings(SummaryPage& page, const RunResult& result) {
  const std::vector<WarningLine> warnings = all_warnings(result);
  if (warnings.empty()) return;
  page.heading("Warnings");
  for (std::size_t i = 0; i < warnings.size() && i < kWarningsShown; ++i) {
    const WarningLine& line = warnings[i];
    std::string text = "  " + line.where + ": " + escaped(line.warning.text) + " (" +
                       escaped(line.warning.code) + ")";
    if (line.others != 0) text += ", and " + std::to_string(line.others) + " more like it";
    page.line(text, SummaryPage::Style::kWarning);
  }
  if (warnings.size() > kWarningsShown) {
    page.line("  and " + std::to_string(warnings.size() - kWarningsShown) + " more",
              SummaryPage::Style::kWarning);
  }
}

}  // namespace steppe
