// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "report/outcome_text.hpp"
#include "report/scenario_parts.hpp"

namespace steppe {
namespace {

using Style = SummaryPage::Style;

constexpr std::size_t kDatesShown = 12;
constexpr std::size_t kElasticitiesShown = 6;

std::string signed_number(double value) { return (value > 0 ? "+" : "") + readable_number(value); }

// Two digits behind the point are enough for per cent and elasticities.
std::string rounded(double value) {
  constexpr double kHundredths = 100;
  return std::isfinite(value) ? readable_number(std::round(value * kHundredths) / kHundredths)
                              : "-";
}

std::vector<std::string> cells_of(const ForecastRow& row, const RunResult& result) {
  std::vector<std::string> cells;
  for (std::size_t c = 0; c < result.coverage.size(); ++c) {
    const bool there = c < row.lower.size() && c < row.upper.size();
    cells.push_back(there ? readable_number(row.lower[c]) + " .. " + readable_number(row.upper[c])
                          : "-");
  }
  return cells;
}

void append_cells(std::vector<std::string>& cells, std::vector<std::string> more) {
  for (std::string& cell : more) cells.push_back(std::move(cell));
}

void write_dates(SummaryPage& page, const RunResult& result, const StepResult& step,
                 const ScenarioComparison& comparison) {
  TextTable table("llr");
  std::vector<std::string> header = {"time", "scenario", "forecast", "difference", "%"};
  for (const double coverage : result.coverage) header.push_back(percent_text(coverage) + " %");
  table.add(std::move(header));
  for (std::size_t i = 0; i < comparison.base.size() && i < kDatesShown; ++i) {
    const ForecastRow& base = comparison.base[i];
    std::vector<std::string> cells = {label_of(base.ordinal, step.calendar), "base",
                                      readable_number(base.mean), "", ""};
    append_cells(cells, cells_of(base, result));
    table.add(std::move(cells));
    for (const ScenarioForecast& scenario : comparison.scenarios) {
      if (scenario.rows.empty()) continue;
      const double per_cent = scenario.per_cent[i];
      cells = {"", escaped(scenario.name), readable_number(scenario.rows[i].mean),
               signed_number(scenario.difference[i]),
               (per_cent > 0 ? "+" : "") + rounded(per_cent)};
      append_cells(cells, cells_of(scenario.rows[i], result));
      table.add(std::move(cells));
    }
  }
  page.table(table);
  if (comparison.base.size() > kDatesShown) {
    page.line("  and " + std::to_string(comparison.base.size() - kDatesShown) + " more dates",
              Style::kFaint);
  }
}

void write_elasticities(SummaryPage& page, const StepResult& step,
                        const ScenarioComparison& comparison) {
  const std::size_t all = comparison.base.size();
  const std::size_t first = all > kElasticitiesShown ? all - kElasticitiesShown : 0;
  page.line("  Elasticities: per cent of the forecast for one per cent of the driver");
  TextTable table("lr");
  std::vector<std::string> header = {""};
  for (std::size_t i = first; i < all; ++i) {
    header.push_back(label_of(comparison.base[i].ordinal, step.calendar));
  }
  table.add(std::move(header));
  for (const DriverEffect& effect : comparison.effects) {
    std::vector<std::string> cells = {escaped(effect.driver)};
    for (std::size_t i = first; i < all; ++i) cells.push_back(rounded(effect.elasticities[i]));
    table.add(std::move(cells));
  }
  page.table(table, "    ");
}

void write_tornado(SummaryPage& page, const StepResult& step,
                   const ScenarioComparison& comparison) {
  page.line("  The forecast of " + label_of(comparison.base.back().ordinal, step.calendar) +
            " with a driver lowered and raised");
  TextTable table("llr");
  table.add({"", "by", "lowered", "raised", "effect"});
  for (const std::size_t index : comparison.tornado) {
    const DriverEffect& effect = comparison.effects[index];
    table.add({escaped(effect.driver),
               effect.by_standard_deviation ? "1 standard deviation" : "10 %",
               readable_number(effect.lowered), readable_number(effect.raised),
               signed_number(effect.effect)});
  }
  page.table(table, "    ");
}

}  // namespace

void write_scenarios(SummaryPage& page, const RunResult& result, const StepResult& step,
                     const ScenarioComparison& comparison) {
  for (const ScenarioForecast& scenario : comparison.scenarios) {
    std::string changes;
    for (const ScenarioChange& change : scenario.changes) {
      changes +=
          (changes.empty() ? "" : ", ") + escaped(change.driver) + " " + escaped(change.text);
    }
    page.line("  " + escaped(scenario.name) + ": " + changes);
    if (scenario.rows.empty()) {
      page.line("  failed: " + escaped(error_line(scenario.error)), Style::kBad);
    }
  }
  write_dates(page, result, step, comparison);
  write_elasticities(page, step, comparison);
  write_tornado(page, step, comparison);
}

}  // namespace steppe
