// SPDX-License-Identifier: Apache-2.0
#pragma once

// One run of a pipeline in its stages: open the components and read the sources once, then compute,
// again and again where a backtest moves the end of the data.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/block_run.hpp"
#include "engine/components.hpp"
#include "engine/domains.hpp"
#include "engine/run.hpp"
#include "engine/settings.hpp"
#include "engine/tally.hpp"

namespace steppe {

class PipelineRun {
 public:
  // `keeps`: the chosen fit of every series is kept for model(). Borrows its arguments.
  PipelineRun(const PipelineSpec& spec, const EngineContext& context, bool keeps);
  PipelineRun(const PipelineRun&) = delete;  // the runners point into it
  PipelineRun& operator=(const PipelineRun&) = delete;

  // Opens the components and reads the sources. Faults as run_pipeline, cancelled included.
  Faults prepare();
  // Every step over every key of the panels as they are now; results of an earlier call are gone.
  // Ends early when the run is cancelled.
  void compute();
  // The result of all of it; the run is over.
  RunResult finish();
  // After finish(), whose result is given: what was kept.
  SavedModel model(const RunResult& result);

  bool is_cancelled() const { return context_.monitor->cancelled; }
  Fault cancelled() const;

  // By step; empty but for sources. The members may be changed before compute().
  std::vector<Panel>& panels() { return panels_; }
  const std::vector<Panel>& panels() const { return panels_; }
  // After compute(): of a step that is no source.
  const StepResult& result_of(std::size_t step) const { return *results_of_[step]; }
  StepResult declared(std::size_t step) const { return declared_step(spec_, step, panels_); }
  // The numbers alone, so many steps ahead of each series' end.
  void forecast_only(std::int64_t steps);

 private:
  template <typename Body>
  void timed(const char* phase, Body&& body) {
    const auto start = std::chrono::steady_clock::now();
    body();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    result_.timings.push_back({phase, elapsed.count()});
  }

  std::optional<TrendModel> open_benchmark(const std::string& step, const char* name);
  Faults open_components();
  void open_trend(std::size_t step, const TrendStep& trend, Faults& faults);
  void open_regression(std::size_t step, const RegressionStep& regression, Faults& faults);
  template <typename Model>
  void keep_component(std::size_t step, const std::string& id, const ComponentUse& use,
                      const Model& model, Faults& faults) {
    auto saved = components_.saved(id, use, model, faults);
    if (saved) kept_[step].components.push_back(std::move(*saved));
  }
  Faults read_sources();
  void decide_details();
  void declare_steps();
  void run_domain(const Domain& domain);

  const PipelineSpec& spec_;
  const EngineContext& context_;
  const bool keeps_;
  const std::vector<Domain> domains_;
  RunResult result_;
  Components components_;
  EngineSettings settings_;
  std::vector<Panel> panels_;        // by step; empty but for sources
  std::vector<StepRunner> runners_;  // by step; empty for sources
  std::vector<StepResult*> results_of_;
  std::vector<SavedStep> kept_;  // by step; empty where nothing is kept
};

}  // namespace steppe
