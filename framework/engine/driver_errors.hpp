// SPDX-License-Identifier: Apache-2.0
#pragma once

// The joint error of the drivers of one regression: which regressors are forecasts at a date, and
// how their errors correlate, with each other and along the horizon. Closed form and simulation
// both take it from here, so they mean the same.
//
// At one date the errors of two drivers correlate as their residuals do over the dates both have,
// or as what the pipeline names instead (core/uncertainty.hpp). Along the horizon, which matters
// where a driver comes in with several lags, the errors of a random walk add up; those of other
// models consist of the noise of each step and an error of the level, common to all steps, that
// makes up the rest of the variance.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/driver_forecast.hpp"
#include "core/uncertainty.hpp"
#include "engine/regression_forecast.hpp"

namespace steppe {

// How the forecast drivers of a regression go together, from their residuals or their errors one
// step ahead; over fewer than 3 common dates they count as independent.
DriverCorrelation correlate_drivers(const std::vector<Driver>& drivers,
                                    CorrelationSource source = CorrelationSource::kResiduals);

class DriverErrors {
 public:
  // A regressor that is a forecast at some date.
  struct Place {
    std::size_t driver = 0;  // which of the different ones
    std::size_t step = 0;    // of its forecast
    std::int64_t date = 0;   // its own, the lag gone
  };

  // `correlation` is in the order of correlate_drivers.
  DriverErrors(const std::vector<Driver>& drivers, const DriverCorrelation& correlation);

  // Where a regressor stands at a date of the target; nothing when it is known there, or when its
  // model says nothing of its errors.
  std::optional<Place> place(std::size_t regressor, std::int64_t ordinal) const;
  // Whether it is a forecast of which no error is known.
  bool unknown(std::size_t regressor, std::int64_t ordinal) const;

  std::size_t size() const { return forecasts_.size(); }
  const DriverForecast& forecast(std::size_t driver) const { return *forecasts_[driver]; }
  double standard_error(const Place& place) const;  // in the driver's unit
  double correlation(const Place& a, const Place& b) const;

  // For simulation: row `driver` of the lower triangle that makes correlated errors of independent
  // ones, and how the independent error of a driver at a date hangs on the past.
  double loading(std::size_t driver, std::size_t source) const {
    return factor_[driver * size() + source];
  }
  double level_share(std::size_t driver, std::int64_t date) const;  // 0 of a random walk
  double walk_memory(std::size_t driver, std::int64_t date) const;  // 0 of any other
  std::int64_t longest_lag() const { return longest_lag_; }

 private:
  double along(std::size_t driver, std::int64_t a, std::int64_t b) const;

  const std::vector<Driver>& drivers_;
  std::vector<std::size_t> index_;  // by regressor; size() for a column
  std::vector<const DriverForecast*> forecasts_;
  std::vector<const SeriesResult*> series_;
  std::vector<double> noise_;
  std::vector<double> factor_;  // Cholesky, k x k
  std::int64_t longest_lag_ = 0;
};

}  // namespace steppe
