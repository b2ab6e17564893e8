// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "data/read_panel.hpp"
#include "engine/block_run.hpp"
#include "engine/domains.hpp"
#include "engine/parallel.hpp"
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

class Run {
 public:
  Run(const PipelineSpec& spec, const EngineContext& context)
      : spec_(spec), context_(context), panels_(spec.steps.size()), runners_(spec.steps.size()) {
    settings_.coverage = spec.coverage;
    settings_.probabilities = interval_probabilities(spec.coverage);
    settings_.horizon = spec.horizon;
    settings_.seed = spec.seed.value_or(0);
  }

  Result<RunResult, Faults> run() {
    const std::vector<Domain> domains = make_domains(spec_);
    Faults faults;
    timed("load", [&] { faults = open_components(); });
    if (!faults.empty()) return faults;
    timed("read", [&] { faults = read_sources(); });
    if (context_.monitor->cancelled) return Faults{cancelled()};
    if (!faults.empty()) return faults;
    decide_details(domains);
    declare_steps();
    timed("compute", [&] {
      for (const Domain& domain : domains) run_domain(domain);
    });
    if (context_.monitor->cancelled) return Faults{cancelled()};
    finish();
    return std::move(result_);
  }

 private:
  template <typename Body>
  void timed(const char* phase, Body&& body) {
    const auto start = std::chrono::steady_clock::now();
    body();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    result_.timings.push_back({phase, elapsed.count()});
  }

  Fault cancelled() const {
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

  // Loads the plugin of a use and makes an instance; records both. Null and a fault on failure.
  std::shared_ptr<Component> component(const std::string& step, const ComponentUse& use,
                                       Faults& faults) {
    auto entry = context_.catalogue->find(use.id);
    auto made = entry ? context_.loader->create(*entry, use.options)
                      : Outcome<std::shared_ptr<Component>>(entry.error());
    if (!made) {
      Fault fault = std::move(made).error();
      fault.place.step = step;
      faults.push_back(std::move(fault));
      return nullptr;
    }
    result_.options.push_back({step, use.id, use.options});
    remember_plugin(*entry);
    return std::move(*made);
  }

  void remember_plugin(const CatalogueEntry& entry) {
    for (const PluginRecord& known : result_.plugins) {
      if (known.id == entry.component->id) return;
    }
    result_.plugins.push_back(
        {entry.component->id, entry.component->version, entry.plugin->path, entry.plugin->sha256});
  }

  std::optional<TrendModel> open_trend(const std::string& step, const ComponentUse& use,
                                       Faults& faults) {
    auto made = component(step, use, faults);
    if (!made) return std::nullopt;
    auto model = TrendModel::open(std::move(made), context_.loader->host());
    if (model) return std::move(*model);
    faults.push_back(model.error());
    return std::nullopt;
  }

  // A benchmark is used when it is installed; it is not required.
  std::optional<TrendModel> open_benchmark(const std::string& step, const char* name) {
    const std::string id = std::string("trend.") + name;
    const auto entry = context_.catalogue->find(id);
    if (!entry) return std::nullopt;
    Options options;
    for (const OptionDescription& option : entry->component->options) {
      if (option.default_value) options.push_back({option.name, *option.default_value});
    }
    Faults ignored;
    return open_trend(step, {name, id, options, {}}, ignored);
  }

  Faults open_components() {
    Faults faults;
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      if (const auto* trend = std::get_if<TrendStep>(&spec_.steps[i])) {
        std::vector<TrendModel> models;
        for (const ComponentUse& use : trend->candidates) {
          if (auto model = open_trend(trend->id, use, faults)) models.push_back(std::move(*model));
        }
        Benchmarks benchmarks;
        if (trend->best) {
          benchmarks.naive = open_benchmark(trend->id, "naive");
          benchmarks.drift = open_benchmark(trend->id, "drift");
        }
        if (models.size() != trend->candidates.size()) continue;
        runners_[i].trend.emplace(*trend, std::move(models), std::move(benchmarks), settings_);
      } else if (const auto* regression = std::get_if<RegressionStep>(&spec_.steps[i])) {
        auto made = component(regression->id, regression->component, faults);
        if (!made) continue;
        auto model = RegressionModel::open(std::move(made), context_.loader->host());
        if (model) {
          runners_[i].regression.emplace(*regression, std::move(*model), settings_);
        } else {
          faults.push_back(model.error());
        }
      }
    }
    return faults;
  }

  Faults read_sources() {
    Faults faults;
    const auto columns = columns_needed(spec_);
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      const auto* step = std::get_if<SourceStep>(&spec_.steps[i]);
      if (step == nullptr || columns[i].empty()) continue;
      auto made = component(step->id, step->component, faults);
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

  void decide_details(const std::vector<Domain>& domains) {
    std::size_t keys = 0;
    for (const Domain& domain : domains) {
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

  void declare_steps() {
    results_of_.assign(spec_.steps.size(), nullptr);
    std::size_t count = 0;
    for (const StepSpec& step : spec_.steps) count += !std::holds_alternative<SourceStep>(step);
    result_.steps.reserve(count);  // results_of_ points into it
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      if (std::holds_alternative<SourceStep>(spec_.steps[i])) continue;
      result_.steps.push_back(declared_step(spec_, i, panels_));
      results_of_[i] = &result_.steps.back();
    }
  }

  void run_domain(const Domain& domain) {
    const DomainKeys keys = keys_of(domain, panels_);
    for (std::size_t step : domain.steps) {
      auto& results = results_of_[step]->results;
      results.resize(keys.keys.size());
      for (std::size_t k = 0; k < results.size(); ++k) results[k].key = keys.keys[k];
    }
    context_.monitor->series_total += keys.keys.size() * domain.steps.size();
    const auto blocks = make_blocks(domain, keys, panels_, kBlockSize);
    const BlockRun block_run{spec_,    domain,      keys,      panels_,
                             runners_, results_of_, settings_, *context_.monitor};
    for_each_index(blocks.size(), context_.threads,
                   [&](std::size_t b) { block_run.run(blocks[b]); });
  }

  void finish() {
    result_.name = spec_.name;
    result_.pipeline_file = spec_.file;
    result_.pipeline_sha256 = spec_.sha256;
    result_.host_version = context_.host_version;
    result_.seed = settings_.seed;
    result_.coverage = spec_.coverage;
    for (const std::string& notice : context_.loader->notices()) {
      result_.warnings.push_back({"plugin_notice", notice});
    }
    tally(spec_, result_);
  }

  const PipelineSpec& spec_;
  const EngineContext& context_;
  EngineSettings settings_;
  std::vector<Panel> panels_;        // by step; empty but for sources
  std::vector<StepRunner> runners_;  // by step; empty for sources
  std::vector<StepResult*> results_of_;
  RunResult result_;
};

}  // namespace

Result<RunResult, Faults> run_pipeline(const PipelineSpec& spec, const EngineContext& context) {
  return Run(spec, context).run();
}

}  // namespace steppe
