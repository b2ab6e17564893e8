// SPDX-License-Identifier: Apache-2.0
#pragma once

// Keeps fits for a model file. What was saved is read back at once and must forecast the same bits
// as the run did: a plugin that cannot do that is named now (F14), not in five years.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/saved_model.hpp"
#include "engine/candidate.hpp"
#include "engine/regression_forecast.hpp"
#include "engine/settings.hpp"
#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

// The candidate that a series of a part chose; nothing when it failed. Warnings [begin, end) of its
// result come from the forecast and will be made again.
struct ChosenFit {
  std::optional<std::size_t> candidate;
  std::size_t warnings_begin = 0;
  std::size_t warnings_end = 0;
};

struct KeepTask {
  const TrendPart& part;
  std::span<const TrendModel> models;
  std::vector<const Candidate*> candidates;  // parallel to models
  std::vector<ChosenFit> chosen;             // by series of the part
  const EngineSettings& settings;
};

// Saves the chosen fits of a part: one for all series that chose the same candidate, fitted once
// more without the others where there are others. Both spans are indexed by part.members.
void keep_trends(const KeepTask& task, std::span<SeriesResult* const> results,
                 std::span<SavedSeries* const> kept);

struct FittedRegression {
  const RegressionFit& fit;
  const RegressionModel& model;
  const RegressionOutlook& outlook;
  std::size_t observations;
};

// The saved fit of a regression whose forecast is in `result`.
Outcome<std::shared_ptr<const SavedFit>> saved_regression(const FittedRegression& fitted,
                                                          const EngineSettings& settings,
                                                          const SeriesResult& result);

// A pooled fit as bytes, and read back: written once, whatever the number of keys. Keys whose last
// observation is of one date share a SavedFit.
class PooledBytes {
 public:
  // `last`: the dates of the last observations of the keys. Errors: those of save and load.
  static Outcome<PooledBytes> make(const RegressionFit& fit, const RegressionModel& model,
                                   std::size_t rows, std::span<const std::int64_t> last);

  // What the key of `fitted` keeps; an error when the fit read back forecasts it otherwise (F14).
  Outcome<std::shared_ptr<const SavedFit>> of(const FittedRegression& fitted,
                                              const EngineSettings& settings,
                                              const SeriesResult& result) const;

 private:
  explicit PooledBytes(RegressionFit loaded) : loaded_(std::move(loaded)) {}

  RegressionFit loaded_;
  std::map<std::int64_t, std::shared_ptr<const SavedFit>> by_last_;
};

// A series that was forecast but cannot be saved is a failed one, without rows.
void fail_to_keep(SeriesResult& result, Error error);

}  // namespace steppe
