// SPDX-License-Identifier: Apache-2.0
#include "engine/simulation_draws.hpp"

#include <algorithm>
#include <cmath>

#include "core/driver_forecast.hpp"
#include "plugin_host/philox.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe {
namespace {

// Chi-squared with so many whole degrees of freedom is drawn as a sum of squares.
constexpr double kMostSquares = 64;
constexpr std::int64_t kMiddleOfDates = std::int64_t{1} << 39;

std::uint64_t stream_number(const DrawStream& stream) {
  const auto purpose = static_cast<std::uint64_t>(stream.purpose);
  const auto date = static_cast<std::uint64_t>(stream.offset + kMiddleOfDates) & 0xFF'FFFF'FFFFu;
  return (purpose << 56) | (static_cast<std::uint64_t>(stream.index) << 40) | date;
}

}  // namespace

std::vector<double> drawn_normals(const DrawStream& stream, std::size_t draws) {
  std::vector<double> out(draws);
  random_normal(stream.seed, stream_number(stream), 0, out);
  return out;
}

std::vector<double> drawn_scales(const DrawStream& stream, double degrees, std::size_t draws) {
  std::vector<double> out(draws, 1);
  if (std::isinf(degrees)) return out;
  if (degrees <= kMostSquares && degrees == std::floor(degrees)) {
    const auto squares = static_cast<std::size_t>(degrees);
    const std::vector<double> normals = drawn_normals(stream, draws * squares);
    for (std::size_t d = 0; d < draws; ++d) {
      double sum = 0;
      for (std::size_t i = 0; i < squares; ++i) {
        sum += normals[d * squares + i] * normals[d * squares + i];
      }
      out[d] = std::sqrt(degrees / sum);
    }
    return out;
  }
  random_uniform(stream.seed, stream_number(stream), 0, out);
  for (double& value : out) {
    value = std::sqrt(degrees / numerics::chi_squared_quantile(value, degrees));
  }
  return out;
}

std::vector<double> drawn_coefficients(const LinearModel& model, std::uint64_t seed,
                                       std::size_t draws) {
  const std::size_t q = model.coefficients.size();
  const std::vector<double> factor = lower_triangle(model.covariance, q);
  std::vector<double> out(draws * q, 0);
  for (std::size_t j = 0; j < q; ++j) {
    const auto normals = drawn_normals({seed, DrawPurpose::kCoefficient, j}, draws);
    for (std::size_t d = 0; d < draws; ++d) {
      for (std::size_t i = j; i < q; ++i) out[d * q + i] += factor[i * q + j] * normals[d];
    }
  }
  return out;
}

std::vector<double> lower_triangle(const std::vector<double>& matrix, std::size_t q) {
  std::vector<double> out(q * q, 0);
  for (std::size_t j = 0; j < q; ++j) {
    double pivot = matrix[j * q + j];
    for (std::size_t l = 0; l < j; ++l) pivot -= out[j * q + l] * out[j * q + l];
    if (!(pivot > 1e-15 * matrix[j * q + j])) continue;
    out[j * q + j] = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < q; ++i) {
      double sum = matrix[i * q + j];
      for (std::size_t l = 0; l < j; ++l) sum -= out[i * q + l] * out[j * q + l];
      out[i * q + j] = sum / out[j * q + j];
    }
  }
  return out;
}

double quadratic_form(const std::vector<double>& matrix, const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    double row = 0;
    for (std::size_t j = 0; j < x.size(); ++j) row += matrix[i * x.size() + j] * x[j];
    sum += x[i] * row;
  }
  return std::max(sum, 0.0);
}

VarianceSplit spread_of(const RegressionPrediction& prediction) {
  VarianceSplit out;
  out.residual = out.coefficients = 0;
  const auto n = static_cast<double>(prediction.mean.size());
  for (std::size_t d = 0; d < prediction.mean.size(); ++d) {
    const double all = prediction.se_prediction[d];
    const double mean = std::isnan(prediction.se_mean[d]) ? 0 : prediction.se_mean[d];
    out.coefficients += mean * mean / n;
    out.residual += std::max(all * all - mean * mean, 0.0) / n;
  }
  return out;
}

const std::vector<double>& table_probabilities() {
  static const std::vector<double> probabilities = [] {
    std::vector<double> out;
    for (std::size_t k = 0; k < DriverForecast::kTableNodes; ++k) {
      out.push_back(numerics::normal_cdf(0.5 * static_cast<double>(k) - 4));
    }
    return out;
  }();
  return probabilities;
}

double bounded(double value) {
  if (std::isnan(value)) return kBound;
  return std::clamp(value, -kBound, kBound);
}

double sorted_value(const std::vector<double>& sorted, double rank) {
  const auto last = static_cast<double>(sorted.size() - 1);
  rank = std::clamp(rank, 0.0, last);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = rank - static_cast<double>(below);
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

}  // namespace steppe
