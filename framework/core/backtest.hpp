// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a backtest found: forecasts made from each of several past dates, with nothing from after
// it, beside what then happened. `engine` fills it, `report` writes it.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/exit_code.hpp"
#include "core/fault.hpp"
#include "core/panel.hpp"
#include "core/warning.hpp"

namespace steppe {

// One forecast that could be judged. lower and upper stand side by side with the coverage; NaN
// where the model gave no interval.
struct BacktestRow {
  std::int64_t origin = 0;  // ordinal of the last date that the models saw
  std::int64_t step = 0;    // 1, 2, ... after the origin
  double actual = 0;
  double forecast = 0;
  double naive = 0;  // the last observation up to the origin
  std::vector<double> lower;
  std::vector<double> upper;
};

struct BacktestSeries {
  std::string key;
  std::vector<BacktestRow> rows;  // by origin, then step
};

// A forecast that failed although its origin was wanted.
struct BacktestFailure {
  std::string key;
  std::int64_t origin = 0;
  Error error;
};

// Errors e = actual - forecast of one horizon over all series and origins. NaN: undefined.
// Source: Hyndman & Athanasopoulos, FPP3, sections 5.8 and 5.10.
struct HorizonAccuracy {
  std::int64_t step = 0;  // 0: all horizons together
  std::size_t count = 0;
  double mean_error = std::numeric_limits<double>::quiet_NaN();
  double mae = std::numeric_limits<double>::quiet_NaN();
  double rmse = std::numeric_limits<double>::quiet_NaN();
  double mape = std::numeric_limits<double>::quiet_NaN();  // share; undefined if an actual is 0
  // MAE over that of the naive forecast from the same origins; below 1 is better than naive.
  double relative_mae = std::numeric_limits<double>::quiet_NaN();
  // Per coverage: share of the actual values inside, and mean width, of those with an interval.
  std::vector<double> covered;
  std::vector<double> width;
  std::size_t with_interval = 0;
};

struct BacktestStep {
  std::string id;
  std::string kind;    // "trend", "regression"
  std::string word;    // "best", "ols"
  std::string series;  // what it forecasts: "region.grp"
  std::vector<std::string> key_columns;
  Calendar calendar;
  std::vector<BacktestSeries> results;    // sorted by key; only those with rows
  std::vector<HorizonAccuracy> accuracy;  // by step, then all together; empty without rows
  std::size_t failed = 0;                 // forecasts that failed
  std::vector<BacktestFailure> failures;  // the first few of them
};

struct BacktestResult {
  std::string name;
  std::string pipeline_file;
  std::string pipeline_sha256;
  std::string host_version;
  std::vector<double> coverage;
  std::int64_t horizon = 0;
  std::vector<std::string> origins;  // dates, ascending
  std::vector<BacktestStep> steps;   // in the order of the file
  std::vector<Warning> warnings;
  std::vector<std::string> written;
  ExitCode exit = ExitCode::kComplete;
};

}  // namespace steppe
