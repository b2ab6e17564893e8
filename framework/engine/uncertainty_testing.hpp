// SPDX-License-Identifier: Apache-2.0
#pragma once

// Problems with linear trends as drivers, fitted here by textbook formulas: what the tests of the
// closed form and of the simulation are given.

#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "engine/closed_form.hpp"
#include "engine/driver_errors.hpp"
#include "plugin_host/philox.hpp"

namespace steppe::testing {

// Standard normals one after the other.
class NormalDice {
 public:
  explicit NormalDice(std::uint64_t seed) : seed_(seed) {}
  double normal() {
    std::array<double, 1> out{};
    random_normal(seed_, 99, position_++, out);
    return out[0];
  }
  double uniform(double low, double high) {
    std::array<double, 1> out{};
    random_uniform(seed_, 98, position_++, out);
    return low + (high - low) * out[0];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t position_ = 0;
};

// A driver whose forecast has one step.
inline std::unique_ptr<SeriesResult> driver_series(std::int64_t last, double mean, double error,
                                                   double degrees,
                                                   const std::vector<double>& residuals) {
  auto out = std::make_unique<SeriesResult>();
  ForecastRow& row = out->rows.emplace_back();
  row.ordinal = last + 1;
  row.step = 1;
  row.mean = mean;
  row.standard_error = error;
  out->driver = std::make_unique<DriverForecast>();
  out->driver->first = last + 1;
  out->driver->family = ErrorFamily::kStudent;
  out->driver->degrees = degrees;
  out->driver->location = {mean};
  out->driver->scale = {error};
  out->driver->first_residual = last - static_cast<std::int64_t>(residuals.size()) + 1;
  out->driver->residuals = residuals;
  return out;
}

// Inverse by Gauss and Jordan with pivots; `n` rows.
inline std::vector<double> inverse_of(std::vector<double> a, std::size_t n) {
  std::vector<double> out(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) out[i * n + i] = 1;
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c; r < n; ++r) {
      if (std::fabs(a[r * n + c]) > std::fabs(a[pivot * n + c])) pivot = r;
    }
    for (std::size_t k = 0; k < n; ++k) {
      std::swap(a[c * n + k], a[pivot * n + k]);
      std::swap(out[c * n + k], out[pivot * n + k]);
    }
    const double divisor = a[c * n + c];
    for (std::size_t k = 0; k < n; ++k) {
      a[c * n + k] /= divisor;
      out[c * n + k] /= divisor;
    }
    for (std::size_t r = 0; r < n; ++r) {
      const double factor = a[r * n + c];
      for (std::size_t k = 0; r != c && k < n; ++k) {
        a[r * n + k] -= factor * a[c * n + k];
        out[r * n + k] -= factor * out[c * n + k];
      }
    }
  }
  return out;
}

// Drivers x_j = a_j + b_j t + u_j, u correlated; target y = c + x'd + e; n dates, the forecast h
// ahead. What a run would estimate, and the truth at the date.
struct DriverProblem {
  std::vector<std::unique_ptr<SeriesResult>> series;
  std::vector<Driver> drivers;
  LinearModel model;
  UncertainRow row;
  double mean = 0;
  double truth = 0;
};

struct ProblemSize {
  std::size_t observations = 10;
  std::size_t drivers = 2;
  std::size_t ahead = 2;
  bool correlated = false;
};

inline DriverProblem driver_problem(NormalDice& dice, const ProblemSize& size) {
  const std::size_t n = size.observations;
  const std::size_t p = size.drivers;
  const std::size_t q = p + 1;
  const auto count = static_cast<double>(n);
  const double t0 = count + static_cast<double>(size.ahead);
  std::vector<double> x(n * q, 1);
  std::vector<double> future(p);
  std::vector<double> common(n + 1);
  for (double& value : common) value = size.correlated ? dice.normal() : 0;
  DriverProblem out;
  out.row.regressors.resize(p);
  for (std::size_t j = 0; j < p; ++j) {
    const double level = 10 * dice.normal();
    const double slope = dice.normal();
    const double spread = dice.uniform(0.5, 2);
    for (std::size_t i = 0; i < n; ++i) {
      x[i * q + j + 1] =
          level + slope * static_cast<double>(i + 1) + spread * (dice.normal() + common[i]);
    }
    future[j] = level + slope * t0 + spread * (dice.normal() + common[n]);
    // The linear trend of this driver.
    double mean_t = (count + 1) / 2;
    double mean_x = 0;
    double sxx = 0;
    double sxy = 0;
    for (std::size_t i = 0; i < n; ++i) mean_x += x[i * q + j + 1] / count;
    for (std::size_t i = 0; i < n; ++i) {
      const double t = static_cast<double>(i + 1) - mean_t;
      sxx += t * t;
      sxy += t * (x[i * q + j + 1] - mean_x);
    }
    std::vector<double> residuals(n);
    double sse = 0;
    for (std::size_t i = 0; i < n; ++i) {
      residuals[i] = x[i * q + j + 1] - mean_x - sxy / sxx * (static_cast<double>(i + 1) - mean_t);
      sse += residuals[i] * residuals[i];
    }
    const double ahead = t0 - mean_t;
    const double error = std::sqrt(sse / (count - 2) * (1 + 1 / count + ahead * ahead / sxx));
    out.row.regressors[j] = mean_x + sxy / sxx * ahead;
    out.series.push_back(driver_series(static_cast<std::int64_t>(n), out.row.regressors[j], error,
                                       count - 2, residuals));
    Driver& driver = out.drivers.emplace_back();
    driver.forecast = out.series.back().get();
  }
  std::vector<double> truth(q);
  for (double& value : truth) value = dice.normal();
  const double noise = dice.uniform(0.5, 3);
  std::vector<double> y(n);
  std::vector<double> cross(q * q, 0);
  std::vector<double> right(q, 0);
  for (std::size_t i = 0; i < n; ++i) {
    y[i] = noise * dice.normal();
    for (std::size_t a = 0; a < q; ++a) y[i] += truth[a] * x[i * q + a];
    for (std::size_t a = 0; a < q; ++a) {
      right[a] += x[i * q + a] * y[i];
      for (std::size_t b = 0; b < q; ++b) cross[a * q + b] += x[i * q + a] * x[i * q + b];
    }
  }
  out.model.has_intercept = true;
  out.model.covariance = inverse_of(cross, q);
  out.model.coefficients.assign(q, 0);
  for (std::size_t a = 0; a < q; ++a) {
    for (std::size_t b = 0; b < q; ++b) {
      out.model.coefficients[a] += out.model.covariance[a * q + b] * right[b];
    }
  }
  double sse = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double residual = y[i];
    for (std::size_t a = 0; a < q; ++a) residual -= out.model.coefficients[a] * x[i * q + a];
    sse += residual * residual;
  }
  out.model.degrees_of_freedom = count - static_cast<double>(q);
  out.model.residual_variance = sse / out.model.degrees_of_freedom;
  for (double& value : out.model.covariance) value *= out.model.residual_variance;
  out.mean = out.model.coefficients[0];
  out.truth = truth[0] + noise * dice.normal();
  for (std::size_t j = 0; j < p; ++j) {
    out.mean += out.model.coefficients[j + 1] * out.row.regressors[j];
    out.truth += truth[j + 1] * future[j];
  }
  return out;
}

}  // namespace steppe::testing
