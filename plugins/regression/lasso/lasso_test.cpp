// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "../penalized_cases.hpp"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace cases = penalized_cases;

const char* const kLasso = "regression.lasso";

// Two orthogonal columns of deviation 1; z'y / 4 = 3 and -0.5.
RegressionInput lasso_by_hand() {
  return cases::input_of({1, 1, 1, -1, -1, 1, -1, -1}, {2.5, 3.5, -3.5, -2.5}, {"a", "b"});
}

TEST(LassoRegression, ShrinksAndDropsAsByHand) {
  const RegressionFit fit = cases::fit_of(kLasso, lasso_by_hand(), {{"penalty", 1.0}});
  const FitReport report = fit.report().value();
  EXPECT_EQ(*report.text("equation"), "y = 0 + 2 a");
  EXPECT_EQ(*report.text("penalty_choice"), "given");
  EXPECT_EQ(cases::scalar_of(report, "nonzero"), 1.0);
  EXPECT_LT(cases::scalar_of(report, "optimality"), 1e-9);
  EXPECT_THAT(report.table("coefficients")->columns, ElementsAre("estimate", "scaled"));
  // Residuals 1, sum of squares 4 * (1 + 0.25), 2 degrees of freedom; at a = 3: h = 1/4 + 9/4.
  const std::vector<double> row = {3, 0};
  const std::vector<double> probabilities = {0.5, 0.9};
  const auto forecast = fit.predict(row, 1, probabilities).value();
  EXPECT_NEAR(forecast.mean[0], 6.0, 1e-14);
  EXPECT_NEAR(forecast.se_prediction[0], std::sqrt(2.5 * 3.5), 1e-14);
  EXPECT_EQ(forecast.degrees_of_freedom[0], 2.0);
  EXPECT_TRUE(std::isnan(forecast.se_mean[0]));
  EXPECT_TRUE(std::isnan(forecast.mean_quantiles[1]));
  // Student t with 2 degrees of freedom, 0.9: 1.8856180831641267 = 4/3 sqrt 2.
  EXPECT_NEAR(forecast.prediction_quantiles[1], 6.0 + 4.0 / 3.0 * std::sqrt(2 * 2.5 * 3.5), 1e-12);
}

TEST(LassoRegression, SaysWhatItsIntervalsLeaveOut) {
  const FitReport report = cases::fit_of(kLasso, cases::reference_input("close")).report().value();
  EXPECT_EQ(cases::warning_of(report, "selection_ignored"),
            "intervals take the regressors with a coefficient as chosen beforehand and leave out "
            "the bias of shrinkage, so they may hold the truth less often than they say; for the "
            "same reason there are no intervals of the mean and no standard errors of "
            "coefficients");
}

TEST(LassoRegression, ChoosesTheLeastCriterionOfThePath) {
  for (const char* select : {"aic", "aicc", "bic", "cv"}) {
    const FitReport report =
        cases::fit_of(kLasso, cases::reference_input("close"), {{"select", std::string(select)}})
            .report()
            .value();
    const auto criterion = cases::column_of(report, "path", "criterion");
    const auto used = cases::column_of(report, "path", "used");
    EXPECT_EQ(criterion.size(), 100u);
    const auto chosen = std::find(used.begin(), used.end(), 1.0) - used.begin();
    EXPECT_EQ(std::min_element(criterion.begin(), criterion.end()) - criterion.begin(), chosen);
    EXPECT_THAT(*report.text("penalty_choice"), HasSubstr(" of 100 tried, "));
  }
}

TEST(LassoRegression, TakesTheLargestPenaltyWithinOneStandardError) {
  const RegressionInput input = cases::reference_input("wide");
  const Options options = {{"select", std::string("cv")},
                           {"folds", std::int64_t{4}},
                           {"path_length", std::int64_t{10}},
                           {"path_ratio", 0.01}};
  Options careful = options;
  careful.push_back({"rule", std::string("one_standard_error")});
  // cv.glmnet: tests/reference/penalized/penalized_r.csv
  EXPECT_NEAR(cases::scalar_of(cases::fit_of(kLasso, input, options).report().value(), "penalty"),
              0.087705509997602793, 1e-14);
  EXPECT_NEAR(cases::scalar_of(cases::fit_of(kLasso, input, careful).report().value(), "penalty"),
              1.1327602205736345, 1e-12);
}

