// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/ridge.hpp"

#include <gtest/gtest.h>

#include "penalized_testing.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::penalized_data;
using test::penalized_reference;
using test::PenalizedData;

RidgeFit ridge_of(const PenalizedData& data, std::optional<double> penalty = {},
                  bool standardize = true) {
  auto fit = solve_ridge({.design = data.design(),
                          .response = data.response(),
                          .standardize = standardize,
                          .penalty = penalty});
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return *std::move(fit);
}

double fewest_digits(const std::vector<double>& values, const std::vector<double>& expected) {
  EXPECT_EQ(values.size(), expected.size());
  double worst = 16.0;
  for (std::size_t i = 0; i < std::min(values.size(), expected.size()); ++i)
    worst = std::min(worst, correct_digits(values[i], expected[i]));
  return worst;
}

TEST(Ridge, AgreesWithMassToEightDigits) {
  const auto reference = penalized_reference("penalized_r.csv");
  for (const char* name : {"longley", "wide", "close"}) {
    const PenalizedData data = penalized_data(name);
    for (const auto& [penalty, text] :
         std::vector<std::pair<double, std::string>>{{0.01, "0.01"}, {0.5, "0.5"}, {20, "20"}}) {
      const std::string at = std::string(name) + "_ridge_" + text;
      const RidgeFit fit = ridge_of(data, penalty);
      EXPECT_GT(fewest_digits(fit.coefficients, reference.at({at, "coefficient"})), 10) << at;
      const auto digits = [&](const char* quantity, double value) {
        return correct_digits(value, reference.at({at, quantity})[0]);
      };
      EXPECT_GT(digits("degrees_of_freedom", fit.degrees_of_freedom), 10) << at;
      EXPECT_GT(digits("residual_dof", fit.residual_dof), 9) << at;
      EXPECT_GT(digits("gcv", fit.gcv), 9) << at;
      EXPECT_GT(digits("residual_ss", fit.residual_ss), 9) << at;
    }
  }
}

TEST(Ridge, FindsTheLeastGcvToTenDigitsOfSixtyDigitArithmetic) {
  const auto reference = penalized_reference("penalized_py.csv");
  for (const std::string name : {"longley", "close"}) {
    const RidgeFit fit = ridge_of(penalized_data(name));
    const std::string at = name + "_gcv";
    EXPECT_EQ(fit.choice, RidgeChoice::kMinimum);
    EXPECT_GT(correct_digits(fit.penalty, reference.at({at, "penalty"})[0]), 10) << name;
    EXPECT_GT(correct_digits(fit.gcv, reference.at({at, "gcv"})[0]), 12) << name;
    EXPECT_GT(fewest_digits(fit.coefficients, reference.at({at, "coefficient"})), 10) << name;
    std::vector<double> errors;
    const std::size_t q = fit.coefficients.size();
    for (std::size_t j = 0; j < q; ++j) errors.push_back(std::sqrt(fit.covariance[j * q + j]));
    EXPECT_GT(fewest_digits(errors, reference.at({at, "standard_error"})), 10) << name;
  }
}

TEST(Ridge, AgreesWithScikitLearnOnColumnsAsTheyAre) {
  const auto reference = penalized_reference("penalized_py.csv");
  for (const std::string name : {"wide", "close"}) {
    const RidgeFit fit = ridge_of(penalized_data(name), 2.5, false);
    EXPECT_GT(fewest_digits(fit.coefficients, reference.at({name + "_raw_ridge", "coefficient"})),
              10)
        << name;
  }
}

// One column: slope = Sxy / (Sxx + penalty * Sxx / n). x = 1 2 3, y = 2 4 9: Sxy = 7, Sxx = 2.
TEST(Ridge, ShrinksOneColumnAsByHand) {
  const PenalizedData data{{1, 2, 3}, {2, 4, 9}};
  const RidgeFit fit = ridge_of(data, 3.0);
  EXPECT_NEAR(fit.slopes[0], 7.0 / 4.0, 1e-15);
  EXPECT_NEAR(fit.coefficients[0], 5.0 - 2.0 * 7.0 / 4.0, 1e-14);
  EXPECT_NEAR(fit.degrees_of_freedom, 1.5, 1e-15);
  EXPECT_NEAR(fit.residual_dof, 3.0 - 1.0 - 0.5 * 1.5, 1e-15);
  EXPECT_NEAR(fit.residual_ss, 26.0 - 2 * 7.0 / 4.0 * 7.0 + 2.0 * 49.0 / 16.0, 1e-13);
}

TEST(Ridge, PenaltyZeroIsLeastSquares) {
  // y = 1, 2, 2 at x = 1, 2, 3: slope 1/2, constant 2/3, s^2 = 1/6.
  const RidgeFit fit = ridge_of({{1, 2, 3}, {1, 2, 2}}, 0.0);
  EXPECT_NEAR(fit.coefficients[0], 2.0 / 3.0, 1e-15);
  EXPECT_NEAR(fit.coefficients[1], 0.5, 1e-15);
  EXPECT_NEAR(fit.residual_variance, 1.0 / 6.0, 1e-15);
  EXPECT_NEAR(fit.covariance[0], 14.0 / 36.0, 1e-14);
  EXPECT_NEAR(fit.covariance[1], -1.0 / 6.0, 1e-14);
  EXPECT_NEAR(fit.covariance[3], 1.0 / 12.0, 1e-15);
}

