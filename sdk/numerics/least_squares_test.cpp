// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/least_squares.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "least_squares_testing.hpp"
#include "testing_values.hpp"

namespace steppe::numerics {
namespace {

using test::kHandX;
using test::kHandY;
using test::kNaN;
using test::problem_of;
using test::view;
using ::testing::ElementsAre;

TEST(LeastSquares, SolvesThreePointsAsByHand) {
  const auto fit = solve_least_squares(problem_of(kHandX, 1, kHandY));
  ASSERT_TRUE(fit.ok());
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(fit->coefficients[1], 0.5);
  // (X'X)^-1 with X'X = [3 6; 6 14], determinant 6.
  EXPECT_DOUBLE_EQ(fit->covariance[0], 14.0 / 6.0);
  EXPECT_DOUBLE_EQ(fit->covariance[1], -1.0);
  EXPECT_DOUBLE_EQ(fit->covariance[2], -1.0);
  EXPECT_DOUBLE_EQ(fit->covariance[3], 0.5);
  EXPECT_DOUBLE_EQ(fit->residual_ss, 1.0 / 6.0);
  EXPECT_DOUBLE_EQ(fit->regression_ss, 0.5);
  EXPECT_DOUBLE_EQ(fit->total_ss, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(fit->response_ss, 9.0);
  EXPECT_DOUBLE_EQ(fit->fitted[0], 7.0 / 6.0);
  EXPECT_DOUBLE_EQ(fit->residuals[1], 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(fit->leverages[0], 5.0 / 6.0);
  EXPECT_DOUBLE_EQ(fit->leverages[1], 1.0 / 3.0);
  EXPECT_EQ(fit->rank, 2u);
  EXPECT_EQ(fit->residual_dof(), 1u);
  EXPECT_EQ(fit->condition_number, 1.0);
  EXPECT_FALSE(fit->is_exact());
}

TEST(LeastSquares, EvaluatesNewRows) {
  const auto fit = solve_least_squares(problem_of(kHandX, 1, kHandY));
  const std::vector<double> row = {4};
  const RowValue value = evaluate(*fit, view(row));
  EXPECT_DOUBLE_EQ(value.mean, 8.0 / 3.0);
  EXPECT_DOUBLE_EQ(value.leverage, 1.0 / 3.0 + 4.0 / 2.0);  // 1/n + (4 - 2)^2 / Sxx
}

TEST(LeastSquares, FitsThroughTheOriginWithoutIntercept) {
  const std::vector<double> x = {1, 2, 3};
  const std::vector<double> y = {2, 3, 7};
  auto problem = problem_of(x, 1, y);
  problem.intercept = false;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  EXPECT_THAT(fit->coefficients, ElementsAre(testing::DoubleEq(29.0 / 14.0)));
  EXPECT_DOUBLE_EQ(fit->covariance[0], 1.0 / 14.0);
  EXPECT_DOUBLE_EQ(fit->total_ss, 62.0);            // about zero
  EXPECT_DOUBLE_EQ(fit->residual_ss, 27.0 / 14.0);  // 62 - 29^2 / 14
  EXPECT_EQ(fit->residual_dof(), 2u);
}

TEST(LeastSquares, AColumnOfOnesWithoutInterceptIsTheIntercept) {
  const std::vector<double> x = {1, 1, 1, 2, 1, 3};
  auto problem = problem_of(x, 2, kHandY);
  problem.intercept = false;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(fit->coefficients[1], 0.5);
  EXPECT_DOUBLE_EQ(fit->leverages[0], 5.0 / 6.0);
}

TEST(LeastSquares, WithoutRegressorsGivesTheMean) {
  LeastSquaresProblem problem;
  const std::vector<double> y = {1, 2, 6};
  problem.response = view(y);
  const auto mean = solve_least_squares(problem);
  ASSERT_TRUE(mean.ok());
  EXPECT_THAT(mean->coefficients, ElementsAre(3.0));
  EXPECT_DOUBLE_EQ(mean->covariance[0], 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(mean->residual_ss, 14.0);
}

TEST(LeastSquares, ReadsStridedViews) {
  // Columns stored one after the other, reversed in memory; response every second value.
  const std::vector<double> storage = {3, 2, 1};
  const std::vector<double> y = {1, kNaN, 2, kNaN, 2};
  steppe_matrix matrix{};
  matrix.struct_size = sizeof(matrix);
  matrix.data = storage.data() + 2;
  matrix.rows = 3;
  matrix.columns = 1;
  matrix.row_stride = -1;
  matrix.column_stride = 1;
  LeastSquaresProblem problem;
  problem.design = MatrixView(matrix);
  problem.response = VectorView(y.data(), 3, 2);
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 2.0 / 3.0);
}

TEST(LeastSquares, AWeightOfTwoIsTheRowTwice) {
  const std::vector<double> x = {1, 2, 3, 5};
  const std::vector<double> y = {1, 2, 2, 7};
  const std::vector<double> weights = {1, 2, 1, 3};
  auto weighted = problem_of(x, 1, y);
  weighted.weights = view(weights);
  const std::vector<double> long_x = {1, 2, 2, 3, 5, 5, 5};
  const std::vector<double> long_y = {1, 2, 2, 2, 7, 7, 7};
  const auto a = solve_least_squares(weighted);
  const auto b = solve_least_squares(problem_of(long_x, 1, long_y));
  ASSERT_TRUE(a.ok());
  ASSERT_TRUE(b.ok());
  for (std::size_t i = 0; i < 2; ++i) EXPECT_DOUBLE_EQ(a->coefficients[i], b->coefficients[i]);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_DOUBLE_EQ(a->covariance[i], b->covariance[i]);
  EXPECT_DOUBLE_EQ(a->residual_ss, b->residual_ss);
  EXPECT_DOUBLE_EQ(a->total_ss, b->total_ss);
  EXPECT_DOUBLE_EQ(a->leverages[3], 3 * b->leverages[6]);
  const std::vector<double> row = {4};
  EXPECT_DOUBLE_EQ(evaluate(*a, view(row)).leverage, evaluate(*b, view(row)).leverage);
  EXPECT_EQ(a->observations, 4u);
}

TEST(LeastSquares, RowsOfWeightZeroTakeNoPart) {
  const std::vector<double> x = {100, 1, 2, 3};
  const std::vector<double> y = {1e6, 1, 2, 2};
  const std::vector<double> weights = {0, 1, 1, 1};
  auto problem = problem_of(x, 1, y);
  problem.weights = view(weights);
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  EXPECT_DOUBLE_EQ(fit->coefficients[1], 0.5);
  EXPECT_DOUBLE_EQ(fit->residual_ss, 1.0 / 6.0);
  EXPECT_EQ(fit->observations, 3u);
  EXPECT_EQ(fit->leverages[0], 0.0);
  EXPECT_DOUBLE_EQ(fit->residuals[0], 1e6 - (2.0 / 3.0 + 50.0));
}

TEST(LeastSquares, N5_CalendarYearsLoseNoDigits) {
  // y = 7 - 3 (year - 2015) + 2 (year - 2015)^2 and its powers of the raw year, all integers.
  std::vector<double> x;
  std::vector<double> y;
  for (int year = 2010; year <= 2021; ++year) {
    const double t = year - 2015;
    x.insert(x.end(), {double(year), double(year) * year});
    y.push_back(7 - 3 * t + 2 * t * t);
  }
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit->coefficients[2], 2.0);
  EXPECT_EQ(fit->coefficients[1], -3.0 - 4.0 * 2015.0);
  EXPECT_EQ(fit->coefficients[0], 7.0 + 3.0 * 2015.0 + 2.0 * 2015.0 * 2015.0);
  EXPECT_TRUE(fit->is_exact());
  const std::vector<double> row = {2030, 2030.0 * 2030.0};
  EXPECT_EQ(evaluate(*fit, view(row)).mean, 7.0 - 45.0 + 450.0);
}

TEST(LeastSquares, N2_AConstantResponseHasExactlyZeroSlopeAndSums) {
  const std::vector<double> y = {0.1, 0.1, 0.1};
  const auto fit = solve_least_squares(problem_of(kHandX, 1, y));
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit->coefficients[0], 0.1);
  EXPECT_EQ(fit->coefficients[1], 0.0);
  EXPECT_EQ(fit->total_ss, 0.0);
  EXPECT_EQ(fit->residual_ss, 0.0);
}

TEST(LeastSquares, N8_ScalingTheDataScalesTheAnswer) {
  const std::vector<double> plain_x = {1, 2, 3, 5};
  const std::vector<double> plain_y = {1, 2, 2, 7};
  const auto plain = solve_least_squares(problem_of(plain_x, 1, plain_y));
  for (const double unit : {1e-130, 1e-5, 1e7, 1e130}) {
    std::vector<double> x = plain_x;
    std::vector<double> y = plain_y;
    for (double& value : x) value *= unit;
    for (double& value : y) value *= unit;
    const auto fit = solve_least_squares(problem_of(x, 1, y));
    ASSERT_TRUE(fit.ok());
    EXPECT_NEAR(fit->coefficients[0] / unit, plain->coefficients[0], 1e-12);
    EXPECT_NEAR(fit->coefficients[1], plain->coefficients[1], 1e-12);
    EXPECT_NEAR(fit->residual_ss / unit / unit, plain->residual_ss, 1e-12);
  }
}

TEST(LeastSquares, ResidualsAreOrthogonalToTheColumns) {
  const std::vector<double> x = {1, 9, 2, 4, 3, 7, 5, 1, 8, 2};
  const std::vector<double> y = {3, 1, 4, 1, 5};
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  for (std::size_t j = 0; j < 2; ++j) {
    double product = 0.0;
    for (std::size_t i = 0; i < 5; ++i) product += x[i * 2 + j] * fit->residuals[i];
    EXPECT_NEAR(product, 0.0, 1e-14);
  }
  double leverage = 0.0;
  for (const double h : fit->leverages) leverage += h;
  EXPECT_NEAR(leverage, 3.0, 1e-15);
}

TEST(LeastSquares, TheOrderOfColumnsDoesNotMatter) {
  const std::vector<double> x = {1, 9, 2, 4, 3, 7, 5, 1, 8, 2};
  const std::vector<double> swapped = {9, 1, 4, 2, 7, 3, 1, 5, 2, 8};
  const std::vector<double> y = {3, 1, 4, 1, 5};
  const auto a = solve_least_squares(problem_of(x, 2, y));
  const auto b = solve_least_squares(problem_of(swapped, 2, y));
  EXPECT_EQ(a->coefficients[1], b->coefficients[2]);
  EXPECT_EQ(a->coefficients[0], b->coefficients[0]);
}

TEST(LeastSquares, GivesTheConditionNumberOfCentredUnitColumns) {
  // Centred columns (-1, 0, 1) and (-1, 0.5, 0.5) over sqrt: cosine r = 1.5 / sqrt(3), so the
  // ratio is sqrt((1 + r) / (1 - r)).
  const std::vector<double> x = {1, 0, 2, 1.5, 3, 1.5};
  const std::vector<double> y = {1, 2, 4};
  const auto fit = solve_least_squares(problem_of(x, 2, y));
  ASSERT_TRUE(fit.ok());
  const double r = 1.5 / std::sqrt(3.0);
  EXPECT_NEAR(fit->condition_number, std::sqrt((1 + r) / (1 - r)), 1e-13);
}

TEST(LeastSquares, N9_RecognisesDataThatLieOnTheFit) {
  // 0.1 x is rounded: the residuals are its rounding.
  const std::vector<double> y = {0.1, 0.2, 0.3, 0.4, 0.7};
  const std::vector<double> x = {1, 2, 3, 4, 7};
  const std::vector<double> off = {0.1, 0.2, 0.3, 0.4, 0.70001};
  EXPECT_TRUE(solve_least_squares(problem_of(x, 1, y))->is_exact());
  EXPECT_FALSE(solve_least_squares(problem_of(x, 1, off))->is_exact());
}

}  // namespace
}  // namespace steppe::numerics