TEST(LassoRegression, RandomFoldsFollowTheirSeed) {
  const RegressionInput input = cases::reference_input("close");
  const auto errors = [&](std::int64_t seed) {
    const Options options = {
        {"select", std::string("cv")}, {"fold_rows", std::string("random")}, {"seed", seed}};
    return cases::column_of(cases::fit_of(kLasso, input, options).report().value(), "path",
                            "criterion");
  };
  EXPECT_EQ(errors(1), errors(1));
  EXPECT_NE(errors(1), errors(2));
}

TEST(LassoRegression, N15_RefusesMoreFoldsThanRows) {
  const Fault fault = cases::refusal_of(
      kLasso, lasso_by_hand(), {{"select", std::string("cv")}, {"folds", std::int64_t{5}}});
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fault.code, "N15");
  EXPECT_THAT(fault.message, HasSubstr("4 observations for 5 folds; a fold needs a row: set "
                                       "\"folds\" to 4 or fewer"));
}

TEST(LassoRegression, N15_RefusesFoldsThatLeaveOneRow) {
  const Fault fault =
      cases::refusal_of(kLasso, cases::input_of({1, 2, 4}, {1, 2, 2}, {"x"}),
                        {{"select", std::string("cv")}, {"folds", std::int64_t{2}}});
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fault.code, "N15");
  EXPECT_THAT(fault.message, HasSubstr("a fold of cross-validation leaves 1 row to fit, and 2 are "
                                       "needed; more folds leave more"));
}

TEST(LassoRegression, N4_NamesColumnsThatCouldShareOtherwise) {
  const auto input = cases::input_of({1, 1, 5, 2, 2, 3, 3, 3, 4, 4, 4, 9, 5, 5, 1},
                                     {2, 4, 9, 11, 9}, {"a", "b", "c"});
  const FitReport report = cases::fit_of(kLasso, input, {{"penalty", 0.5}}).report().value();
  EXPECT_EQ(cases::warning_of(report, "not_unique"),
            "coefficients of \"a\" and \"b\" could be shared out otherwise with the same fitted "
            "values");
  EXPECT_THAT(cases::warning_of(report, "dependent_columns"), HasSubstr("\"a\" and \"b\" depend"));
  const Fault fault = cases::refusal_of(kLasso, input, {{"penalty", 0.0}});
  EXPECT_EQ(fault.kind, ErrorKind::kRankDeficient);
  EXPECT_THAT(fault.message, HasSubstr("penalty 0 is least squares, which has no single answer"));
}

TEST(LassoRegression, PenaltyZeroIsLeastSquares) {
  const FitReport report =
      cases::fit_of(kLasso, cases::input_of({1, 2, 3}, {1, 2, 2}, {"x"}), {{"penalty", 0.0}})
          .report()
          .value();
  EXPECT_THAT(
      cases::column_of(report, "coefficients", "estimate"),
      ElementsAre(::testing::DoubleNear(2.0 / 3.0, 1e-14), ::testing::DoubleNear(0.5, 1e-15)));
}

TEST(LassoRegression, SaysThatACriterionNeedsRows) {
  const FitReport report = cases::fit_of(kLasso, cases::reference_input("wide")).report().value();
  EXPECT_EQ(cases::warning_of(report, "criterion_without_a_full_model"),
            "with as many regressors as observations an information criterion trusts small "
            "residuals too much; \"select\": \"cv\" does not");
}

TEST(LassoRegression, N2_AConstantTargetHasNoPath) {
  const auto input = cases::input_of({1, 2, 4, 5, 7}, {4, 4, 4, 4, 4}, {"x"});
  const FitReport report = cases::fit_of(kLasso, input).report().value();
  EXPECT_EQ(*report.text("penalty_choice"),
            "none is needed: no regressor is correlated with the target");
  EXPECT_EQ(report.table("path"), nullptr);
  EXPECT_FALSE(cases::warning_of(report, "constant_target").empty());
}

TEST(LassoRegression, N1_RefusesFewerThanThreeObservations) {
  const Fault fault = cases::refusal_of(kLasso, cases::input_of({1, 2}, {1, 2}, {"x"}));
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_THAT(fault.message, HasSubstr("2 observations; at least 3 are needed"));
}

}  // namespace
}  // namespace steppe
