// SPDX-License-Identifier: Apache-2.0
#pragma once

// The fits of a pipeline, kept: everything that a forecast needs without the data. `engine` fills
// it and forecasts from it, `pipeline` turns it into the bytes of a model file and back.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/driver_forecast.hpp"
#include "core/option_value.hpp"
#include "core/results.hpp"
#include "core/uncertainty.hpp"

namespace steppe {

// A component as a step used it.
struct SavedComponent {
  std::string label;    // the word in the pipeline
  std::string id;       // "trend.exponential"
  std::string version;  // of the component
  std::string file_sha256;
  Options options;  // complete with defaults, as they were given to it
};

// What a component wrote of one fit: of a block of series, or of one regression.
struct SavedFit {
  std::size_t component = 0;  // index into SavedStep::components
  std::uint32_t schema = 0;
  std::size_t observations = 0;
  std::size_t columns = 0;  // series of the block, regressors of the regression
  std::int64_t last = 0;    // ordinal of the last observation it was fitted to
  std::string bytes;
};

// A regressor of one key after the last observation of its regression; a lagged one from as many
// steps before on.
struct SavedRegressor {
  double low = 0;  // the range that the regression has seen
  double high = 0;
  std::vector<double> known;  // observations at last + 1 - lag, last + 2 - lag, ...; NaN is missing
};

struct SavedSeries {
  std::string key;
  SeriesStatus status = SeriesStatus::kOk;
  Error error;         // when failed
  std::string model;   // label
  std::string choice;  // why that model; empty without a choice
  // Of the data and the choice; those of a forecast stand between them.
  std::vector<Warning> warnings_before;
  std::vector<Warning> warnings_after;
  std::shared_ptr<const SavedFit> fit;     // shared by the series of a block; null when failed
  std::size_t column = 0;                  // which series of the block
  std::vector<SavedRegressor> regressors;  // of a regression
  // Of a regression that carries the error of its drivers through.
  std::optional<DriverCorrelation> correlation;
};

struct SavedStep {
  StepResult declared;  // what the step is; no results
  std::vector<SavedComponent> components;
  // Parallel to declared.regressors: the id of the trend step that forecasts it, or empty.
  std::vector<std::string> regressor_steps;
  // Parallel to them: how many steps of the calendar earlier a regressor counts.
  std::vector<std::int64_t> regressor_lags;
  // Of a regression: how the error of its drivers goes in; see RegressionStep.
  std::optional<Uncertainty> uncertainty = Uncertainty::kKnownDrivers;
  std::int64_t draws = 10'000;
  std::vector<SavedSeries> series;  // sorted by key
};

struct SavedModel {
  std::string name;  // of the pipeline
  std::string pipeline_file;
  std::string pipeline_sha256;
  std::string host_version;
  std::uint64_t seed = 0;
  std::vector<double> coverage;
  double max_failed = 0;  // share of the series
  bool details = true;    // whether equations and statistics of each series are wanted
  std::vector<SourceRecord> sources;
  std::vector<SavedStep> steps;  // in the order of the file
};

}  // namespace steppe
