// SPDX-License-Identifier: Apache-2.0
#include "engine/regression_runner.hpp"

#include <algorithm>
#include <cmath>

#include "engine/diagnose_regression.hpp"
#include "engine/driver_errors.hpp"
#include "engine/keep_fits.hpp"
#include "engine/series_error.hpp"

namespace steppe {

void RegressionRunner::run(const RegressionCase& input, SeriesResult& result,
                           const RegressionUse& use) const {
  result.model = step_.component.label;
  const Result<FitRows> history = fit_rows(step_, input, result.warnings);
  if (!history) return fail(result, history.error());
  if (model_.has_tag("ordered_rows")) {
    if (auto gap = find_gap(*history, model_.label(), *input.calendar)) {
      return fail(result, *std::move(gap));
    }
  }
  const Outcome<RegressionFit> fit = model_.fit(data_of(*history));
  if (!fit) return fail(result, error_of(fit.error()));

  Outcome<FitReport> report = fit->report();
  if (!report) return fail(result, error_of(report.error()));
  const std::vector<Warning> of_model = report->warnings;
  if (settings_.details) {
    result.detail = std::make_unique<SeriesDetail>();
    CandidateResult& own = result.detail->candidates.emplace_back();
    own.label = step_.component.label;
    own.plugin = step_.component.id;
    own.fitted = true;
    own.report = std::move(*report);
    if (auto fitted = fit->fitted_values()) {
      result.detail->in_sample = {history->ordinals, history->target, std::move(*fitted)};
    }
    diagnose_regression(step_, *input.calendar, *history, result);
  }
  if (use.kept != nullptr) use.kept->warnings_before = result.warnings;
  result.warnings.insert(result.warnings.end(), of_model.begin(), of_model.end());
  forecast(*fit, input, *history, result, use);
}

RegressionInput RegressionRunner::data_of(FitRows rows) const {
  RegressionInput data{std::move(rows.regressors),
                       std::move(rows.target),
                       std::move(rows.weights),
                       {},
                       step_.target.column};
  for (const RegressorRef& regressor : step_.regressors) {
    data.regressor_names.push_back(regressor.label);
  }
  return data;
}

void RegressionRunner::forecast(const RegressionFit& fit, const RegressionCase& input,
                                const FitRows& history, SeriesResult& result,
                                const RegressionUse& use) const {
  const RegressionOutlook ahead = outlook(input, history);
  forecast_regression(fit, model_.label(), ahead, settings_, result);
  if (result.status == SeriesStatus::kFailed) return;
  if (use.after) use.after({fit, model_, ahead, history.ordinals.size()});
  if (use.kept != nullptr) keep(fit, ahead, history.ordinals.size(), result, use);
}

RegressionOutlook RegressionRunner::outlook(const RegressionCase& input,
                                            const FitRows& history) const {
  RegressionOutlook out{
      input.calendar, history.ordinals.back(), {}, false, step_.uncertainty, book_, std::nullopt};
  const std::size_t p = input.regressors.size();
  for (std::size_t i = 0; i < p; ++i) {
    Driver& driver = out.drivers.emplace_back();
    driver.name = step_.regressors[i].label;
    driver.lag = step_.regressors[i].lag;
    driver.observed = input.regressors[i].history;
    driver.forecast = input.regressors[i].forecast;
    driver.low = history.regressors[i];
    driver.high = driver.low;
    for (std::size_t r = i; r < history.regressors.size(); r += p) {
      driver.low = std::min(driver.low, history.regressors[r]);
      driver.high = std::max(driver.high, history.regressors[r]);
    }
  }
  if (step_.uncertainty != Uncertainty::kKnownDrivers) {
    out.correlation = correlate_drivers(out.drivers, step_.driver_correlation);
  }
  return out;
}

void RegressionRunner::keep(const RegressionFit& fit, const RegressionOutlook& outlook,
                            std::size_t observations, SeriesResult& result,
                            const RegressionUse& use) const {
  SavedSeries& kept = *use.kept;
  for (const Driver& driver : outlook.drivers) {
    SavedRegressor& saved = kept.regressors.emplace_back();
    saved.low = driver.low;
    saved.high = driver.high;
    const std::int64_t end =
        driver.observed.first + static_cast<std::int64_t>(driver.observed.values.size());
    for (std::int64_t o = outlook.last + 1 - driver.lag; o < end; ++o) {
      saved.known.push_back(driver.observed.at(o));
    }
  }
  kept.correlation = outlook.correlation;
  const FittedRegression fitted{fit, model_, outlook, observations};
  auto saved = use.pool == nullptr ? saved_regression(fitted, settings_, result)
                                   : use.pool->of(fitted, settings_, result);
  if (!saved) return fail_to_keep(result, error_of(saved.error()));
  kept.fit = std::move(*saved);
}

}  // namespace steppe
