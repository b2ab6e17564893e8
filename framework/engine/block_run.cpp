// SPDX-License-Identifier: Apache-2.0
#include "engine/block_run.hpp"

#include <algorithm>

#include "engine/scenario_runner.hpp"
#include "engine/series_seed.hpp"

namespace steppe {
namespace {

void fail(SeriesResult& result, ErrorKind kind, std::string message) {
  result.status = SeriesStatus::kFailed;
  result.error = {kind, std::move(message)};
}

}  // namespace

void BlockRun::run(const std::vector<std::size_t>& block) const {
  for (std::size_t step : domain.steps) {
    if (monitor.cancelled) return;
    if (runners[step].trend) {
      run_trend(step, block);
    } else if (is_pooled(step)) {
      continue;
    } else if (runners[step].regression) {  // and its scenarios, which come later in the order
      for (std::size_t key : block) {
        if (monitor.cancelled) return;
        run_regression(step, key);
        const SeriesResult& result = results[step]->results[key];
        if (result.status == SeriesStatus::kFailed) run_scenarios(step, key, nullptr);
      }
    }
    monitor.series_done += block.size();
  }
  // The steps of the domain without keys go on serving the others.
  if (domain.key_columns.empty() || has_pooled()) return;
  for (std::size_t step : domain.steps) {
    for (std::size_t key : block) results[step]->results[key].driver.reset();
  }
}

bool BlockRun::is_pooled(std::size_t step) const {
  const auto* regression = std::get_if<RegressionStep>(&spec.steps[step]);
  return regression != nullptr && regression->pooled;
}

bool BlockRun::has_pooled() const {
  return std::any_of(domain.steps.begin(), domain.steps.end(),
                     [this](std::size_t step) { return is_pooled(step); });
}

std::optional<History> BlockRun::history(const ColumnRef& ref, std::size_t key) const {
  const std::size_t source = step_index(spec, ref.step);
  const Panel& panel = panels[source];
  const auto column = static_cast<std::size_t>(panel.column_index(ref.column));
  const auto place = std::find(domain.sources.begin(), domain.sources.end(), source);
  std::int64_t member = 0;  // a source of the keyless domain has one member
  if (place != domain.sources.end()) {
    member = keys.member[static_cast<std::size_t>(place - domain.sources.begin())][key];
  }
  if (member < 0 || panel.members.empty()) return std::nullopt;
  const auto m = static_cast<std::size_t>(member);
  return History{panel.members[m].first, panel.series(m, column)};
}

SavedSeries* BlockRun::kept_of(std::size_t step, std::size_t key) const {
  return kept == nullptr ? nullptr : &(*(*kept)[step])[key];
}

const SeriesResult* BlockRun::forecast_of(const std::string& trend_step, std::size_t key) const {
  const std::size_t step = step_index(spec, trend_step);
  const bool own = std::find(domain.steps.begin(), domain.steps.end(), step) != domain.steps.end();
  const auto& all = results[step]->results;
  return own ? &all[key] : (all.empty() ? nullptr : &all.front());
}

void BlockRun::run_trend(std::size_t step, const std::vector<std::size_t>& block) const {
  const auto& trend = std::get<TrendStep>(spec.steps[step]);
  SeriesBlock series;
  std::vector<SeriesResult*> wanted;
  std::vector<SavedSeries*> wanted_fits;
  for (std::size_t key : block) {
    SeriesResult& result = results[step]->results[key];
    const auto observed = history(trend.series, key);
    if (!observed) {
      fail(result, ErrorKind::kInsufficientData,
           "source \"" + trend.series.step + "\" has no rows for this key");
      continue;
    }
    series.first = observed->first;
    series.series.push_back(observed->values);
    series.seeds.push_back(series_seed(settings.seed, trend.id, result.key));
    wanted.push_back(&result);
    if (kept != nullptr) wanted_fits.push_back(kept_of(step, key));
  }
  series.calendar = &results[step]->calendar;
  runners[step].trend->run(series, wanted, wanted_fits);
}

Result<RegressionCase> BlockRun::regression_case(std::size_t step, std::size_t key) const {
  const auto& regression = std::get<RegressionStep>(spec.steps[step]);
  const auto no_rows = [](const std::string& of) {
    return Error{ErrorKind::kInsufficientData, of + " has no rows for this key"};
  };
  const auto target = history(regression.target, key);
  if (!target) return no_rows("source \"" + regression.target.step + "\"");
  RegressionCase input{&results[step]->calendar, *target, {}};
  for (const RegressorRef& regressor : regression.regressors) {
    RegressorInput item;
    const ColumnRef* column = regressor.column ? &*regressor.column : nullptr;
    if (column == nullptr) {
      const std::size_t trend = step_index(spec, regressor.trend_step);
      column = &std::get<TrendStep>(spec.steps[trend]).series;
      item.forecast = forecast_of(regressor.trend_step, key);
    }
    const auto observed = history(*column, key);
    if (!observed) {
      return no_rows("source \"" + column->step + "\" of regressor \"" + regressor.name + "\"");
    }
    item.history = *observed;
    input.regressors.push_back(item);
  }
  if (regression.weights) {
    input.weights = history(*regression.weights, key);
    if (!input.weights) {
      return no_rows("source \"" + regression.weights->step + "\" of the weights");
    }
  }
  return input;
}

void BlockRun::run_regression(std::size_t step, std::size_t key) const {
  SeriesResult& result = results[step]->results[key];
  const auto input = regression_case(step, key);
  if (!input) return fail(result, input.error().kind, input.error().message);
  runners[step].regression->run(
      *input, result, {.kept = kept_of(step, key), .after = [&](const FittedRegression& fitted) {
                         run_scenarios(step, key, &fitted);
                       }});
}

void BlockRun::run_scenarios(std::size_t regression, std::size_t key,
                             const FittedRegression* fitted) const {
  const auto& of = std::get<RegressionStep>(spec.steps[regression]);
  const SeriesResult& base = results[regression]->results[key];
  for (std::size_t step : domain.steps) {
    const auto* scenario = std::get_if<ScenarioStep>(&spec.steps[step]);
    if (scenario == nullptr || scenario->of != of.id) continue;
    SeriesResult& result = results[step]->results[key];
    result.model = base.model;
    if (fitted == nullptr) {
      fail(result, base.error.kind,
           "regression step \"" + of.id + "\" has no forecast: " + base.error.message);
      result.error.fault = base.error.fault;
      result.scenarios.reset();
      continue;
    }
    const auto path = [&](const ColumnRef& column) { return history(column, key); };
    compare_scenarios({*scenario, of, *fitted, base, path}, settings, result);
  }
}

}  // namespace steppe
