// SPDX-License-Identifier: Apache-2.0
// The forecast table.

#include <algorithm>
#include <cmath>

#include "core/scenario_results.hpp"
#include "report/csv_text.hpp"
#include "report/outcome_text.hpp"
#include "report/outputs.hpp"
#include "report/uncertainty_parts.hpp"

namespace steppe {
namespace {

class ForecastTable {
 public:
  explicit ForecastTable(const RunResult& result) : result_(result) {
    for (const StepResult& step : result.steps) {
      for (const std::string& key : step.key_columns) {
        if (std::find(keys_.begin(), keys_.end(), key) == keys_.end()) keys_.push_back(key);
      }
    }
  }

  std::string text() && {
    for (const StepResult& step : result_.steps) {
      scenarios_ |= step.kind == "scenario";
      for (const SeriesResult& series : step.results) known_ |= carries_driver_error(series);
    }
    write_header();
    for (const StepResult& step : result_.steps) {
      for (const SeriesResult& series : step.results) write_series(step, series);
    }
    return std::move(csv_).take();
  }

 private:
  void write_header() {
    std::vector<std::string> names = {"series", "time", "step", "mean"};
    if (scenarios_) names.insert(names.begin() + 1, "scenario");
    for (const double coverage : result_.coverage) {
      names.push_back("lower_" + percent_text(coverage));
      names.push_back("upper_" + percent_text(coverage));
    }
    for (const double coverage : known_ ? result_.coverage : std::vector<double>()) {
      names.push_back("known_lower_" + percent_text(coverage));
      names.push_back("known_upper_" + percent_text(coverage));
    }
    names.insert(names.end(), {"model", "status", "warnings"});
    // A key column with the name of another column of this table gets a prefix.
    for (const std::string& key : keys_) {
      const bool taken = std::find(names.begin(), names.end(), key) != names.end();
      csv_.text(taken ? "key_" + key : key);
    }
    for (const std::string& name : names) csv_.cell(name);
    csv_.end_row();
  }

  void write_keys(const StepResult& step, const SeriesResult& series) {
    const std::vector<std::string> parts = key_parts(series.key);
    for (const std::string& key : keys_) {
      const auto found = std::find(step.key_columns.begin(), step.key_columns.end(), key);
      const auto index = static_cast<std::size_t>(found - step.key_columns.begin());
      const bool has_key = found != step.key_columns.end() && index < parts.size();
      csv_.text(has_key ? parts[index] : "");
    }
  }

  // What a regression has beside a row where it carries the error of drivers; else null.
  static const RegressionRow* beside(const SeriesResult& series, const ForecastRow& row,
                                     const ScenarioForecast* scenario) {
    const auto& rows = scenario == nullptr ? series.rows : scenario->rows;
    const RegressionRows* regression =
        scenario == nullptr ? series.regression.get() : &scenario->regression;
    const auto index = static_cast<std::size_t>(&row - rows.data());
    if (regression == nullptr || index >= regression->rows.size()) return nullptr;
    return regression->rows[index].variance ? &regression->rows[index] : nullptr;
  }

  void write_known(const RegressionRow* row) {
    for (std::size_t i = 0; i < result_.coverage.size(); ++i) {
      csv_.number(row != nullptr && i < row->known_lower.size() ? row->known_lower[i] : NAN);
      csv_.number(row != nullptr && i < row->known_upper.size() ? row->known_upper[i] : NAN);
    }
  }

  // A row of a series or, of a scenario step, of one of its scenarios.
  void write_row(const StepResult& step, const SeriesResult& series, const ForecastRow& row,
                 const ScenarioForecast* scenario = nullptr) {
    write_keys(step, series);
    csv_.text(step.id);
    if (scenarios_) csv_.text(scenario == nullptr ? std::string_view() : scenario->name);
    csv_.cell(label_of(row.ordinal, step.calendar));
    csv_.cell(std::to_string(row.step));
    csv_.number(row.mean);
    for (std::size_t i = 0; i < result_.coverage.size(); ++i) {
      csv_.number(i < row.lower.size() ? row.lower[i] : NAN);
      csv_.number(i < row.upper.size() ? row.upper[i] : NAN);
    }
    if (known_) write_known(beside(series, row, scenario));
    csv_.text(series.model);
    csv_.cell(name_of(series.status));
    std::string codes;
    for (const Warning& warning : scenario == nullptr ? series.warnings : scenario->warnings) {
      codes += (codes.empty() ? "" : ";") + warning.code;
    }
    csv_.text(codes);
    csv_.end_row();
  }

  // A series without a forecast keeps one row, so that none is lost.
  void write_reason(const StepResult& step, const SeriesResult& series,
                    const ScenarioForecast* scenario = nullptr) {
    write_keys(step, series);
    csv_.text(step.id);
    if (scenarios_) csv_.text(scenario == nullptr ? std::string_view() : scenario->name);
    for (std::size_t i = 0; i < 3 + (known_ ? 4 : 2) * result_.coverage.size(); ++i) csv_.cell("");
    csv_.text(series.model);
    csv_.cell(name_of(series.status));
    csv_.text(error_line(scenario == nullptr ? series.error : scenario->error));
    csv_.end_row();
  }

  void write_scenario(const StepResult& step, const SeriesResult& series,
                      const ScenarioForecast& scenario) {
    if (scenario.rows.empty()) write_reason(step, series, &scenario);
    for (const ForecastRow& row : scenario.rows) write_row(step, series, row, &scenario);
  }

  void write_series(const StepResult& step, const SeriesResult& series) {
    if (series.scenarios != nullptr) {
      for (const ScenarioForecast& scenario : series.scenarios->scenarios) {
        write_scenario(step, series, scenario);
      }
      return;
    }
    if (series.rows.empty()) write_reason(step, series);
    for (const ForecastRow& row : series.rows) write_row(step, series, row);
  }

  const RunResult& result_;
  std::vector<std::string> keys_;  // of all steps, in order of first use
  bool scenarios_ = false;         // whether a column names scenarios
  bool known_ = false;             // whether columns hold the intervals with drivers known
  CsvText csv_;
};

}  // namespace

std::string forecast_csv(const RunResult& result) { return ForecastTable(result).text(); }

}  // namespace steppe
