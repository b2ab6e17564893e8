// SPDX-License-Identifier: Apache-2.0
#include "engine/regression_forecast.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "engine/carry_errors.hpp"
#include "engine/series_error.hpp"

namespace steppe {
namespace {

// Future dates with the value of every regressor.
struct FutureRows {
  std::vector<std::int64_t> ordinals;
  std::vector<double> regressors;  // row-major
};

bool is_known(const Driver& driver, std::int64_t ordinal) {
  return !std::isnan(driver.observed.at(ordinal - driver.lag));
}

// The value of a regressor at a future date of the target: observed, else forecast, else NaN.
double future_value(const Driver& driver, std::int64_t ordinal) {
  const double known = driver.observed.at(ordinal - driver.lag);
  if (!std::isnan(known) || driver.forecast == nullptr) return known;
  for (const ForecastRow& row : driver.forecast->rows) {
    if (row.ordinal == ordinal - driver.lag) return row.mean;
  }
  return kUndefined;
}

Error no_value(const Driver& driver, std::int64_t ordinal, const RegressionOutlook& outlook) {
  if (driver.forecast != nullptr && driver.forecast->status == SeriesStatus::kFailed) {
    const Error& cause = driver.forecast->error;
    return {cause.kind, "regressor \"" + driver.name + "\" has no forecast: " + cause.message,
            cause.where, cause.fault};
  }
  const std::string what = "regressor \"" + driver.name + "\" has no value for " +
                           label_of(ordinal - driver.lag, *outlook.calendar) + "; ";
  if (outlook.from_file) {
    return {ErrorKind::kInsufficientData,
            what +
                "the model file holds what was known of its column when it was fitted: fit "
                "again with newer data, forecast it with a trend step, or end earlier",
            "", "F12"};
  }
  return {ErrorKind::kInsufficientData,
          what + "forecast it with a trend step, or give its column values up to the horizon"};
}

Result<FutureRows> future_rows(const RegressionOutlook& outlook, const HorizonSpec& wanted) {
  const auto horizon = steps_ahead(wanted, outlook.last, *outlook.calendar);
  if (!horizon) return horizon.error();
  FutureRows rows;
  for (std::int64_t o = outlook.last + 1; o <= outlook.last + *horizon; ++o) {
    rows.ordinals.push_back(o);
    for (const Driver& driver : outlook.drivers) {
      rows.regressors.push_back(future_value(driver, o));
      if (std::isnan(rows.regressors.back())) return no_value(driver, o, outlook);
    }
  }
  return rows;
}

void warn_about_drivers(const RegressionOutlook& outlook, const FutureRows& future,
                        SeriesResult& result) {
  const std::size_t p = outlook.drivers.size();
  for (std::size_t i = 0; i < p; ++i) {
    const Driver& driver = outlook.drivers[i];
    double farthest = 0;  // how far outside, in the regressor's own unit
    std::int64_t where = 0;
    double value = 0;
    for (std::size_t r = 0; r < future.ordinals.size(); ++r) {
      const double x = future.regressors[r * p + i];
      const double outside = std::max(driver.low - x, x - driver.high);
      if (!(outside > farthest)) continue;
      farthest = outside;
      where = future.ordinals[r];
      value = x;
    }
    if (farthest > 0) {
      result.warnings.push_back(
          {"regressor_outside_history",
           driver.name + " at " + label_of(where, *outlook.calendar) + " is " +
               significant_text(value, 6) + ", outside the " + significant_text(driver.low, 6) +
               " to " + significant_text(driver.high, 6) + " the regression has seen"});
    }
  }
}

}  // namespace

void forecast_regression(const RegressionFit& fit, const std::string& label,
                         const RegressionOutlook& outlook, const EngineSettings& settings,
                         SeriesResult& result) {
  const Result<FutureRows> future = future_rows(outlook, settings.horizon);
  if (!future) return fail(result, future.error());
  warn_about_drivers(outlook, *future, result);
  const std::size_t count = future->ordinals.size();
  const auto predicted = fit.predict(future->regressors, count, settings.probabilities);
  if (!predicted) return fail(result, error_of(predicted.error()));
  const std::size_t p = outlook.drivers.size();
  bool missing = false;
  result.regression = std::make_unique<RegressionRows>();
  for (std::size_t r = 0; r < count; ++r) {
    RegressionRow& beside = result.regression->rows.emplace_back();
    ForecastRow& row = result.rows.emplace_back();
    row.ordinal = future->ordinals[r];
    row.step = row.ordinal - outlook.last;
    row.mean = predicted->mean[r];
    row.standard_error = predicted->se_prediction[r];
    beside.known_standard_error = row.standard_error;
    for (const Driver& driver : outlook.drivers) {
      beside.forecast.push_back(!is_known(driver, row.ordinal));
    }
    const auto x = future->regressors.begin() + static_cast<std::ptrdiff_t>(r * p);
    beside.regressors.assign(x, x + static_cast<std::ptrdiff_t>(p));
    for (std::size_t c = 0; c < settings.coverage.size(); ++c) {
      const std::size_t low = settings.lower_row(c) * count + r;
      const std::size_t high = settings.upper_row(c) * count + r;
      row.lower.push_back(predicted->prediction_quantiles[low]);
      row.upper.push_back(predicted->prediction_quantiles[high]);
      beside.mean_lower.push_back(predicted->mean_quantiles[low]);
      beside.mean_upper.push_back(predicted->mean_quantiles[high]);
      missing |= !std::isfinite(row.lower.back()) || !std::isfinite(row.upper.back());
    }
    beside.known_lower = row.lower;
    beside.known_upper = row.upper;
  }
  if (missing) {
    result.warnings.push_back({"no_interval", label + " gives no prediction interval here"});
  }
  carry_driver_errors({fit, outlook, settings, predicted->se_mean}, result);
}

}  // namespace steppe
