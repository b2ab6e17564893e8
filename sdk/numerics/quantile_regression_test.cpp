// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/quantile_regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "robust_testing.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::RobustSample;

QuantileFit fitted_quantile(const RobustSample& sample, double quantile, bool intercept = true) {
  auto fit = fit_quantile(sample.least_squares(intercept), sample.rows(), quantile, {});
  if (!fit) ADD_FAILURE() << fit.error().message;
  return *std::move(fit);
}

RobustSample numbers_alone(std::vector<double> y) { return {0, {}, std::move(y)}; }

double standard_error(const QuantileFit& fit, QuantileErrorKind kind, std::size_t coefficient) {
  const auto errors = quantile_errors(fit, kind, {});
  if (!errors) return kUndefined;
  const auto covariance = coefficient_covariance(fit.linear, errors->shift_covariance);
  return std::sqrt(covariance[coefficient * (fit.linear.coefficients.size() + 1)]);
}

// Digits that agree with R's quantreg: see tests/reference/robust.
void expect_reference(const std::string& set, const std::string& quantile, double error_digits) {
  const QuantileFit fit = fitted_quantile(test::read_robust_sample(set), test::number(quantile));
  int compared = 0;
  for (const auto& cells : test::read_reference("robust/robust_r.csv")) {
    if (cells[0] != set + "_" + quantile) continue;
    const auto index = static_cast<std::size_t>(test::number(cells[2]));
    double value = kUndefined;
    double digits = 13.0;
    if (cells[1] == "estimate") value = fit.linear.coefficients[index - 1];
    if (cells[1] == "objective") value = fit.objective;
    if (cells[1] == "r1") value = fit.r1;
    if (cells[1] == "standard_error_iid")
      value = standard_error(fit, QuantileErrorKind::kIid, index - 1);
    if (cells[1] == "standard_error_nid") {
      value = standard_error(fit, QuantileErrorKind::kNid, index - 1);
      digits = error_digits;
    }
    if (std::isnan(value)) continue;  // t and p are the plugin's
    ++compared;
    const double expected = test::number(cells[3]);
    // quantreg's zeros are rounding.
    const double agreed =
        std::abs(expected) < 1e-15 && value == 0.0 ? digits : correct_digits(value, expected);
    EXPECT_GE(agreed, digits) << cells[0] << " " << cells[1];
  }
  EXPECT_EQ(compared, 3 * static_cast<int>(fit.linear.coefficients.size()) + 2);
}

TEST(QuantileRegression, AgreesWithQuantregOnEngelsExpenditures) {
  for (const char* quantile : {"0.1", "0.25", "0.5", "0.75", "0.9"})
    expect_reference("engel", quantile, 12.0);
}

// quantreg takes 1.5e-8 off the distance of two fits, whatever the unit.
TEST(QuantileRegression, AgreesWithQuantregOnTheStackLossData) {
  for (const char* quantile : {"0.25", "0.5", "0.75"})
    expect_reference("stackloss", quantile, 10.0);
}

TEST(QuantileRegression, IsTheLeftContinuousQuantileWithoutRegressors) {
  const RobustSample four = numbers_alone({7, 1, 5, 2});
  EXPECT_EQ(fitted_quantile(four, 0.5).linear.coefficients[0], 2.0);
  EXPECT_FALSE(fitted_quantile(four, 0.5).unique);
  EXPECT_EQ(fitted_quantile(four, 0.25).linear.coefficients[0], 1.0);
  EXPECT_EQ(fitted_quantile(four, 0.3).linear.coefficients[0], 2.0);
  EXPECT_TRUE(fitted_quantile(four, 0.3).unique);
  EXPECT_EQ(fitted_quantile(four, 0.9).linear.coefficients[0], 7.0);
  EXPECT_EQ(fitted_quantile(numbers_alone({4, 1, 9}), 0.5).linear.coefficients[0], 4.0);
}

