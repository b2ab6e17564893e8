// SPDX-License-Identifier: Apache-2.0

// What the adapter of linear_model says of tables that break the contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "plugin_host/regression.hpp"
#include "support/opened.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;

Outcome<std::optional<LinearModel>> linear_model_with(const std::string& fault) {
  static Opened opened("unruly_trend");
  const auto model =
      RegressionModel::open(opened.component("regression.unruly", fault), opened.loader.host());
  const auto fit = model.value().fit({{1, 2, 3}, {2, 4, 6}, {}, {"x"}, "y"});
  return fit.value().linear_model();
}

std::string linear_error(const std::string& fault) {
  const auto linear = linear_model_with(fault);
  return linear.ok() ? "ok" : to_text(linear.error());
}

TEST(LinearModelAdapter, ReadsCoefficientsAndCovariance) {
  const auto linear = linear_model_with("");
  ASSERT_TRUE(linear.ok() && *linear);
  EXPECT_TRUE((*linear)->has_intercept);
  EXPECT_EQ((*linear)->index(0), 1u);
  EXPECT_THAT((*linear)->coefficients, ElementsAre(1, 2));
  EXPECT_THAT((*linear)->covariance, ElementsAre(4, -1, -1, 9));
  EXPECT_EQ((*linear)->residual_variance, 3);
  EXPECT_EQ((*linear)->degrees_of_freedom, 8);
}

TEST(LinearModelAdapter, TakesSizeZeroForARegressionThatIsNotLinear) {
  const auto linear = linear_model_with("linear_none");
  ASSERT_TRUE(linear.ok());
  EXPECT_FALSE(*linear);
}

TEST(LinearModelAdapter, OffersNothingForAFitThatKnowsNoErrors) {
  const auto linear = linear_model_with("linear_no_variance");
  ASSERT_TRUE(linear.ok());
  EXPECT_FALSE(*linear);
}

TEST(LinearModelAdapter, CountsADroppedColumnAsZero) {
  const auto linear = linear_model_with("linear_dropped");
  ASSERT_TRUE(linear.ok() && *linear) << to_text(linear.error());
  EXPECT_THAT((*linear)->coefficients, ElementsAre(1, 0));
  EXPECT_THAT((*linear)->covariance, ElementsAre(4, 0, 0, 0));
}

TEST(LinearModelAdapter, TakesUnknownDegreesOfFreedomForInfinite) {
  const auto linear = linear_model_with("linear_no_degrees");
  ASSERT_TRUE(linear.ok() && *linear);
  EXPECT_EQ((*linear)->degrees_of_freedom, std::numeric_limits<double>::infinity());
}

TEST(LinearModelAdapter, PassesATypedErrorOn) {
  EXPECT_EQ(linear_error("linear_refuses"), "error: plugin=regression.unruly@2.1.0: not today");
}

TEST(LinearModelAdapter, FindsCellsThatWereNotFilledP18) {
  EXPECT_EQ(linear_error("linear_unfilled"),
            "error[P18] plugin=regression.unruly@2.1.0: bad_output: linear_model: returned success "
            "without filling coefficients[2, 1] (rule R12)");
}

TEST(LinearModelAdapter, RefusesTablesThatBreakTheRulesN19) {
  const std::string head = "error[N19] plugin=regression.unruly@2.1.0: bad_output: linear_model: ";
  const std::string rule = " (rule R46)";
  EXPECT_EQ(linear_error("linear_size"), head + "size is 3 for 1 columns and an intercept" + rule);
  EXPECT_EQ(linear_error("linear_infinite"), head + "coefficients[1, 1] is infinite" + rule);
  EXPECT_EQ(linear_error("linear_nan"), head + "covariance[2, 1] is not finite" + rule);
  EXPECT_EQ(linear_error("linear_negative"), head + "covariance[2, 2] is negative" + rule);
  EXPECT_EQ(linear_error("linear_asymmetric"),
            head + "covariance[1, 2] and covariance[2, 1] differ" + rule);
  EXPECT_EQ(linear_error("linear_too_large"),
            head + "covariance[1, 2] is larger than the variances allow" + rule);
  EXPECT_EQ(linear_error("linear_not_dropped"),
            head + "covariance[1, 2] is not 0 though its column was dropped" + rule);
  EXPECT_EQ(linear_error("linear_variance"), head + "residual_variance is negative" + rule);
  EXPECT_EQ(linear_error("linear_degrees"), head + "degrees_of_freedom are not positive" + rule);
}

}  // namespace
}  // namespace steppe::testing
