// SPDX-License-Identifier: Apache-2.0
#include "engine/regression_runner.hpp"

#include <algorithm>
#include <cmath>

#include "engine/keep_fits.hpp"
#include "engine/series_error.hpp"

namespace steppe {
// Dates with the value of every regressor, and of the target where it is history.
struct RegressionRunner::Rows {
  std::vector<std::int64_t> ordinals;
  std::vector<double> regressors;  // row-major
  std::vector<double> target;
};

void RegressionRunner::run(const RegressionCase& input, SeriesResult& result,
                           SavedSeries* kept) const {
  result.model = step_.component.label;
  const Result<Rows> history = history_rows(input, result);
  if (!history) return fail(result, history.error());
  RegressionInput data{history->regressors, history->target, {}, {}, step_.target.column};
  for (const RegressorRef& regressor : step_.regressors) {
    data.regressor_names.push_back(regressor.name);
  }
  const Outcome<RegressionFit> fit = model_.fit(data);
  if (!fit) return fail(result, error_of(fit.error()));
  if (kept != nullptr) kept->warnings_before = result.warnings;

  Outcome<FitReport> report = fit->report();
  if (!report) return fail(result, error_of(report.error()));
  result.warnings.insert(result.warnings.end(), report->warnings.begin(), report->warnings.end());
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
  }
  const RegressionOutlook ahead = outlook(input, *history);
  forecast_regression(*fit, model_.label(), ahead, settings_, result);
  if (kept != nullptr && result.status != SeriesStatus::kFailed) {
    keep(*fit, ahead, history->ordinals.size(), result, *kept);
  }
}

Result<RegressionRunner::Rows> RegressionRunner::history_rows(const RegressionCase& input,
                                                              SeriesResult& result) const {
  std::int64_t low = input.target.first;
  std::int64_t high = low + static_cast<std::int64_t>(input.target.values.size()) - 1;
  for (const auto& [limit, is_from] : {std::pair(step_.rows.from, true), {step_.rows.to, false}}) {
    if (!limit) continue;
    const auto ordinal = ordinal_of(*limit, *input.calendar);
    if (!ordinal) return ordinal.error();
    if (is_from) low = std::max(low, *ordinal);
    if (!is_from) high = std::min(high, *ordinal);
  }
  Rows rows;
  std::vector<std::int64_t> left_out;
  for (std::int64_t o = low; o <= high; ++o) {
    const double y = input.target.at(o);
    if (std::isnan(y)) continue;  // counted below when regressors are there, or a future date
    bool complete = true;
    for (const RegressorInput& r : input.regressors) complete &= !std::isnan(r.history.at(o));
    if (!complete) {
      left_out.push_back(o);
      continue;
    }
    rows.ordinals.push_back(o);
    rows.target.push_back(y);
    for (const RegressorInput& r : input.regressors) rows.regressors.push_back(r.history.at(o));
  }
  if (!left_out.empty()) {
    result.warnings.push_back(
        {"rows_incomplete", std::to_string(left_out.size()) +
                                " rows were left out because a regressor is missing, first at " +
                                label_of(left_out.front(), *input.calendar)});
  }
  if (rows.ordinals.empty()) {
    return Error{ErrorKind::kInsufficientData, "no date has the target and every regressor; rows=0",
                 "", "N1"};
  }
  const std::int64_t span = rows.ordinals.back() - rows.ordinals.front() + 1;
  const auto gaps = span - static_cast<std::int64_t>(rows.ordinals.size() + left_out.size());
  if (gaps > 0) {
    result.warnings.push_back(
        {"target_missing",
         std::to_string(gaps) + " rows were left out because the target is missing"});
  }
  return rows;
}

RegressionOutlook RegressionRunner::outlook(const RegressionCase& input,
                                            const Rows& history) const {
  RegressionOutlook out{input.calendar, history.ordinals.back(), {}, false};
  const std::size_t p = input.regressors.size();
  for (std::size_t i = 0; i < p; ++i) {
    Driver& driver = out.drivers.emplace_back();
    driver.name = step_.regressors[i].name;
    driver.observed = input.regressors[i].history;
    driver.forecast = input.regressors[i].forecast;
    driver.low = history.regressors[i];
    driver.high = driver.low;
    for (std::size_t r = i; r < history.regressors.size(); r += p) {
      driver.low = std::min(driver.low, history.regressors[r]);
      driver.high = std::max(driver.high, history.regressors[r]);
    }
  }
  return out;
}

void RegressionRunner::keep(const RegressionFit& fit, const RegressionOutlook& outlook,
                            std::size_t observations, SeriesResult& result,
                            SavedSeries& kept) const {
  for (const Driver& driver : outlook.drivers) {
    SavedRegressor& saved = kept.regressors.emplace_back();
    saved.low = driver.low;
    saved.high = driver.high;
    const std::int64_t end =
        driver.observed.first + static_cast<std::int64_t>(driver.observed.values.size());
    for (std::int64_t o = outlook.last + 1; o < end; ++o) {
      saved.known.push_back(driver.observed.at(o));
    }
  }
  auto saved = saved_regression({fit, model_, outlook, observations}, settings_, result);
  if (!saved) return fail_to_keep(result, error_of(saved.error()));
  kept.fit = std::move(*saved);
}

}  // namespace steppe
