// SPDX-License-Identifier: Apache-2.0
#pragma once

// All steps of one domain over one block of keys.

#include <optional>
#include <vector>

#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/domains.hpp"
#include "engine/monitor.hpp"
#include "engine/regression_runner.hpp"
#include "engine/settings.hpp"
#include "engine/trend_runner.hpp"

namespace steppe {

// What runs a step: exactly one is set for a trend or a regression, none for a source.
struct StepRunner {
  std::optional<TrendRunner> trend;
  std::optional<RegressionRunner> regression;
};

// Borrowed views of a run; one object serves all blocks and threads.
struct BlockRun {
  const PipelineSpec& spec;
  const Domain& domain;
  const DomainKeys& keys;
  const std::vector<Panel>& panels;
  const std::vector<StepRunner>& runners;
  const std::vector<StepResult*>& results;  // by step
  const EngineSettings& settings;
  RunMonitor& monitor;
  // By step, each parallel to its results; null when fits are not kept.
  const std::vector<std::vector<SavedSeries>*>* kept = nullptr;

  // `block` holds indices into keys.keys, all observed on the same dates in every source. Pooled
  // regressions are left out: see pooled_run.hpp.
  void run(const std::vector<std::size_t>& block) const;

  bool is_pooled(std::size_t step) const;
  bool has_pooled() const;
  // What a regression of that key has to work with; an error when a source has no rows for it.
  Result<RegressionCase> regression_case(std::size_t step, std::size_t key) const;
  // The scenarios of that regression, which has a result by now; `fitted` is null when it failed.
  void run_scenarios(std::size_t regression, std::size_t key, const FittedRegression* fitted) const;
  // Where the fit of a key is kept; null when it is not.
  SavedSeries* kept_of(std::size_t step, std::size_t key) const;

 private:
  void run_trend(std::size_t step, const std::vector<std::size_t>& block) const;
  void run_regression(std::size_t step, std::size_t key) const;
  // The observations of a column for a key; for a source without keys the same for every key.
  std::optional<History> history(const ColumnRef& ref, std::size_t key) const;
  const SeriesResult* forecast_of(const std::string& trend_step, std::size_t key) const;
};

}  // namespace steppe
