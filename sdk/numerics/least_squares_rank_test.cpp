// SPDX-License-Identifier: Apache-2.0

// Which columns a least squares fit drops, and what it says of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "least_squares_testing.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics {
namespace {

using test::kHandY;
using test::problem_of;
using test::view;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(LeastSquaresRank, N4_NamesTheColumnsASumDependsOn) {
  // Third column = first + second, inexact in binary; fourth is free.
  std::vector<double> x;
  const std::vector<double> a = {0.1, 0.7, 0.3, 1.9, 2.2, 0.4};
  const std::vector<double> b = {5.3, 1.1, 4.7, 2.9, 0.6, 3.1};
  const std::vector<double> c = {1, 4, 2, 8, 5, 7};
  for (std::size_t i = 0; i < 6; ++i) x.insert(x.end(), {a[i], b[i], a[i] + b[i], c[i]});
  const std::vector<double> y = {1, 2, 2, 5, 3, 4};
  const auto fit = solve_least_squares(problem_of(x, 4, y));
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit->rank, 4u);
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_EQ(fit->dropped[0].column, 3u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(1u, 2u));
  EXPECT_NEAR(fit->dropped[0].factors[0], 1.0, 1e-14);
  EXPECT_NEAR(fit->dropped[0].factors[1], 1.0, 1e-14);
  EXPECT_TRUE(std::isnan(fit->coefficients[3]));
  EXPECT_TRUE(std::isnan(fit->covariance[3 * 5 + 3]));
  EXPECT_FALSE(std::isnan(fit->coefficients[4]));

  const std::vector<double> keeps = {1, 2, 3, 4};
  const std::vector<double> breaks = {1, 2, 3.5, 4};
  EXPECT_EQ(broken_dependency(*fit, view(keeps)), nullptr);
  EXPECT_EQ(broken_dependency(*fit, view(breaks)), &fit->dropped[0]);
}

TEST(LeastSquaresRank, N3_AConstantColumnDependsOnTheIntercept) {
  const std::vector<double> x = {0.1, 1, 0.1, 2, 0.1, 3};
  const auto fit = solve_least_squares(problem_of(x, 2, kHandY));
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_EQ(fit->dropped[0].column, 1u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(0u));
  EXPECT_THAT(fit->dropped[0].factors, ElementsAre(testing::DoubleEq(0.1)));
  EXPECT_DOUBLE_EQ(fit->coefficients[2], 0.5);
}

TEST(LeastSquaresRank, N4_FindsADependencyThatHasAConstant) {
  // Fahrenheit = 1.8 Celsius + 32, rounded as a table would have it.
  const std::vector<double> x = {1.5, 34.7, 7.25, 45.05, 12.5, 54.5, 30, 86};
  const std::vector<double> y = {1, 3, 2, 5};
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(0u, 1u));
  EXPECT_NEAR(fit->dropped[0].factors[0], 32.0, 1e-12);
  EXPECT_NEAR(fit->dropped[0].factors[1], 1.8, 1e-13);
}

TEST(LeastSquaresRank, N4_FindsADependencyBehindABigOffset) {
  // Both columns sit on 1e9: their sum is rounded at 2e-7, far above the rounding of their spread.
  std::vector<double> x;
  for (const double t : {0.13, 0.58, 0.21, 0.94, 0.37, 0.72})
    x.insert(x.end(), {1e9 + t, 1e9 + t * t, (1e9 + t) + (1e9 + t * t)});
  const std::vector<double> y = {1, 2, 2, 5, 3, 4};
  const auto fit = solve_least_squares(problem_of(x, 3, y));
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_EQ(fit->dropped[0].column, 3u);
}

TEST(LeastSquaresRank, N4_CountsFifteenPrintedDigitsAsEqual) {
  // The second column is a third of the first as a spreadsheet shows it.
  const std::vector<double> x = {1, 0.333333333333333, 2, 0.666666666666667,
                                 4, 1.33333333333333,  7, 2.33333333333333};
  const std::vector<double> y = {1, 3, 2, 5};
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(1u));
}

TEST(LeastSquaresRank, KeepsColumnsThatDifferInTheTenthDigit) {
  const std::vector<double> x = {1, 1.0000000001, 2, 2, 4, 4.0000000002, 7, 7};
  const std::vector<double> y = {1, 3, 2, 5};
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  EXPECT_THAT(fit->dropped, IsEmpty());
  EXPECT_GT(fit->condition_number, 1e9);
}

TEST(LeastSquaresRank, AZeroColumnWithoutInterceptDependsOnNothing) {
  const std::vector<double> x = {0, 1, 0, 2, 0, 3};
  auto problem = problem_of(x, 2, kHandY);
  problem.intercept = false;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_THAT(fit->dropped[0].depends_on, IsEmpty());
  const std::vector<double> breaks = {1, 1};
  EXPECT_NE(broken_dependency(*fit, view(breaks)), nullptr);
}

TEST(LeastSquaresRank, WithFewerRowsThanColumnsKeepsTheFirstOnes) {
  const std::vector<double> x = {1, 5, 2, 2, 7, 9};
  const std::vector<double> y = {1, 2};
  const auto fit = solve_least_squares(problem_of(x, 3, y));
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit->rank, 2u);
  EXPECT_EQ(fit->residual_dof(), 0u);
  EXPECT_EQ(fit->dropped.size(), 2u);
}

}  // namespace
}  // namespace steppe::numerics
