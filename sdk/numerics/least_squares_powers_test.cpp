// SPDX-License-Identifier: Apache-2.0

// Columns that stand for their powers. Expected values were worked out in rational arithmetic
// (Python 3.11, fractions) unless a comment says otherwise.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "least_squares_testing.hpp"
#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kThirteenDigits = 13.0;

// Cubic in the calendar year beside another column: (year, z) row by row.
const std::vector<double> kYearsAndZ = {2012, 3,    2013, 1,    2014, 4,    2015,
                                        1,    2016, 5,    2017, 9,    2018, 2};
const std::vector<double> kY = {1, 7, 2, 9, 4, 6, 8};
constexpr std::array<int, 2> kCubicAndLine = {3, 1};

LeastSquaresProblem cubic_years() {
  LeastSquaresProblem problem = test::problem_of(kYearsAndZ, 2, kY);
  problem.degrees = kCubicAndLine;
  return problem;
}

void expect_digits(double computed, double expected) {
  EXPECT_GE(test::correct_digits(computed, expected), kThirteenDigits)
      << computed << " for " << expected;
}

TEST(Powers, KeepTheirDigitsOnCalendarYears) {
  const auto fit = solve_least_squares(cubic_years());
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  ASSERT_EQ(fit->coefficients.size(), 5u);
  EXPECT_EQ(fit->rank, 5u);
  expect_digits(fit->coefficients[0], 202796646.9452765);
  expect_digits(fit->coefficients[1], -302248.1508256528);
  expect_digits(fit->coefficients[2], 150.1561059907834);
  expect_digits(fit->coefficients[3], -0.02486559139784946);
  expect_digits(fit->coefficients[4], -0.6895161290322581);
  expect_digits(fit->covariance[0], 5.284913533095838e+17);
  expect_digits(fit->covariance[6], 1171511603780.765);
  expect_digits(fit->covariance[12], 288544.1527457757);
  expect_digits(fit->covariance[18], 0.007896505376344086);
  expect_digits(fit->covariance[24], 0.04233870967741935);
  expect_digits(fit->covariance[8], 96181.31905241935);
  EXPECT_EQ(fit->covariance[8], fit->covariance[16]);
  expect_digits(fit->residual_ss, 21.485023041474655);
  const std::vector<double> row = {2021, 7};
  expect_digits(evaluate(*fit, test::view(row)).mean, 0.15898617511520738);
  expect_digits(evaluate(*fit, test::view(row)).leverage, 264.11443932411674);
}

TEST(Powers, TakeWeightsSomeOfThemZero) {
  const std::vector<double> weights = {1, 2, 0, 3, 1, 2, 1};
  LeastSquaresProblem problem = cubic_years();
  problem.weights = test::view(weights);
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  expect_digits(fit->coefficients[0], -2600233939.9399595);
  expect_digits(fit->coefficients[1], 3870465.1375772194);
  expect_digits(fit->coefficients[3], 0.3176144537530676);
  expect_digits(fit->covariance[0], 7.434194753285967e+17);
  expect_digits(fit->covariance[8], 135253.89537833323);
  expect_digits(fit->residual_ss, 7.87014470677837);
  EXPECT_EQ(fit->leverages[2], 0.0);
  const std::vector<double> row = {2021, 7};
  expect_digits(evaluate(*fit, test::view(row)).mean, 51.56765676567657);
  expect_digits(evaluate(*fit, test::view(row)).leverage, 307.5794829482948);
}

TEST(Powers, AreNotShiftedWithoutAnIntercept) {
  const std::vector<double> x = {2, 3, 4, 5, 6, 7, 8};
  const std::array<int, 1> degrees = {2};
  LeastSquaresProblem problem = test::problem_of(x, 1, kY);
  problem.intercept = false;
  problem.degrees = degrees;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  ASSERT_EQ(fit->coefficients.size(), 2u);
  expect_digits(fit->coefficients[0], 1.5170454545454546);
  expect_digits(fit->coefficients[1], -0.07873376623376624);
  expect_digits(fit->covariance[0], 0.08475378787878787);
  expect_digits(fit->covariance[3], 0.0019615800865800865);
  expect_digits(fit->residual_ss, 38.79545454545455);
}

TEST(Powers, OfTheFirstDegreeAreTheColumnsThemselves) {
  const std::array<int, 2> degrees = {1, 1};
  LeastSquaresProblem problem = cubic_years();
  problem.degrees = degrees;
  const auto with = solve_least_squares(problem);
  problem.degrees = {};
  const auto without = solve_least_squares(problem);
  ASSERT_TRUE(with.ok() && without.ok());
  EXPECT_FALSE(with->has_powers());
  EXPECT_EQ(with->coefficients, without->coefficients);
  EXPECT_EQ(with->covariance, without->covariance);
}

