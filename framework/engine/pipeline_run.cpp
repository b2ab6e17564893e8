// SPDX-License-Identifier: Apache-2.0
#include "engine/pipeline_run.hpp"

#include <algorithm>
#include <variant>

#include "data/read_panel.hpp"
#include "engine/parallel.hpp"
#include "engine/pooled_run.hpp"
#include "engine/saved_run.hpp"
#include "engine/tally.hpp"
#include "plugin_host/data_source.hpp"

namespace steppe {
namespace {

// A panel this small keeps every candidate's report in the result unless the pipeline says
// otherwise.
constexpr std::size_t kDetailLimit = 1000;
// Series per block: with ten observations and five candidates a block stays in the second-level
// cache.
constexpr std::size_t kBlockSize = 512;

}  // namespace

PipelineRun::PipelineRun(const PipelineSpec& spec, const EngineContext& context, bool keeps)
    : spec_(spec),
      context_(context),
      keeps_(keeps),
      domains_(make_domains(spec)),
      components_(context, result_),
      panels_(spec.steps.size()),
      runners_(spec.steps.size()),
      kept_(spec.steps.size()) {
  settings_.coverage = spec.coverage;
  settings_.probabilities = interval_probabilities(spec.coverage);
  settings_.horizon = spec.horizon;
  settings_.seed = spec.seed.value_or(0);
}

Faults PipelineRun::prepare() {
  Faults faults;
  timed("load", [&] { faults = open_components(); });
  if (!faults.empty()) return faults;
  timed("read", [&] { faults = read_sources(); });
  if (is_cancelled()) return {cancelled()};
  if (faults.empty()) decide_details();
  return faults;
}

void PipelineRun::compute() {
  declare_steps();
  timed("compute", [&] {
    for (const Domain& domain : domains_) run_domain(domain);
  });
}

void PipelineRun::forecast_only(std::int64_t steps) {
  settings_.horizon = {};
  settings_.horizon.steps = steps;
  settings_.details = false;
}

Fault PipelineRun::cancelled() const {
  const RunMonitor& monitor = *context_.monitor;
  const std::string where = monitor.series_total == 0
                                ? "while reading"
                                : "after " + std::to_string(monitor.series_done) + " of " +
                                      std::to_string(monitor.series_total) + " series";
  return {"S1",
          ErrorKind::kCancelled,
          ExitCode::kInterrupted,
          {},
          "interrupted " + where + "; nothing was written"};
}

// A benchmark is used when it is installed; it is not required.
std::optional<TrendModel> PipelineRun::open_benchmark(const std::string& step, const char* name) {
  const std::string id = std::string("trend.") + name;
  const auto entry = context_.catalogue->find(id);
  if (!entry) return std::nullopt;
  Options options;
  for (const OptionDescription& option : entry->component->options) {
    if (option.default_value) options.push_back({option.name, *option.default_value});
  }
  Faults ignored;
  return components_.trend(step, {name, id, options, {}}, ignored);
}

Faults PipelineRun::open_components() {
  Faults faults;
  for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
    if (const auto* trend = std::get_if<TrendStep>(&spec_.steps[i])) {
      open_trend(i, *trend, faults);
    } else if (const auto* regression = std::get_if<RegressionStep>(&spec_.steps[i])) {
      open_regression(i, *regression, faults);
    }
  }
  return faults;
}

void PipelineRun::open_trend(std::size_t step, const TrendStep& trend, Faults& faults) {
  std::vector<TrendModel> models;
  for (const ComponentUse& use : trend.candidates) {
    auto model = components_.trend(trend.id, use, faults);
    if (!model) continue;
    if (keeps_) keep_component(step, trend.id, use, *model, faults);
    models.push_back(std::move(*model));
  }
  Benchmarks benchmarks;
  if (trend.best) {
    benchmarks.naive = open_benchmark(trend.id, "naive");
    benchmarks.drift = open_benchmark(trend.id, "drift");
  }
  if (models.size() != trend.candidates.size()) return;
  runners_[step].trend.emplace(trend, std::move(models), std::move(benchmarks), settings_);
  if (carries_error_of(spec_, trend.id)) {
    runners_[step].trend->keep_driver_errors(needs_rolling_errors_of(spec_, trend.id));
  }
}

void PipelineRun::open_regression(std::size_t step, const RegressionStep& regression,
                                  Faults& faults) {
  auto model = components_.regression(regression.id, regression.component, faults);
  if (!model) return;
  if (keeps_) keep_component(step, regression.id, regression.component, *model, faults);
  runners_[step].regression.emplace(regression, std::move(*model), settings_);
}