// Two groups of two: each median may be anything between its two numbers, the lower one is given.
TEST(QuantileRegression, SaysThatOtherFitsAreAsGood) {
  const RobustSample groups{1, {0, 1, 0, 1}, {3, 20, 5, 40}};
  const QuantileFit fit = fitted_quantile(groups, 0.5);
  EXPECT_FALSE(fit.unique);
  EXPECT_EQ(fit.linear.coefficients[0], 3.0);
  EXPECT_EQ(fit.linear.coefficients[1], 17.0);
  EXPECT_EQ(fit.objective, 11.0);  // (2 + 20) / 2
}

TEST(QuantileRegression, CountsHallAndSheathersBandwidthAsPublished) {
  // Koenker 2005, 4.10.1, with z = 1.96, by hand: f = 0.3989, n = 235.
  EXPECT_NEAR(hall_sheather_bandwidth(0.5, 235.0), 0.157439, 1e-6);
  EXPECT_NEAR(hall_sheather_bandwidth(0.1, 235.0), hall_sheather_bandwidth(0.9, 235.0), 1e-15);
}

TEST(QuantileRegression, LetsOneOutlierBeAsFarAsItLikes) {
  RobustSample sample = test::read_robust_sample("engel");
  sample.y[100] = 5000.0;  // above every fit
  const QuantileFit near = fitted_quantile(sample, 0.5);
  sample.y[100] = 1e15;
  const QuantileFit far = fitted_quantile(sample, 0.5);
  EXPECT_EQ(far.basis, near.basis);
  for (std::size_t j = 0; j < 2; ++j)
    EXPECT_GE(correct_digits(far.linear.coefficients[j], near.linear.coefficients[j]), 15.0);
}

TEST(QuantileRegression, PassesExactlyThroughItsBasis) {
  const QuantileFit fit = fitted_quantile(test::read_robust_sample("stackloss"), 0.75);
  ASSERT_EQ(fit.basis.size(), 4u);
  for (const std::size_t row : fit.basis) EXPECT_EQ(fit.linear.residuals[row], 0.0);
}

TEST(QuantileRegression, ShiftsToAnotherQuantileOfTheSameData) {
  const RobustSample sample = test::read_robust_sample("engel");
  const QuantileFit median = fitted_quantile(sample, 0.5);
  const QuantileFit upper = fitted_quantile(sample, 0.9);
  const auto shift = shift_to_quantile(median, 0.9, {});
  ASSERT_TRUE(shift.ok());
  for (std::size_t i = 0; i < sample.y.size(); ++i) {
    double fitted = median.linear.fitted[i];
    for (std::size_t a = 0; a < 2; ++a) fitted += median.design.row(i)[a] * (*shift)[a];
    EXPECT_NEAR(fitted, upper.linear.fitted[i], 1e-10);
  }
}

TEST(QuantileRegression, N9_AnExactFitHasNoStandardErrors) {
  RobustSample sample = test::read_robust_sample("engel");
  for (std::size_t i = 0; i < sample.y.size(); ++i) sample.y[i] = 3.0 + 0.5 * sample.x[i];
  const QuantileFit fit = fitted_quantile(sample, 0.9);
  EXPECT_TRUE(fit.exact);
  EXPECT_EQ(fit.r1, 1.0);
  EXPECT_GE(correct_digits(fit.linear.coefficients[1], 0.5), 14.0);
  EXPECT_FALSE(quantile_errors(fit, QuantileErrorKind::kNid, {})->defined);
  EXPECT_EQ(shift_to_quantile(fit, 0.1, {}).value(), (std::vector<double>{0.0, 0.0}));
}

TEST(QuantileRegression, HasNoStandardErrorsOfTooFewRows) {
  const RobustSample sample{1, {1, 2, 3, 4}, {1, 3, 2, 7}};
  const QuantileFit fit = fitted_quantile(sample, 0.5);
  EXPECT_FALSE(quantile_errors(fit, QuantileErrorKind::kIid, {})->defined);
}

TEST(QuantileRegression, StopsWhenCancelled) {
  const RobustSample sample = test::read_robust_sample("engel");
  const auto fit = fit_quantile(sample.least_squares(), sample.rows(), 0.5, [] { return true; });
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace steppe::numerics
