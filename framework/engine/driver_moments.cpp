// SPDX-License-Identifier: Apache-2.0
#include "engine/driver_moments.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/simulation_draws.hpp"

namespace steppe {
namespace {

// The normal's density on a grid of step 1/8, which holds the nodes of a table.
constexpr double kGridStep = 0.125;
constexpr int kGridHalf = 72;

template <typename Function>
double expectation(Function&& function) {
  static const double kFactor = kGridStep / std::sqrt(2 * std::numbers::pi);
  double sum = 0;
  for (int i = -kGridHalf; i <= kGridHalf; ++i) {
    const double z = i * kGridStep;
    sum += std::exp(-z * z / 2) * function(z);
  }
  return kFactor * sum;
}

// One regressor that is a forecast: g(Z) of a standard normal Z.
struct Margin {
  ErrorFamily family = ErrorFamily::kStudent;
  double location = 0;
  double scale = 0;
  const double* table = nullptr;
  double mean = 0;

  double at(double z) const { return table_value(table, z); }
};

Margin margin_of(const DriverForecast& driver, std::size_t step) {
  Margin out{driver.family, driver.location[step], driver.scale[step], nullptr, 0};
  out.mean = out.location;
  if (out.family == ErrorFamily::kLogStudent) {
    out.mean = std::exp(out.location + out.scale * out.scale / 2);
  } else if (out.family == ErrorFamily::kTable) {
    out.table = &driver.table[step * DriverForecast::kTableNodes];
    out.mean = expectation([&](double z) { return out.at(z); });
  }
  return out;
}

double table_covariance(const Margin& table, const Margin& other, double correlation) {
  if (other.family == ErrorFamily::kTable) {
    const double rest = std::sqrt(std::max(1 - correlation * correlation, 0.0));
    return expectation([&](double z) {
      const double beside =
          expectation([&](double w) { return other.at(correlation * z + rest * w) - other.mean; });
      return (table.at(z) - table.mean) * beside;
    });
  }
  if (other.family == ErrorFamily::kStudent) {
    return correlation * other.scale *
           expectation([&](double z) { return (table.at(z) - table.mean) * z; });
  }
  // The density times exp(s Z) is that of a normal whose mean has moved.
  const double moved = correlation * other.scale;
  return other.mean * expectation([&](double z) { return table.at(z + moved) - table.mean; });
}

double covariance_of(const Margin& a, const Margin& b, double correlation) {
  if (correlation == 0) return 0;
  if (a.family == ErrorFamily::kTable) return table_covariance(a, b, correlation);
  if (b.family == ErrorFamily::kTable) return table_covariance(b, a, correlation);
  double out = a.family == ErrorFamily::kLogStudent ? a.mean : 1;
  if (b.family == ErrorFamily::kLogStudent) out *= b.mean;
  const double common = a.scale * b.scale * correlation;
  return out * (a.family == b.family && a.family == ErrorFamily::kLogStudent ? std::expm1(common)
                                                                             : common);
}

}  // namespace

DriverMoments driver_moments(const DriverErrors& errors, const UncertainRow& row) {
  const std::size_t p = row.regressors.size();
  DriverMoments out{row.regressors, std::vector<double>(p * p, 0)};
  std::vector<Margin> margins(p);
  for (std::size_t i = 0; i < p; ++i) {
    if (!row.places[i]) continue;
    margins[i] = margin_of(errors.forecast(row.places[i]->driver), row.places[i]->step);
    out.mean[i] = margins[i].mean;
    for (std::size_t j = 0; j <= i; ++j) {
      if (!row.places[j]) continue;
      const double correlation = errors.correlation(*row.places[i], *row.places[j]);
      const double covariance = covariance_of(margins[i], margins[j], correlation);
      out.covariance[i * p + j] = out.covariance[j * p + i] = covariance;
    }
  }
  return out;
}

}  // namespace steppe