Faults PipelineRun::read_sources() {
  Faults faults;
  const auto columns = columns_needed(spec_);
  for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
    const auto* step = std::get_if<SourceStep>(&spec_.steps[i]);
    if (step == nullptr || columns[i].empty()) continue;
    auto made = components_.make(step->id, step->component, faults);
    if (!made) continue;
    auto source = DataSource::open(std::move(made), context_.loader->host());
    if (!source) {
      faults.push_back(source.error());
      continue;
    }
    auto panel = read_panel(
        *source, {step->id, step->time_column, spec_.time.frequency, step->key, columns[i]});
    if (!panel) {
      for (Fault& fault : panel.error()) faults.push_back(std::move(fault));
      continue;
    }
    panels_[i] = std::move(*panel);
    result_.sources.push_back(source_record(*step, panels_[i]));
  }
  return faults;
}

void PipelineRun::decide_details() {
  std::size_t keys = 0;
  for (const Domain& domain : domains_) {
    for (std::size_t source : domain.sources) {
      keys = std::max(keys, panels_[source].members.size());
    }
  }
  settings_.details =
      spec_.details == Details::kAll || (spec_.details == Details::kAuto && keys <= kDetailLimit);
  if (!settings_.details && spec_.details == Details::kAuto) {
    result_.warnings.push_back(
        {"details_left_out", std::to_string(keys) + " series per step: the result holds the " +
                                 "forecasts and warnings only; set \"details\": \"all\" for " +
                                 "equations, parameters and statistics of each"});
  }
}

void PipelineRun::declare_steps() {
  results_of_.assign(spec_.steps.size(), nullptr);
  result_.steps.clear();
  std::size_t count = 0;
  for (const StepSpec& step : spec_.steps) count += !std::holds_alternative<SourceStep>(step);
  result_.steps.reserve(count);  // results_of_ points into it
  for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
    if (std::holds_alternative<SourceStep>(spec_.steps[i])) continue;
    result_.steps.push_back(declared_step(spec_, i, panels_));
    results_of_[i] = &result_.steps.back();
  }
}

void PipelineRun::run_domain(const Domain& domain) {
  const DomainKeys keys = keys_of(domain, panels_);
  for (std::size_t step : domain.steps) {
    auto& results = results_of_[step]->results;
    results.resize(keys.keys.size());
    for (std::size_t k = 0; k < results.size(); ++k) results[k].key = keys.keys[k];
  }
  context_.monitor->series_total += keys.keys.size() * domain.steps.size();
  const auto blocks = make_blocks(domain, keys, panels_, kBlockSize);
  std::vector<std::vector<SavedSeries>*> kept(spec_.steps.size(), nullptr);
  for (std::size_t step : domain.steps) {
    kept[step] = &kept_[step].series;
    if (keeps_) kept[step]->resize(keys.keys.size());
  }
  const BlockRun block_run{spec_,
                           domain,
                           keys,
                           panels_,
                           runners_,
                           results_of_,
                           settings_,
                           *context_.monitor,
                           keeps_ ? &kept : nullptr};
  for_each_index(blocks.size(), context_.threads, [&](std::size_t b) { block_run.run(blocks[b]); });
  if (!block_run.has_pooled()) return;
  for (std::size_t step : domain.steps) {
    if (block_run.is_pooled(step)) PooledRun(block_run, step, context_.threads).run();
  }
  if (domain.key_columns.empty()) return;
  for (std::size_t step : domain.steps) {
    for (SeriesResult& series : results_of_[step]->results) series.driver.reset();
  }
}

RunResult PipelineRun::finish() {
  result_.name = spec_.name;
  result_.pipeline_file = spec_.file;
  result_.pipeline_sha256 = spec_.sha256;
  result_.host_version = context_.host_version;
  result_.seed = settings_.seed;
  result_.coverage = spec_.coverage;
  for (const StepSpec& step : spec_.steps) {
    if (!keeps_ || !std::holds_alternative<ScenarioStep>(step)) continue;
    result_.warnings.push_back(
        {"scenario_not_kept", "scenario step \"" + id_of(step) +
                                  "\" is not in the model file: a forecast from it has no "
                                  "scenarios; run the pipeline for them"});
  }
  for (const std::string& notice : context_.loader->notices()) {
    result_.warnings.push_back({"plugin_notice", notice});
  }
  tally(share_allowed(spec_, result_), result_);
  return std::move(result_);
}

SavedModel PipelineRun::model(const RunResult& result) {
  SavedModel out = saved_head(result);
  out.max_failed = share_allowed(spec_, result);
  out.details = settings_.details;
  std::size_t next = 0;
  for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
    if (std::holds_alternative<SourceStep>(spec_.steps[i])) continue;
    const StepResult& own = result.steps[next++];
    if (std::holds_alternative<ScenarioStep>(spec_.steps[i])) continue;
    out.steps.push_back(
        saved_step(std::move(kept_[i]), spec_.steps[i], declared_step(spec_, i, panels_), own));
  }
  return out;
}

}  // namespace steppe
