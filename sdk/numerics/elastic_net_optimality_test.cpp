// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "elastic_net_testing.hpp"

namespace steppe::numerics {
namespace {

using test::net_of;
using test::net_problem;
using test::PenalizedData;
using test::random_problem;

// The optimality conditions from the data alone, in long double: how much the worst one is broken,
// in the largest gradient that there is without coefficients.
long double broken_conditions(const PenalizedData& data, const ElasticNetFit& fit) {
  const std::size_t n = data.y.size();
  const std::size_t p = data.columns();
  const long double rows = static_cast<long double>(n);
  long double target_mean = 0;
  for (const double y : data.y) target_mean += y / rows;
  std::vector<long double> rest(n);
  std::vector<long double> target(n);
  std::vector<std::vector<long double>> z(p, std::vector<long double>(n));
  std::vector<long double> scale(p, 1);
  long double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    rest[i] = target[i] = data.y[i] - target_mean;
    sum += target[i] * target[i];
  }
  const long double unit = fit.standardize ? std::sqrt(sum / rows) : 1.0L;
  for (std::size_t j = 0; j < p; ++j) {
    long double mean = 0;
    for (std::size_t i = 0; i < n; ++i) mean += data.x[i * p + j] / rows;
    long double square = 0;
    for (std::size_t i = 0; i < n; ++i) {
      z[j][i] = data.x[i * p + j] - mean;
      square += z[j][i] * z[j][i] / rows;
    }
    if (fit.standardize && square > 0) scale[j] = std::sqrt(square);
    for (std::size_t i = 0; i < n; ++i) {
      rest[i] -= z[j][i] * static_cast<long double>(fit.slopes[j]);
      z[j][i] /= scale[j];
    }
  }
  long double largest = 0;
  long double worst = 0;
  for (std::size_t j = 0; j < p; ++j) {
    long double start = 0;
    long double gradient = 0;
    for (std::size_t i = 0; i < n; ++i) {
      start += z[j][i] * target[i] / rows;
      gradient += z[j][i] * rest[i] / rows;
    }
    largest = std::max(largest, std::abs(start));
    const long double u = fit.slopes[j] * scale[j];
    gradient -= static_cast<long double>(fit.penalty) * (1.0L - fit.mix) * u / unit;
    const long double sparse = static_cast<long double>(fit.penalty) * fit.mix;
    const long double breach =
        u == 0 ? std::abs(gradient) - sparse : std::abs(gradient - (u < 0 ? -sparse : sparse));
    worst = std::max(worst, breach);
  }
  return worst / largest;
}

TEST(ElasticNet, KeepsTheOptimalityConditionsOnTheWholePath) {
  for (const double common : {0.0, 3.0, 300.0}) {
    for (const auto& [n, p] :
         std::vector<std::pair<std::size_t, std::size_t>>{{40, 6}, {30, 60}, {12, 12}, {100, 25}}) {
      const PenalizedData data = random_problem(n, p, common, n + p);
      for (const double mix : {1.0, 0.5, 0.05}) {
        const ElasticNetFit whole = net_of(net_problem(data, {.mix = mix}));
        for (std::size_t k = 0; k < whole.path.size(); k += 9) {
          const ElasticNetFit fit =
              net_of(net_problem(data, {.mix = mix, .penalty = whole.path[k].penalty}));
          EXPECT_LT(broken_conditions(data, fit), 1e-9L)
              << n << " x " << p << " common " << common << " mix " << mix << " at " << k;
          EXPECT_EQ(fit.nonzero, whole.path[k].nonzero);
        }
      }
    }
  }
}

TEST(ElasticNet, KeepsTheOptimalityConditionsOfEqualAndOppositeColumns) {
  PenalizedData data = random_problem(20, 6, 0.5, 77);
  for (std::size_t i = 0; i < 20; ++i) {
    data.x[i * 6 + 3] = data.x[i * 6];
    data.x[i * 6 + 4] = 10.0 - data.x[i * 6 + 1];
    data.x[i * 6 + 5] = data.x[i * 6] + data.x[i * 6 + 1];
  }
  const ElasticNetFit whole = net_of(net_problem(data));
  for (const PathPoint& point : whole.path)
    EXPECT_LT(broken_conditions(data, net_of(net_problem(data, {.penalty = point.penalty}))),
              1e-9L);
  const ElasticNetFit fit = net_of(net_problem(data, {.penalty = whole.path[30].penalty}));
  EXPECT_EQ(fit.exchangeable, (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(fit.dependent_columns, (std::vector<std::size_t>{0, 1, 3, 4, 5}));
}

}  // namespace
}  // namespace steppe::numerics
