// SPDX-License-Identifier: Apache-2.0
#include "engine/forecast.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/driver_forecasts.hpp"
#include "engine/forecast_horizon.hpp"
#include "engine/key_names.hpp"
#include "engine/parallel.hpp"
#include "engine/pooled_run.hpp"
#include "engine/regression_forecast.hpp"
#include "engine/saved_components.hpp"
#include "engine/series_error.hpp"
#include "engine/tally.hpp"
#include "engine/trend_forecast.hpp"

namespace steppe {
namespace {

FitRecord record_of(const SavedFit& fit) {
  return {fit.schema, fit.bytes, fit.observations, fit.columns};
}

// Series that share a fit, in the order of their keys.
using Groups = std::vector<std::vector<std::size_t>>;

Groups groups_of(const SavedStep& step) {
  Groups groups;
  std::map<const SavedFit*, std::size_t> place;
  for (std::size_t k = 0; k < step.series.size(); ++k) {
    const SavedFit* fit = step.series[k].fit.get();
    if (fit == nullptr) continue;
    const auto [found, fresh] = place.try_emplace(fit, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(k);
  }
  return groups;
}

class SavedForecast {
 public:
  SavedForecast(SavedModel model, const ForecastRequest& request, const EngineContext& context)
      : model_(std::move(model)), request_(request), context_(context) {}

  Result<RunResult, Faults> run() {
    const auto horizon = saved_horizon(model_, request_.until);
    if (!horizon) return Faults{horizon.error()};
    settings_.coverage = model_.coverage;
    settings_.probabilities = interval_probabilities(model_.coverage);
    settings_.seed = model_.seed;
    settings_.details = model_.details;
    settings_.horizon = horizon->horizon;
    Components components(context_, result_);
    models_ = open_saved_components(model_, request_, context_, components);
    if (!models_.faults.empty()) return std::move(models_.faults);
    declare(*horizon);
    // Trends first: regressions read what they forecast.
    for (const bool regressions : {false, true}) {
      for (std::size_t i = 0; i < model_.steps.size(); ++i) {
        if ((result_.steps[i].kind == "regression") != regressions) continue;
        regressions ? forecast_regressions(i) : forecast_trends(i);
      }
    }
    if (context_.monitor->cancelled) {
      return Faults{{"S1",
                     ErrorKind::kCancelled,
                     ExitCode::kInterrupted,
                     {},
                     "interrupted; nothing was written"}};
    }
    for (const std::string& notice : context_.loader->notices()) {
      result_.warnings.push_back({"plugin_notice", notice});
    }
    tally(model_.max_failed, result_);
    return std::move(result_);
  }

 private:
  void declare(const SavedHorizon& horizon) {
    result_.name = model_.name;
    result_.pipeline_file = model_.pipeline_file;
    result_.pipeline_sha256 = model_.pipeline_sha256;
    result_.host_version = context_.host_version;
    result_.seed = model_.seed;
    result_.coverage = model_.coverage;
    result_.sources = model_.sources;
    std::string age = "fitted on data up to " + horizon.last_end;
    if (horizon.first_end != horizon.last_end) {
      age += " (some series up to " + horizon.first_end + ")";
    }
    if (!horizon.last_end.empty()) {
      result_.warnings.push_back({"saved_fit", age + "; nothing newer is in this forecast"});
    }
    for (Warning& warning : models_.warnings) result_.warnings.push_back(std::move(warning));
    for (SavedStep& step : model_.steps) {
      StepResult& out = result_.steps.emplace_back(std::move(step.declared));
      books_.push_back(make_draw_book(model_.seed, out.id, step.draws));
      out.results.resize(step.series.size());
      for (std::size_t k = 0; k < step.series.size(); ++k) begin(step.series[k], out.results[k]);
      context_.monitor->series_total += step.series.size();
    }
  }

  // What is true before any forecast.
  static void begin(const SavedSeries& series, SeriesResult& result) {
    result.key = series.key;
    result.status = series.status;
    result.error = series.error;
    result.model = series.model;
    result.choice = series.choice;
    result.warnings = series.warnings_before;
  }

  // Details of the one candidate that was kept.
  void begin_detail(SeriesResult& result, CandidateResult candidate) const {
    result.detail = std::make_unique<SeriesDetail>();
    result.detail->candidates.push_back(std::move(candidate));
  }

  void forecast_trends(std::size_t step) {
    const Groups groups = groups_of(model_.steps[step]);
    for_each_index(groups.size(), context_.threads, [&](std::size_t g) {
      if (context_.monitor->cancelled) return;
      forecast_group(step, groups[g]);
      context_.monitor->series_done += groups[g].size();
    });
  }

  void forecast_group(std::size_t step, const std::vector<std::size_t>& group) {
    const SavedStep& saved = model_.steps[step];
    const SavedFit& kept = *saved.series[group.front()].fit;
    std::vector<SeriesResult>& results = result_.steps[step].results;
    const auto fail_all = [&](const Error& error) {
      for (const std::size_t k : group) fail(results[k], error);
    };
    const Calendar& calendar = result_.steps[step].calendar;
    const auto horizon = steps_ahead(settings_.horizon, kept.last, calendar);
    if (!horizon) return fail_all(horizon.error());
    const TrendModel& model = *models_.steps[step].trends[kept.component];
    const auto fit = model.load(record_of(kept));
    if (!fit) return fail_all(error_of(fit.error()));
    const ForecastSpan span{&calendar, kept.last, kept.observations, *horizon};
    const auto forecast = TrendForecast::make(*fit, span, settings_, model.label());
    if (!forecast) return fail_all(error_of(forecast.error()));
    const SavedComponent& component = saved.components[kept.component];
    std::vector<DriverForecast> drivers;
    if (carries_error_of(result_.steps[step].id)) {
      drivers = driver_forecasts({*fit, span, model.has_tag("random_walk_errors"), {}});
    }
    for (const std::size_t k : group) {
      const SavedSeries& series = saved.series[k];
      SeriesResult& result = results[k];
      if (forecast->overflow_step(series.column) != 0) {
        fail(result, forecast->overflow(series.column));
        continue;
      }
      const FittedSeries fitted{*fit, *forecast, series.column};
      if (settings_.details) {
        begin_detail(result, candidate_result(fitted, component.label, component.id));
      }
      if (!drivers.empty()) {
        result.driver = std::make_unique<DriverForecast>(std::move(drivers[series.column]));
      }
      write_forecast(fitted, settings_.details ? &result.detail->candidates.front() : nullptr,
                     result);
      result.warnings.insert(result.warnings.end(), series.warnings_after.begin(),
                             series.warnings_after.end());
    }
  }

  bool carries_error_of(const std::string& trend) const {
    return std::any_of(model_.steps.begin(), model_.steps.end(), [&](const SavedStep& step) {
      return step.uncertainty != Uncertainty::kKnownDrivers &&
             std::find(step.regressor_steps.begin(), step.regressor_steps.end(), trend) !=
                 step.regressor_steps.end();
    });
  }

  void forecast_regressions(std::size_t step) {
    if (result_.steps[step].pooled != nullptr) return forecast_pooled(step);
    for_each_index(model_.steps[step].series.size(), context_.threads, [&](std::size_t k) {
      if (context_.monitor->cancelled) return;
      if (model_.steps[step].series[k].fit != nullptr) forecast_regression_of(step, k);
      ++context_.monitor->series_done;
    });
  }

  void forecast_regression_of(std::size_t step, std::size_t key) {
    const SavedStep& saved = model_.steps[step];
    const SavedSeries& series = saved.series[key];
    SeriesResult& result = result_.steps[step].results[key];
    const RegressionModel& model = *models_.steps[step].regressions[series.fit->component];
    const auto fit = model.load(record_of(*series.fit));
    if (!fit) return fail(result, error_of(fit.error()));
    auto report = fit->report();
    if (!report) return fail(result, error_of(report.error()));
    result.warnings.insert(result.warnings.end(), report->warnings.begin(), report->warnings.end());
    if (settings_.details) {
      CandidateResult candidate;
      const SavedComponent& component = saved.components[series.fit->component];
      candidate.label = component.label;
      candidate.plugin = component.id;
      candidate.fitted = true;
      candidate.report = std::move(*report);
      begin_detail(result, std::move(candidate));
    }
    forecast_regression(*fit, model.label(), outlook_of(step, key), settings_, result);
  }

  // One fit for all keys; the file holds it once for those that end on the same date.
  void forecast_pooled(std::size_t step) {
    const SavedStep& saved = model_.steps[step];
    auto pooled = std::make_shared<PooledFit>(*result_.steps[step].pooled);
    pooled->remark = no_tests_of_pooled_rows(pooled->keys);
    std::vector<std::string> names;
    for (const SavedSeries& series : saved.series) names.push_back(series.key);
    for (const std::vector<std::size_t>& group : groups_of(saved)) {
      const SavedFit& kept = *saved.series[group.front()].fit;
      const RegressionModel& model = *models_.steps[step].regressions[kept.component];
      const auto fit = model.load(record_of(kept));
      auto report = fit ? fit->report() : Outcome<FitReport>(fit.error());
      if (!report) {
        pooled->error = error_of(report.error());
        for (const std::size_t k : group) fail(result_.steps[step].results[k], pooled->error);
        continue;
      }
      pooled->plugin = saved.components[kept.component].id;
      pooled->fitted = true;
      pooled->report = std::move(*report);
      put_key_names(pooled->report, names);
      for_each_index(group.size(), context_.threads, [&](std::size_t i) {
        if (context_.monitor->cancelled) return;
        SeriesResult& result = result_.steps[step].results[group[i]];
        forecast_regression(fit->of_key(group[i]), model.label(), outlook_of(step, group[i]),
                            settings_, result);
        if (result.status == SeriesStatus::kFailed) {
          result.error.message = with_key_names(result.error.message, names);
        }
      });
    }
    result_.steps[step].pooled = std::move(pooled);
    context_.monitor->series_done += saved.series.size();
  }

  RegressionOutlook outlook_of(std::size_t step, std::size_t key) const {
    const SavedStep& saved = model_.steps[step];
    const SavedSeries& series = saved.series[key];
    const StepResult& declared = result_.steps[step];
    RegressionOutlook out{&declared.calendar, series.fit->last,  {}, true, saved.uncertainty,
                          books_[step],       series.correlation};
    for (std::size_t i = 0; i < series.regressors.size(); ++i) {
      const SavedRegressor& regressor = series.regressors[i];
      Driver& driver = out.drivers.emplace_back();
      driver.name = declared.regressors[i];
      driver.low = regressor.low;
      driver.high = regressor.high;
      driver.lag = saved.regressor_lags[i];
      driver.observed = {series.fit->last + 1 - driver.lag, regressor.known};
      if (saved.regressor_steps[i].empty()) continue;
      // A step without keys serves every key.
      const StepResult& trend = step_of(saved.regressor_steps[i]);
      const bool own = trend.key_columns == declared.key_columns;
      driver.forecast = &trend.results[own ? key : 0];
    }
    return out;
  }

  const StepResult& step_of(const std::string& id) const {
    return *std::find_if(result_.steps.begin(), result_.steps.end(),
                         [&](const StepResult& step) { return step.id == id; });
  }

  SavedModel model_;
  const ForecastRequest& request_;
  const EngineContext& context_;
  EngineSettings settings_;
  SavedModels models_;
  std::vector<std::shared_ptr<DrawBook>> books_;  // by step
  RunResult result_;
};

}  // namespace

Result<RunResult, Faults> forecast_saved(SavedModel model, const ForecastRequest& request,
                                         const EngineContext& context) {
  return SavedForecast(std::move(model), request, context).run();
}

}  // namespace steppe
