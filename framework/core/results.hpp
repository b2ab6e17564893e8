// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a run produces: for every step and series a forecast or the reason why there is none, and,
// where wanted, everything the models said. `engine` fills it, `report` writes it.

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/diagnostics.hpp"
#include "core/driver_forecast.hpp"
#include "core/exit_code.hpp"
#include "core/fault.hpp"
#include "core/fit_report.hpp"
#include "core/option_value.hpp"
#include "core/panel.hpp"
#include "core/uncertainty.hpp"
#include "core/warning.hpp"

namespace steppe {

// One date ahead. lower and upper stand side by side with StepResult::coverage. NaN: undefined, and
// a warning of the series says why.
struct ForecastRow {
  std::int64_t ordinal = 0;  // date, on the step's calendar
  std::int64_t step = 0;     // 1, 2, ... ahead of the origin
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> lower;  // prediction interval per coverage
  std::vector<double> upper;
};

// Where the variance of one forecast comes from, in squared units of the target. The parts add up
// to the variance of the forecast; the covariance of the drivers may be negative.
struct VarianceSplit {
  double residual = std::numeric_limits<double>::quiet_NaN();
  double coefficients = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> drivers;  // per regressor
  double driver_covariance = std::numeric_limits<double>::quiet_NaN();
};

// What stands beside a row of a regression's forecast. All but `forecast` take the regressors as
// known; the interval of the row itself carries their error where that was wanted.
struct RegressionRow {
  std::vector<double> regressors;  // the values the row was predicted from
  std::vector<bool> forecast;      // parallel: a forecast, not an observation or a given value
  std::vector<double> mean_lower;  // interval of the mean per coverage
  std::vector<double> mean_upper;
  double known_standard_error = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> known_lower;  // prediction interval per coverage
  std::vector<double> known_upper;
  std::optional<VarianceSplit> variance;  // where the error of the regressors was carried through
  std::vector<double> monte_carlo_error;  // of a simulation: standard error of the interval's ends
};

// What the forecast of a regression holds beyond that of a trend.
struct RegressionRows {
  Uncertainty uncertainty = Uncertainty::kKnownDrivers;
  std::int64_t draws = 0;           // of a simulation
  std::vector<RegressionRow> rows;  // parallel to SeriesResult::rows
};

// One model fitted to one series: a candidate of `best`, or the only one.
struct CandidateResult {
  std::string label;   // the word in the pipeline: "exponential"
  std::string plugin;  // "trend.exponential"
  bool fitted = false;
  Error error;  // why not, when not fitted
  double criterion = std::numeric_limits<double>::quiet_NaN();
  FitReport report;                   // empty when not fitted or details are off
  std::vector<ForecastRow> forecast;  // this candidate's own, when details are on
};

// In-sample values of the chosen model, when details are on.
struct InSample {
  std::vector<std::int64_t> ordinals;
  std::vector<double> observed;
  std::vector<double> fitted;
};

enum class SeriesStatus { kOk, kDegraded, kFailed };
std::string_view name_of(SeriesStatus status);

struct SeriesDetail {
  std::vector<CandidateResult> candidates;  // one for a plain trend or a regression
  InSample in_sample;
  Diagnostics diagnostics;  // of a regression
};

struct ScenarioComparison;  // core/scenario_results.hpp

struct SeriesResult {
  std::string key;
  SeriesStatus status = SeriesStatus::kOk;
  Error error;         // when failed
  std::string model;   // label of the model the numbers come from
  std::string choice;  // why that model, in words; empty without a choice
  std::vector<ForecastRow> rows;
  std::unique_ptr<RegressionRows> regression;  // null for a trend
  std::unique_ptr<DriverForecast> driver;  // of a trend whose error a regression carries through
  std::shared_ptr<const ScenarioComparison> scenarios;  // of a scenario step, which has no rows
  std::vector<Warning> warnings;
  std::unique_ptr<SeriesDetail> detail;  // null when details are off
};

// One fit of a regression to the rows of all keys.
struct PooledFit {
  std::string plugin;    // "regression.panel"
  std::size_t keys = 0;  // that have rows in it
  std::size_t rows = 0;
  bool fitted = false;
  Error error;                    // why not, when not fitted
  FitReport report;               // with the model's warnings
  std::vector<Warning> warnings;  // of the rows
  std::string remark;             // why there are no tests of assumptions
};

struct StepResult {
  std::string id;                       // step id: "mining"
  std::string kind;                     // "trend", "regression", "scenario"
  std::string word;                     // "best", "ols"; of a scenario its regression step
  std::string series;                   // what it forecasts: "region.mining"
  std::string criterion;                // of best; empty otherwise
  std::vector<std::string> regressors;  // of a regression
  std::vector<std::string> key_columns;
  Calendar calendar;
  std::shared_ptr<const PooledFit> pooled;  // null for a fit per key
  std::vector<SeriesResult> results;        // sorted by key
};

// A plugin as the run record names it.
struct PluginRecord {
  std::string id;
  std::string version;
  std::string file;
  std::string sha256;
};

// What was read.
struct SourceRecord {
  std::string id;
  std::string plugin;
  std::string path;  // as written in the pipeline; empty when the source has none
  std::string snapshot;
  RowAccounting rows;
  std::size_t series_count = 0;  // keys
  std::string time_column;
  std::string first_date;
  std::string last_date;
  std::string frequency;
  std::vector<std::string> columns;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<Warning> warnings;
};

struct StepOptionsRecord {
  std::string step;
  std::string plugin;
  Options options;  // after defaults
};

struct Timing {
  std::string phase;
  double seconds = 0;
};

struct RunResult {
  std::string name;           // the pipeline's
  std::string pipeline_file;  // as given
  std::string pipeline_sha256;
  std::string host_version;
  std::uint64_t seed = 0;
  std::vector<double> coverage;
  std::vector<SourceRecord> sources;
  std::vector<StepResult> steps;  // in the order of the file
  std::vector<PluginRecord> plugins;
  std::vector<StepOptionsRecord> options;
  std::vector<Warning> warnings;  // of the run as a whole
  std::vector<Timing> timings;
  std::vector<std::string> written;  // output files, in the order of the pipeline
  std::size_t series_ok = 0;
  std::size_t series_degraded = 0;
  std::size_t series_failed = 0;
  ExitCode exit = ExitCode::kComplete;
};

}  // namespace steppe
