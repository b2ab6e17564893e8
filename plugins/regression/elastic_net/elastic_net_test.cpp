// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "../penalized_cases.hpp"

namespace steppe {
namespace {

namespace cases = penalized_cases;

const char* const kElasticNet = "regression.elastic_net";

TEST(ElasticNetRegression, ShrinksOrthogonalColumnsAsByHand) {
  // z'y / 4 = 3 and -0.5, deviation of y the root of 9.25.
  const double divisor = 1.0 + 0.75 / std::sqrt(9.25);
  const auto input =
      cases::input_of({1, 1, 1, -1, -1, 1, -1, -1}, {2.5, 3.5, -3.5, -2.5}, {"a", "b"});
  const FitReport report =
      cases::fit_of(kElasticNet, input, {{"penalty", 1.0}, {"mix", 0.25}}).report().value();
  const auto estimates = cases::column_of(report, "coefficients", "estimate");
  EXPECT_NEAR(estimates[1], 2.75 / divisor, 1e-14);
  EXPECT_NEAR(estimates[2], -0.25 / divisor, 1e-14);
  EXPECT_NEAR(cases::scalar_of(report, "degrees_of_freedom"), 1.0 + 2.0 / divisor, 1e-14);
}

TEST(ElasticNetRegression, MixOneIsTheLasso) {
  const RegressionInput input = cases::reference_input("close");
  const FitReport net = cases::fit_of(kElasticNet, input, {{"mix", 1.0}}).report().value();
  const FitReport lasso = cases::fit_of("regression.lasso", input).report().value();
  EXPECT_EQ(cases::column_of(net, "coefficients", "estimate"),
            cases::column_of(lasso, "coefficients", "estimate"));
}

TEST(ElasticNetRegression, MixZeroIsRidgeRegression) {
  const RegressionInput input = cases::reference_input("close");
  const double rows = static_cast<double>(input.target.size());
  double mean = 0.0;
  double square = 0.0;
  for (const double y : input.target) mean += y / rows;
  for (const double y : input.target) square += (y - mean) * (y - mean) / rows;
  const FitReport net =
      cases::fit_of(kElasticNet, input, {{"mix", 0.0}, {"penalty", 0.25}}).report().value();
  const FitReport ridge =
      cases::fit_of("regression.ridge", input, {{"penalty", 0.25 * rows / std::sqrt(square)}})
          .report()
          .value();
  const auto first = cases::column_of(net, "coefficients", "estimate");
  const auto second = cases::column_of(ridge, "coefficients", "estimate");
  for (std::size_t j = 0; j < first.size(); ++j)
    EXPECT_NEAR(first[j], second[j], 1e-11 * std::abs(second[j]));
  EXPECT_NEAR(cases::scalar_of(net, "degrees_of_freedom"),
              cases::scalar_of(ridge, "degrees_of_freedom"), 1e-11);
}

TEST(ElasticNetRegression, EqualColumnsShareTheirEffect) {
  const auto input = cases::input_of({1, 1, 5, 2, 2, 3, 3, 3, 4, 4, 4, 9, 5, 5, 1},
                                     {2, 4, 9, 11, 9}, {"a", "b", "c"});
  const FitReport report = cases::fit_of(kElasticNet, input, {{"penalty", 0.5}}).report().value();
  const auto estimates = cases::column_of(report, "coefficients", "estimate");
  EXPECT_NEAR(estimates[1], estimates[2], 1e-14);
  EXPECT_GT(estimates[1], 0.0);
  EXPECT_TRUE(cases::warning_of(report, "not_unique").empty());
}

TEST(ElasticNetRegression, TakesMoreColumnsThanRows) {
  const RegressionFit fit =
      cases::fit_of(kElasticNet, cases::reference_input("wide"), {{"select", std::string("cv")}});
  const FitReport report = fit.report().value();
  EXPECT_LT(cases::scalar_of(report, "optimality"), 1e-9);
  EXPECT_FALSE(cases::warning_of(report, "more_columns_than_rows").empty());
}

}  // namespace
}  // namespace steppe
