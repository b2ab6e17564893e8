// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/number_text.hpp"
#include "report/outcome_text.hpp"
#include "report/text_table.hpp"
#include "report/uncertainty_parts.hpp"

namespace steppe {
namespace {

// The parts in the order in which they add up.
double total_of(const VarianceSplit& split) {
  double sum = split.residual + split.coefficients;
  for (const double driver : split.drivers) sum += driver;
  return sum + split.driver_covariance;
}

std::vector<double> parts_of(const VarianceSplit& split) {
  std::vector<double> out = {split.residual, split.coefficients};
  out.insert(out.end(), split.drivers.begin(), split.drivers.end());
  out.push_back(split.driver_covariance);
  return out;
}

constexpr std::size_t kRowsTold = 12;

}  // namespace

bool carries_driver_error(const SeriesResult& series) {
  if (series.regression == nullptr) return false;
  const auto& rows = series.regression->rows;
  return std::any_of(rows.begin(), rows.end(),
                     [](const RegressionRow& row) { return row.variance.has_value(); });
}

void write_variance(JsonText& json, const StepResult& step, const VarianceSplit& split) {
  json.key("variance").object();
  json.member("total", total_of(split)).member("residual", split.residual);
  json.member("coefficients", split.coefficients);
  json.key("drivers").object();
  for (std::size_t i = 0; i < split.drivers.size() && i < step.regressors.size(); ++i) {
    json.member(step.regressors[i], split.drivers[i]);
  }
  json.end();
  json.member("driver_covariance", split.driver_covariance);
  json.end();
}

void write_uncertainty(SummaryPage& page, const RunResult& result, const StepResult& step,
                       const SeriesResult& series) {
  if (!carries_driver_error(series)) return;
  const RegressionRows& regression = *series.regression;
  std::string how = "closed form";
  if (regression.uncertainty == Uncertainty::kSimulation) {
    how = "simulation, " + readable_number(static_cast<double>(regression.draws)) + " draws";
  }
  page.line("  with the error of forecast drivers, by " + how + "; with drivers known:");
  TextTable table("l");
  std::vector<std::string> header = {"time"};
  for (const double coverage : result.coverage) header.push_back(percent_text(coverage) + " %");
  header.insert(header.end(), {"variance: residual", "coefficients"});
  for (const std::string& name : step.regressors) header.push_back(escaped(name));
  header.push_back("covariance");
  table.add(std::move(header));
  for (std::size_t r = 0; r < series.rows.size() && r < kRowsTold; ++r) {
    const RegressionRow& row = regression.rows[r];
    std::vector<std::string> cells = {label_of(series.rows[r].ordinal, step.calendar)};
    for (std::size_t c = 0; c < row.known_lower.size(); ++c) {
      cells.push_back(readable_number(row.known_lower[c]) + " .. " +
                      readable_number(row.known_upper[c]));
    }
    if (row.variance) {
      const double total = total_of(*row.variance);
      for (const double part : parts_of(*row.variance)) {
        cells.push_back(significant_text(100 * part / total, 3) + " %");
      }
    }
    table.add(std::move(cells));
  }
  page.table(table, "    ");
}

}  // namespace steppe
