// SPDX-License-Identifier: Apache-2.0
#include "engine/regression_runner.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "engine/series_error.hpp"

namespace steppe {
namespace {

// The value of a regressor at a future date: observed, else forecast, else NaN.
double future_value(const RegressorInput& regressor, std::int64_t ordinal) {
  const double known = regressor.history.at(ordinal);
  if (!std::isnan(known) || regressor.forecast == nullptr) return known;
  for (const ForecastRow& row : regressor.forecast->rows) {
    if (row.ordinal == ordinal) return row.mean;
  }
  return kUndefined;
}

}  // namespace

double History::at(std::int64_t ordinal) const {
  const std::int64_t row = ordinal - first;
  if (row < 0 || row >= static_cast<std::int64_t>(values.size())) return kUndefined;
  return values[static_cast<std::size_t>(row)];
}

// Dates with the value of every regressor, and of the target where it is history.
struct RegressionRunner::Rows {
  std::vector<std::int64_t> ordinals;
  std::vector<double> regressors;  // row-major
  std::vector<double> target;
};

void RegressionRunner::run(const RegressionCase& input, SeriesResult& result) const {
  result.model = step_.component.label;
  const Result<Rows> history = history_rows(input, result);
  if (!history) return fail(result, history.error());
  RegressionInput data{history->regressors, history->target, {}, {}, step_.target.column};
  for (const RegressorRef& regressor : step_.regressors) {
    data.regressor_names.push_back(regressor.name);
  }
  const Outcome<RegressionFit> fit = model_.fit(data);
  if (!fit) return fail(result, error_of(fit.error()));

  Outcome<FitReport> report = fit->report();
  if (!report) return fail(result, error_of(report.error()));
  result.warnings.insert(result.warnings.end(), report->warnings.begin(), report->warnings.end());
  if (settings_.details) {
    result.detail = std::make_unique<SeriesDetail>();
    CandidateResult& kept = result.detail->candidates.emplace_back();
    kept.label = step_.component.label;
    kept.plugin = step_.component.id;
    kept.fitted = true;
    kept.report = std::move(*report);
    if (auto fitted = fit->fitted_values()) {
      result.detail->in_sample = {history->ordinals, history->target, std::move(*fitted)};
    }
  }
  const Result<Rows> future = future_rows(input, history->ordinals.back());
  if (!future) return fail(result, future.error());
  warn_about_regressors(input, *history, *future, result);
  predict(*fit, *history, *future, result);
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

Result<RegressionRunner::Rows> RegressionRunner::future_rows(const RegressionCase& input,
                                                             std::int64_t last) const {
  const auto horizon = steps_ahead(settings_.horizon, last, *input.calendar);
  if (!horizon) return horizon.error();
  Rows rows;
  for (std::int64_t o = last + 1; o <= last + *horizon; ++o) {
    rows.ordinals.push_back(o);
    for (std::size_t i = 0; i < input.regressors.size(); ++i) {
      const RegressorInput& regressor = input.regressors[i];
      rows.regressors.push_back(future_value(regressor, o));
      if (!std::isnan(rows.regressors.back())) continue;
      const std::string& name = step_.regressors[i].name;
      if (regressor.forecast != nullptr && regressor.forecast->status == SeriesStatus::kFailed) {
        const Error& cause = regressor.forecast->error;
        return Error{cause.kind, "regressor \"" + name + "\" has no forecast: " + cause.message,
                     cause.where, cause.fault};
      }
      return Error{
          ErrorKind::kInsufficientData,
          "regressor \"" + name + "\" has no value for " + label_of(o, *input.calendar) +
              "; forecast it with a trend step, or give its column values up to the horizon"};
    }
  }
  return rows;
}

void RegressionRunner::warn_about_regressors(const RegressionCase& input, const Rows& history,
                                             const Rows& future, SeriesResult& result) const {
  const std::size_t p = input.regressors.size();
  bool forecast_used = false;
  for (std::size_t i = 0; i < p; ++i) {
    double low = history.regressors[i];
    double high = low;
    for (std::size_t r = i; r < history.regressors.size(); r += p) {
      low = std::min(low, history.regressors[r]);
      high = std::max(high, history.regressors[r]);
    }
    double farthest = 0;  // how far outside, in the regressor's own unit
    std::int64_t where = 0;
    double value = 0;
    for (std::size_t r = 0; r < future.ordinals.size(); ++r) {
      const double x = future.regressors[r * p + i];
      forecast_used |= std::isnan(input.regressors[i].history.at(future.ordinals[r]));
      const double outside = std::max(low - x, x - high);
      if (!(outside > farthest)) continue;
      farthest = outside;
      where = future.ordinals[r];
      value = x;
    }
    if (farthest > 0) {
      result.warnings.push_back(
          {"regressor_outside_history",
           step_.regressors[i].name + " at " + label_of(where, *input.calendar) + " is " +
               significant_text(value, 6) + ", outside the " + significant_text(low, 6) + " to " +
               significant_text(high, 6) + " the regression has seen"});
    }
  }
  if (forecast_used) {
    result.warnings.push_back(
        {"regressors_taken_as_known",
         "regressors are forecasts but are taken as known: their own error is "
         "not in these intervals, which are too narrow"});
  }
}

void RegressionRunner::predict(const RegressionFit& fit, const Rows& history, const Rows& future,
                               SeriesResult& result) const {
  const std::size_t r_count = future.ordinals.size();
  const auto predicted = fit.predict(future.regressors, r_count, settings_.probabilities);
  if (!predicted) return fail(result, error_of(predicted.error()));
  const std::size_t p = step_.regressors.size();
  bool missing = false;
  for (std::size_t r = 0; r < r_count; ++r) {
    ForecastRow& row = result.rows.emplace_back();
    row.ordinal = future.ordinals[r];
    row.step = row.ordinal - history.ordinals.back();
    row.mean = predicted->mean[r];
    row.standard_error = predicted->se_prediction[r];
    const auto x = future.regressors.begin() + static_cast<std::ptrdiff_t>(r * p);
    row.regressors.assign(x, x + static_cast<std::ptrdiff_t>(p));
    for (std::size_t c = 0; c < settings_.coverage.size(); ++c) {
      const std::size_t low = settings_.lower_row(c) * r_count + r;
      const std::size_t high = settings_.upper_row(c) * r_count + r;
      row.lower.push_back(predicted->prediction_quantiles[low]);
      row.upper.push_back(predicted->prediction_quantiles[high]);
      row.mean_lower.push_back(predicted->mean_quantiles[low]);
      row.mean_upper.push_back(predicted->mean_quantiles[high]);
      missing |= std::isnan(row.lower.back()) || std::isnan(row.upper.back());
    }
  }
  if (missing) {
    result.warnings.push_back(
        {"no_interval", model_.label() + " gives no prediction interval here"});
  }
}

}  // namespace steppe