// Of three distinct values (x - 2000)(x - 2001)(x - 2002) = 0: by hand
// x^3 = 6003 x^2 - 12012002 x + 8012004000.
TEST(Powers, N4_BeyondTheDistinctValuesAreDroppedWithTheirDependency) {
  const std::vector<double> x = {2000, 2001, 2002, 2000, 2001, 2002};
  const std::vector<double> y = {1, 2, 5, 1, 3, 5};
  const std::array<int, 1> degrees = {3};
  LeastSquaresProblem problem = test::problem_of(x, 1, y);
  problem.degrees = degrees;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_EQ(fit->dropped[0].column, 3u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(0, 1, 2));
  EXPECT_THAT(fit->dropped[0].factors, ElementsAre(8012004000.0, -12012002.0, 6003.0));
  EXPECT_TRUE(std::isnan(fit->coefficients[3]));
  // Through the means 1, 2.5, 5: 1 + t + t^2 / 2 with t = x - 2000.
  EXPECT_DOUBLE_EQ(fit->coefficients[2], 0.5);
  EXPECT_DOUBLE_EQ(fit->coefficients[1], 1.0 - 2000.0);
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 1.0 - 2000.0 + 2000000.0);
  const std::vector<double> seen = {2001};
  const std::vector<double> unseen = {2003};
  EXPECT_EQ(broken_dependency(*fit, test::view(seen)), nullptr);
  EXPECT_EQ(broken_dependency(*fit, test::view(unseen)), &fit->dropped[0]);
}

// The square is there already as a column: y = 1 + 2 x - 3 z + x^3 exactly, z = x^2.
TEST(Powers, N4_ThatAnEarlierColumnHoldsAreDroppedAndTheRestStays) {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> columns;
  for (int i = 0; i < 6; ++i) {
    x.insert(x.end(), {double(i * i), double(i)});
    columns.insert(columns.end(), {double(i * i), double(i), double(i * i * i)});
    y.push_back(1.0 + 2.0 * i - 3.0 * i * i + i * i * i);
  }
  const std::array<int, 2> degrees = {1, 3};
  LeastSquaresProblem problem = test::problem_of(x, 2, y);
  problem.degrees = degrees;
  const auto fit = solve_least_squares(problem);
  const auto plain = solve_least_squares(test::problem_of(columns, 3, y));
  ASSERT_TRUE(fit.ok() && plain.ok());
  ASSERT_EQ(fit->dropped.size(), 1u);
  EXPECT_EQ(fit->dropped[0].column, 3u);
  EXPECT_THAT(fit->dropped[0].depends_on, ElementsAre(1));
  EXPECT_THAT(fit->dropped[0].factors, ElementsAre(::testing::DoubleEq(1.0)));
  const double expected[] = {1, -3, 2, kUndefined, 1};
  const std::size_t same[] = {0, 1, 2, 0, 3};  // the coefficient of the plain columns
  for (const std::size_t b : {0u, 1u, 2u, 4u}) {
    EXPECT_NEAR(fit->coefficients[b], expected[b], 1e-13) << b;
    for (const std::size_t c : {0u, 1u, 2u, 4u})
      expect_digits(fit->covariance[b * 5 + c], plain->covariance[same[b] * 4 + same[c]]);
  }
}

TEST(Powers, N3_OfAConstantAreDropped) {
  const std::vector<double> x = {7, 7, 7, 7};
  const std::vector<double> y = {1, 2, 3, 4};
  const std::array<int, 1> degrees = {2};
  LeastSquaresProblem problem = test::problem_of(x, 1, y);
  problem.degrees = degrees;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok());
  ASSERT_EQ(fit->dropped.size(), 2u);
  EXPECT_THAT(fit->dropped[0].factors, ElementsAre(7.0));   // x = 7
  EXPECT_THAT(fit->dropped[1].factors, ElementsAre(49.0));  // x^2 = 49
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 2.5);
}

TEST(Powers, AreNamedAfterTheirColumn) {
  const std::vector<std::string> columns = {"coal", "oil"};
  const std::array<int, 2> degrees = {3, 1};
  EXPECT_THAT(term_names(columns, design_terms(2, degrees)),
              ElementsAre("coal", "coal^2", "coal^3", "oil"));
  EXPECT_THAT(term_names(columns, design_terms(2, {})), ElementsAre("coal", "oil"));
}

std::string refusal(const LeastSquaresProblem& problem, ErrorKind kind) {
  const auto fit = solve_least_squares(problem);
  if (fit.ok()) return "not refused";
  EXPECT_EQ(fit.error().kind, kind);
  return fit.error().message;
}

TEST(Powers, NeedADegreeForEachColumn) {
  const std::array<int, 1> degrees = {2};
  LeastSquaresProblem problem = cubic_years();
  problem.degrees = degrees;
  EXPECT_EQ(refusal(problem, ErrorKind::kInvalidConfig),
            "degrees has 1 entry for 2 regressors; give one for each");
}

TEST(Powers, NeedADegreeOfOneOrMore) {
  const std::array<int, 2> degrees = {2, 0};
  LeastSquaresProblem problem = cubic_years();
  problem.degrees = degrees;
  EXPECT_EQ(refusal(problem, ErrorKind::kInvalidConfig),
            "degrees: 0 for column 2; a degree is 1 or more");
}

TEST(Powers, N8_OfHugeOrTinyValuesAreRefused) {
  const std::vector<double> y = {1, 2, 4};
  const std::array<int, 1> degrees = {5};
  for (const double unit : {1e30, 1e-30}) {
    const std::vector<double> x = {1 * unit, 2 * unit, 3 * unit};
    LeastSquaresProblem problem = test::problem_of(x, 1, y);
    problem.degrees = degrees;
    EXPECT_EQ(refusal(problem, ErrorKind::kDomainError),
              "column 1 to the power of 5: largest magnitude outside 1e-140 to 1e140; use another "
              "unit");
  }
}

}  // namespace
}  // namespace steppe::numerics
