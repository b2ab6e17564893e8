// SPDX-License-Identifier: Apache-2.0
#include "engine/driver_errors.hpp"

#include <algorithm>
#include <cmath>

#include "engine/simulation_draws.hpp"

namespace steppe {
namespace {

constexpr std::size_t kFewestDates = 3;

// Different forecasts in the order in which regressors first name them.
std::vector<const SeriesResult*> different_forecasts(const std::vector<Driver>& drivers) {
  std::vector<const SeriesResult*> out;
  for (const Driver& driver : drivers) {
    if (driver.forecast == nullptr) continue;
    if (std::find(out.begin(), out.end(), driver.forecast) == out.end()) {
      out.push_back(driver.forecast);
    }
  }
  return out;
}

// A driver without errors stands aside with zeros: they correlate with nothing.
double error_at(const History& errors, std::int64_t date) {
  return errors.values.empty() ? 0 : errors.at(date);
}

// One row per date on which every driver has an error.
std::vector<double> common_errors(const std::vector<History>& drivers) {
  std::vector<double> out;
  const auto first = std::find_if(drivers.begin(), drivers.end(),
                                  [](const History& driver) { return !driver.values.empty(); });
  if (first == drivers.end()) return out;
  for (std::size_t i = 0; i < first->values.size(); ++i) {
    std::vector<double> row;
    for (const History& driver : drivers) {
      row.push_back(error_at(driver, first->first + static_cast<std::int64_t>(i)));
    }
    const bool complete =
        std::all_of(row.begin(), row.end(), [](double r) { return std::isfinite(r); });
    if (complete) out.insert(out.end(), row.begin(), row.end());
  }
  return out;
}

// Pearson's, 0 where a driver has no error; the diagonal is 1.
std::vector<double> correlation_of(std::vector<double> rows, std::size_t k) {
  std::vector<double> out(k * k, 0);
  const std::size_t n = rows.size() / k;
  for (std::size_t i = 0; i < k; ++i) out[i * k + i] = 1;
  if (n < kFewestDates) return out;
  for (std::size_t j = 0; j < k; ++j) {
    double mean = 0;
    for (std::size_t i = 0; i < n; ++i) mean += rows[i * k + j] / static_cast<double>(n);
    double norm = 0;
    for (std::size_t i = 0; i < n; ++i) {
      rows[i * k + j] -= mean;
      norm = std::hypot(norm, rows[i * k + j]);
    }
    for (std::size_t i = 0; i < n; ++i) rows[i * k + j] = norm > 0 ? rows[i * k + j] / norm : 0;
  }
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) sum += rows[i * k + a] * rows[i * k + b];
      out[a * k + b] = out[b * k + a] = std::clamp(sum, -1.0, 1.0);
    }
  }
  return out;
}

// Sum of squares over n - parameters, as the degrees of freedom tell; over n where they do not.
double noise_of(const DriverForecast& driver) {
  double sum = 0;
  std::size_t count = 0;
  for (const double residual : driver.residuals) {
    if (!std::isfinite(residual)) continue;
    sum += residual * residual;
    ++count;
  }
  if (count == 0) return 0;
  const auto n = static_cast<double>(count);
  return sum / (std::isfinite(driver.degrees) && driver.degrees < n ? driver.degrees : n);
}

}  // namespace

DriverCorrelation correlate_drivers(const std::vector<Driver>& drivers, CorrelationSource source) {
  DriverCorrelation out;
  std::vector<History> errors;
  static const DriverForecast kNothing;
  for (const SeriesResult* series : different_forecasts(drivers)) {
    const DriverForecast& driver = series->driver ? *series->driver : kNothing;
    out.noise.push_back(noise_of(driver));
    if (source == CorrelationSource::kResiduals) {
      errors.push_back({driver.first_residual, driver.residuals});
    } else if (source == CorrelationSource::kRolling) {
      errors.push_back({driver.first_rolling, driver.rolling});
    } else {
      errors.emplace_back();
    }
  }
  if (!errors.empty()) out.correlation = correlation_of(common_errors(errors), errors.size());
  return out;
}

DriverErrors::DriverErrors(const std::vector<Driver>& drivers, const DriverCorrelation& correlation)
    : drivers_(drivers), series_(different_forecasts(drivers)), noise_(correlation.noise) {
  static const DriverForecast kNothing;
  for (const SeriesResult* series : series_) {
    forecasts_.push_back(series->driver ? series->driver.get() : &kNothing);
  }
  factor_ = lower_triangle(correlation.correlation, size());
  for (const Driver& driver : drivers) {
    const auto found = std::find(series_.begin(), series_.end(), driver.forecast);
    index_.push_back(static_cast<std::size_t>(found - series_.begin()));
    longest_lag_ = std::max(longest_lag_, driver.lag);
  }
}

std::optional<DriverErrors::Place> DriverErrors::place(std::size_t regressor,
                                                       std::int64_t ordinal) const {
  const Driver& driver = drivers_[regressor];
  const std::int64_t date = ordinal - driver.lag;
  if (driver.forecast == nullptr || !std::isnan(driver.observed.at(date))) return std::nullopt;
  const std::size_t index = index_[regressor];
  if (!forecasts_[index]->holds(date)) return std::nullopt;
  return Place{index, forecasts_[index]->step_of(date), date};
}

bool DriverErrors::unknown(std::size_t regressor, std::int64_t ordinal) const {
  const Driver& driver = drivers_[regressor];
  const bool known = !std::isnan(driver.observed.at(ordinal - driver.lag));
  return !known && driver.forecast != nullptr && !place(regressor, ordinal);
}

double DriverErrors::standard_error(const Place& place) const {
  const double reported = series_[place.driver]->rows[place.step].standard_error;
  return std::isfinite(reported) ? reported : forecasts_[place.driver]->scale[place.step];
}

double DriverErrors::level_share(std::size_t driver, std::int64_t date) const {
  const DriverForecast& forecast = *forecasts_[driver];
  if (forecast.random_walk || !forecast.holds(date)) return 0;
  const double scale = forecast.scale[forecast.step_of(date)];
  if (!(scale > 0)) return 0;
  return std::clamp(1 - noise_[driver] / (scale * scale), 0.0, 1.0);
}

double DriverErrors::walk_memory(std::size_t driver, std::int64_t date) const {
  const DriverForecast& forecast = *forecasts_[driver];
  if (!forecast.random_walk || !forecast.holds(date) || date == forecast.first) return 0;
  const std::size_t step = forecast.step_of(date);
  const double scale = forecast.scale[step];
  return scale > 0 ? std::clamp(forecast.scale[step - 1] / scale, 0.0, 1.0) : 0;
}

// How the independent error of a driver correlates with itself at another date.
double DriverErrors::along(std::size_t driver, std::int64_t a, std::int64_t b) const {
  if (a == b) return 1;
  if (!forecasts_[driver]->random_walk) {
    return std::sqrt(level_share(driver, a) * level_share(driver, b));
  }
  double product = 1;
  for (std::int64_t date = std::min(a, b) + 1; date <= std::max(a, b); ++date) {
    product *= walk_memory(driver, date);
  }
  return product;
}

double DriverErrors::correlation(const Place& a, const Place& b) const {
  double sum = 0;
  for (std::size_t l = 0; l <= std::min(a.driver, b.driver); ++l) {
    sum += loading(a.driver, l) * loading(b.driver, l) * along(l, a.date, b.date);
  }
  return a.driver == b.driver && a.date == b.date ? 1 : sum;
}

}  // namespace steppe