TEST(Ridge, DataOnAPlaneAreGivenBack) {
  PenalizedData data = test::random_problem(30, 4, 0.5, 3);
  for (std::size_t i = 0; i < 30; ++i) {
    data.y[i] = 7.0;
    for (std::size_t j = 0; j < 4; ++j)
      data.y[i] += (static_cast<double>(j) - 1.5) * data.x[i * 4 + j];
  }
  const RidgeFit fit = ridge_of(data);
  EXPECT_EQ(fit.choice, RidgeChoice::kExact);
  EXPECT_EQ(fit.penalty, 0.0);
  EXPECT_TRUE(fit.exact);
  EXPECT_EQ(fit.residual_variance, 0.0);
  EXPECT_GT(fewest_digits(fit.coefficients, {7.0, -1.5, -0.5, 0.5, 1.5}), 11);
}

TEST(Ridge, MoreColumnsThanRowsHaveAnAnswer) {
  const RidgeFit fit = ridge_of(test::random_problem(8, 30, 0.2, 5));
  EXPECT_EQ(fit.dimensions, 7u);
  EXPECT_TRUE(std::isfinite(fit.gcv));
  EXPECT_GE(fit.residual_dof, 1.0);
}

TEST(Ridge, N4_EqualColumnsShareTheirSlope) {
  const RidgeFit fit = ridge_of({{1, 1, 5, 2, 2, 3, 3, 3, 4, 4, 4, 9}, {2, 4, 9, 11}}, 1.0);
  EXPECT_NEAR(fit.slopes[0], fit.slopes[1], 1e-14);
  EXPECT_EQ(fit.dependent_columns, (std::vector<std::size_t>{0, 1}));
}

TEST(Ridge, N3_AConstantColumnHasSlopeZero) {
  const RidgeFit fit = ridge_of({{1, 7, 2, 7, 3, 7}, {2, 4, 9}}, 3.0);
  EXPECT_EQ(fit.slopes[1], 0.0);
  EXPECT_EQ(fit.constant_columns, (std::vector<std::size_t>{1}));
  EXPECT_NEAR(fit.slopes[0], 7.0 / 4.0, 1e-15);
}

TEST(Ridge, N2_AConstantTargetHasSlopesZero) {
  const RidgeFit fit = ridge_of({{1, 2, 4, 3, 5, 5}, {4, 4, 4}});
  EXPECT_TRUE(fit.constant_target);
  EXPECT_EQ(fit.coefficients, (std::vector<double>{4, 0, 0}));
  EXPECT_EQ(fit.residual_ss, 0.0);
}

TEST(Ridge, N4_RefusesPenaltyZeroWithoutASingleAnswer) {
  const PenalizedData data{{1, 1, 2, 2, 3, 3, 4, 4}, {2, 4, 9, 11}};
  const auto fit =
      solve_ridge({.design = data.design(), .response = data.response(), .penalty = 0.0});
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kRankDeficient);
  EXPECT_EQ(fit.error().message,
            "penalty 0 is least squares, which has no single answer here: 2 regressors vary in 1 "
            "directions only; give a penalty above 0");
}

TEST(Ridge, N8_UnitsChangeNothingButUnits) {
  const PenalizedData data = penalized_data("close");
  PenalizedData scaled = data;
  for (double& x : scaled.x) x *= 0x1p400;
  for (double& y : scaled.y) y *= 0x1p-300;
  const RidgeFit fit = ridge_of(data);
  const RidgeFit other = ridge_of(scaled);
  EXPECT_EQ(other.penalty, fit.penalty);
  for (std::size_t j = 0; j < fit.slopes.size(); ++j)
    EXPECT_EQ(other.slopes[j], std::ldexp(fit.slopes[j], -700));
}

TEST(Ridge, ManyRowsAndColumnsTakeTheOtherDecomposition) {
  // The normal equations of the solution: Z'(t - Z b) = penalty b, in centred and scaled columns.
  const PenalizedData data = test::random_problem(400, 120, 0.3, 9);
  const RidgeFit fit = ridge_of(data, 10.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < 400; ++i) sum += data.y[i] - fit.fitted[i];
  EXPECT_NEAR(sum, 0.0, 1e-9);
  for (std::size_t j = 0; j < 120; ++j) {
    double mean = 0.0;
    for (std::size_t i = 0; i < 400; ++i) mean += data.x[i * 120 + j] / 400.0;
    double gradient = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < 400; ++i) {
      const double from_mean = data.x[i * 120 + j] - mean;
      gradient += from_mean * (data.y[i] - fit.fitted[i]);
      square += from_mean * from_mean / 400.0;
    }
    EXPECT_NEAR(gradient / std::sqrt(square), 10.0 * fit.penalized[j], 1e-8);
  }
}

}  // namespace
}  // namespace steppe::numerics
