// SPDX-License-Identifier: Apache-2.0

// Every fit carries its proof: numbers s_i in [tau - 1, tau], tau above the fit and tau - 1 below,
// with sum s_i x_i = 0. For any b then sum rho(y_i - x_i'b) >= sum s_i y_i, and the fit reaches
// that bound. Checked here on the data themselves, without the solver's coordinates.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "robust_testing.hpp"
#include "steppe/numerics/quantile_regression.hpp"

namespace steppe::numerics {
namespace {

using test::Numbers;
using test::RobustSample;

constexpr double kTolerance = 1e-9;

void expect_optimal(const RobustSample& sample, double tau, bool intercept) {
  const LeastSquaresFit start = sample.least_squares(intercept);
  const auto fit = fit_quantile(start, sample.rows(), tau, {});
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  if (fit->exact) return;
  ASSERT_EQ(fit->basis.size(), start.rank);
  const std::size_t n = sample.y.size();
  DoubleDouble dual;
  std::vector<DoubleDouble> sums(sample.columns + 1);
  std::vector<double> sizes(sample.columns + 1, 0.0);
  double size = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double s = fit->subgradient[i];
    EXPECT_GE(s, tau - 1.0 - kTolerance);
    EXPECT_LE(s, tau + kTolerance);
    const double rounding = fit->design.rounding[i];
    const double r = fit->linear.residuals[i];
    const double expected = r > rounding ? tau : r < -rounding ? tau - 1.0 : s;
    EXPECT_EQ(s, expected) << "row " << i + 1;
    dual += two_product(s, sample.y[i]);
    size += std::abs(sample.y[i]);
    for (std::size_t j = 0; j <= sample.columns; ++j) {
      const double x = j == 0 ? (intercept ? 1.0 : 0.0) : sample.x[i * sample.columns + j - 1];
      sums[j] += two_product(s, x);
      sizes[j] += std::abs(x);
    }
  }
  for (std::size_t j = 0; j <= sample.columns; ++j)
    EXPECT_LE(magnitude(sums[j]), kTolerance * sizes[j]) << "column " << j;
  EXPECT_NEAR(fit->objective, dual.value(), kTolerance * size);
  EXPECT_LE(fit->excess, kTolerance);
  for (const std::size_t row : fit->basis) EXPECT_EQ(fit->linear.residuals[row], 0.0);
}

// 40 random problems of one kind; `next` gives a regressor, `error` an error.
void try_random(std::uint64_t seed, const std::function<double(Numbers&)>& next,
                const std::function<double(Numbers&)>& error) {
  for (std::uint64_t round = 0; round < 40; ++round) {
    Numbers numbers(seed * 1000 + round);
    RobustSample sample;
    sample.columns = 1 + numbers.below(6);
    const std::size_t n = sample.columns + 2 + numbers.below(round % 3 == 0 ? 4 : 120);
    for (std::size_t i = 0; i < n; ++i) {
      double y = 10.0;
      for (std::size_t j = 0; j < sample.columns; ++j) {
        sample.x.push_back(next(numbers));
        y += (j % 2 == 0 ? 2.0 : -1.0) * sample.x.back();
      }
      sample.y.push_back(y + error(numbers));
    }
    const double taus[] = {0.5, 0.1, 0.95, 0.3333};
    SCOPED_TRACE("problem " + std::to_string(round));
    expect_optimal(sample, taus[round % 4], round % 5 != 4);
  }
}

TEST(QuantileOptimality, HoldsForOrdinaryData) {
  try_random(1, [](Numbers& r) { return r.bell(); }, [](Numbers& r) { return r.bell(); });
}

TEST(QuantileOptimality, HoldsForHeavyTailsAndUnevenSpread) {
  try_random(
      2, [](Numbers& r) { return 1e6 + 1e3 * r.uniform(); },
      [](Numbers& r) { return r.bell() / (0.001 + r.uniform()); });
}

TEST(QuantileOptimality, HoldsForTiesAndRepeatedRows) {
  try_random(
      3, [](Numbers& r) { return static_cast<double>(r.below(3)); },
      [](Numbers& r) { return static_cast<double>(r.below(3)); });
}

TEST(QuantileOptimality, HoldsWhereHalfOfTheRowsLieOnOneFit) {
  try_random(
      4, [](Numbers& r) { return 0.1 * static_cast<double>(r.below(50)); },
      [](Numbers& r) { return r.below(2) == 0 ? 0.0 : r.bell(); });
}

TEST(QuantileOptimality, HoldsForRegressorsThatNearlyDependOnOneAnother) {
  double last = 0.0;
  try_random(
      5, [&last](Numbers& r) { return last = last + 1e-5 * r.bell() + 1e-3 * r.uniform(); },
      [](Numbers& r) { return r.bell(); });
}

TEST(QuantileOptimality, HoldsForDroppedColumns) {
  Numbers numbers(6);
  RobustSample sample{3, {}, {}};
  for (int i = 0; i < 50; ++i) {
    const double x = numbers.bell();
    sample.x.insert(sample.x.end(), {x, 7.0, 2.0 * x});
    sample.y.push_back(x + numbers.bell());
  }
  expect_optimal(sample, 0.25, true);
  EXPECT_EQ(sample.least_squares().dropped.size(), 2u);
}

// Enough rows for a start from a part of them, some of them the same.
TEST(QuantileOptimality, HoldsForManyRows) {
  Numbers numbers(7);
  RobustSample sample{4, {}, {}};
  for (int i = 0; i < 9000; ++i) {
    double y = 0.0;
    for (int j = 0; j < 4; ++j) {
      sample.x.push_back(j == 3 ? static_cast<double>(numbers.below(2)) : numbers.bell());
      y += sample.x.back();
    }
    sample.y.push_back(std::round(4.0 * (y + numbers.bell())) / 4.0);
  }
  expect_optimal(sample, 0.5, true);
  expect_optimal(sample, 0.02, true);
}

}  // namespace
}  // namespace steppe::numerics
