// SPDX-License-Identifier: Apache-2.0
#include "conformance/sample_data.hpp"

#include <cmath>
#include <iterator>

#include "plugin_host/philox.hpp"

namespace steppe::conformance {

namespace {

constexpr double kTau = 6.283185307179586;

// Streams of one seed, so that no two uses share numbers.
constexpr std::uint64_t kSeriesStreams = std::uint64_t{1} << 40;
constexpr std::uint64_t kRegressorStreams = std::uint64_t{2} << 40;

double curve(Shape shape, double t, double n) {
  switch (shape) {
    case Shape::kRising:
      return 50 + 2 * t;
    case Shape::kFalling:
      return 50 + 2 * (n + 1 - t);
    case Shape::kLevel:
      return 100;
    case Shape::kWalk:
      return 1000;
    case Shape::kGrowth:
      return 20 * std::exp(0.03 * t);
  }
  return 0;
}

double with_noise(Shape shape, double value, double z, double sum) {
  switch (shape) {
    case Shape::kRising:
    case Shape::kFalling:
      return value + 3 * z;
    case Shape::kLevel:
      return value + 5 * z;
    case Shape::kWalk:
      return value + 4 * sum;
    case Shape::kGrowth:
      return value * std::exp(0.03 * z);
  }
  return value;
}

}  // namespace

std::string name_of(Shape shape) {
  static const char* const kNames[] = {"rising", "falling", "level", "random walk", "growing"};
  return kNames[static_cast<std::size_t>(shape)];
}

std::vector<double> normals(std::size_t count, std::uint64_t seed, std::uint64_t stream) {
  std::vector<double> out(count);
  random_normal(seed, stream, 0, out);
  return out;
}

std::vector<double> times(std::size_t first, std::size_t count) {
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<double>(first + i));
  return out;
}

std::vector<double> sample_series(Shape shape, std::size_t n, std::uint64_t seed,
                                  std::uint64_t stream, std::uint32_t season_length) {
  const std::vector<double> z = normals(n, seed, kSeriesStreams + stream);
  std::vector<double> out;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = static_cast<double>(i + 1);
    sum += z[i];
    double value = with_noise(shape, curve(shape, t, static_cast<double>(n)), z[i], sum);
    if (season_length > 1) value *= 1 + 0.2 * std::sin(kTau * t / season_length);
    out.push_back(value);
  }
  return out;
}

TrendData sample_block(std::size_t n, std::size_t m, std::uint64_t seed,
                       std::uint32_t season_length) {
  TrendData data;
  data.time = times(1, n);
  data.season_length = season_length;
  for (std::size_t s = 0; s < m; ++s) {
    const Shape shape = kShapes[s % std::size(kShapes)];
    data.series.push_back(sample_series(shape, n, seed, s, season_length));
    data.seeds.push_back(seed * 1000 + s);
  }
  return data;
}

double sample_coefficient(std::size_t column) {
  const double size = std::ldexp(2.0, -static_cast<int>(column));
  return column % 2 == 0 ? size : -size;
}

RegressionSample sample_regression(std::size_t n, std::size_t p, std::uint64_t seed, double noise) {
  RegressionSample data;
  data.rows = n;
  data.columns = p;
  const std::vector<double> error = normals(n, seed, kRegressorStreams);
  for (std::size_t i = 0; i < n; ++i) data.target.push_back(kSampleConstant + noise * error[i]);
  data.regressors.resize(n * p);
  for (std::size_t j = 0; j < p; ++j) {
    data.names.push_back("x" + std::to_string(j + 1));
    const std::vector<double> z = normals(n, seed, kRegressorStreams + 1 + j);
    for (std::size_t i = 0; i < n; ++i) {
      data.at(i, j) = static_cast<double>(10 * (j + 1)) + (2 + static_cast<double>(j)) * z[i];
      data.target[i] += sample_coefficient(j) * data.at(i, j);
    }
  }
  return data;
}

void number_keys(std::vector<double>& cells, std::size_t columns) {
  constexpr double kKeys = 5;
  for (std::size_t i = columns; columns > 0 && i <= cells.size(); i += columns) {
    double& cell = cells[i - 1];
    const bool key = cell >= 0 && cell < kKeys && cell == std::floor(cell);
    if (key || !std::isfinite(cell)) continue;
    int exponent = 0;
    cell = std::fmod(std::floor(1000 * std::fabs(std::frexp(cell, &exponent))), kKeys);
  }
}

}  // namespace steppe::conformance
