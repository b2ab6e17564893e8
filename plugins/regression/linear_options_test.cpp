// SPDX-License-Identifier: Apache-2.0

// The options that linear regressions share, through the plugins: covariances, transforms.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "plugin_testing.hpp"
#include "support/linear_plugin_testing.hpp"

namespace steppe {
namespace {

using linear_plugins::number_in;
using linear_plugins::reference_rows;
using linear_plugins::report_cell;
using linear_plugins::report_scalar;
using linear_plugins::warnings_in;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The last 48 quarters: `target` explained by real income and the other.
RegressionInput quarters(bool rate) {
  RegressionInput input;
  input.regressor_names = {"realdpi", rate ? "realcons" : "tbilrate"};
  input.target_name = rate ? "tbilrate" : "realcons";
  const auto rows = reference_rows("diagnostics/us_macro.csv");
  for (std::size_t i = rows.size() - 48; i < rows.size(); ++i) {
    input.target.push_back(number_in(rows[i][rate ? 3 : 1]));
    input.regressors.push_back(number_in(rows[i][2]));
    input.regressors.push_back(number_in(rows[i][rate ? 1 : 3]));
  }
  return input;
}

RegressionInput few_rows(std::vector<double> x, std::vector<double> y) {
  return {std::move(x), std::move(y), {}, {"x"}, "y"};
}

RegressionFit fit_with(const RegressionInput& input, Options options) {
  auto fit = testing::open_regression("regression.ols", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

Fault refuse_with(const RegressionInput& input, Options options) {
  auto fit = testing::open_regression("regression.ols", std::move(options)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "the fit was not refused";
  return {};
}

// Row 1 and row 48 of the data, one after the other.
std::vector<double> both_ends(const RegressionInput& input) {
  return {input.regressors[0], input.regressors[1], input.regressors[94], input.regressors[95]};
}

TEST(LinearOptions, PutTheCovarianceIntoTheProtocol) {
  const RegressionInput input = quarters(false);
  for (const std::string kind : {"hc0", "hc1", "hc2", "hc3", "newey_west", "newey_west_7"}) {
    Options options = {{"covariance", kind.substr(0, 10)}};
    if (kind.size() > 10) options.push_back({"covariance_lag", std::int64_t{7}});
    const RegressionFit fit = fit_with(input, options);
    const FitReport report = fit.report().value();
    const auto forecast = fit.predict(both_ends(input), 2, std::vector<double>{0.9}).value();
    int compared = 0;
    for (const auto& cells : reference_rows("linear/linear_r.csv")) {
      if (cells[0] != "consumption." + kind) continue;
      const auto index = static_cast<std::size_t>(number_in(cells[2]));
      const char* rows[] = {"", "intercept", "realdpi", "tbilrate"};
      double value = 0;
      if (cells[1] == "f") {
        value = report_cell(report, "anova", "regression", "f");
      } else if (cells[1] == "se_mean") {
        value = forecast.se_mean[index - 1];
      } else if (cells[1] == "standard_error" || cells[1] == "t" || cells[1] == "p") {
        value = report_cell(report, "coefficients", rows[index], cells[1]);
      } else {
        continue;
      }
      ++compared;
      EXPECT_GE(testing::correct_digits(value, number_in(cells[3])), 10.0)
          << kind << " " << cells[1] << " " << index;
    }
    EXPECT_EQ(compared, 12);
    // A new observation: sqrt(s^2 + x0'C x0).
    const double s = report_scalar(report, "standard_error");
    EXPECT_DOUBLE_EQ(forecast.se_prediction[0], std::hypot(s, forecast.se_mean[0]));
    EXPECT_EQ(*report.text("covariance"), kind.substr(0, 10));
    EXPECT_THAT(
        warnings_in(report, "robust_covariance"),
        ElementsAre("standard errors, t, p, limits and F are those of " + kind.substr(0, 10) +
                    "; the interval of a new observation still adds one residual "
                    "variance, the same at every row"));
  }
  EXPECT_EQ(
      report_scalar(fit_with(input, {{"covariance", std::string("newey_west")}}).report().value(),
                    "covariance_lag"),
      3.0);
}

TEST(LinearOptions, GiveTheCovarianceToTheLinearModel) {
  const RegressionFit fit = fit_with(quarters(false), {{"covariance", std::string("hc3")}});
  const auto model = fit.linear_model();
  ASSERT_TRUE(model.ok());
  ASSERT_TRUE(model->has_value());
  const double error =
      report_cell(fit.report().value(), "coefficients", "realdpi", "standard_error");
  EXPECT_DOUBLE_EQ(std::sqrt((*model)->covariance[4]), error);
}

// Compares a fit of tbilrate with what R says of it; `point` is the reference's name of the point.
void expect_transformed(const std::string& name, Options options, const std::string& point) {
  const RegressionInput input = quarters(true);
  options.push_back({"point", point});
  const RegressionFit fit = fit_with(input, options);
  const FitReport report = fit.report().value();
  const auto forecast = fit.predict(both_ends(input), 2, std::vector<double>{0.025, 0.975}).value();
  int compared = 0;
  for (const auto& cells : reference_rows("linear/linear_r.csv")) {
    if (cells[0] != name) continue;
    const auto index = static_cast<std::size_t>(std::max(1.0, number_in(cells[2]))) - 1;
    const char* rows[] = {"intercept", "realdpi", "realcons"};
    double value = linear_plugins::kNoNumber;
    if (cells[1] == "estimate")
      value = report_cell(report, "coefficients", rows[index], "estimate");
    if (cells[1] == "r_squared") value = report_scalar(report, "r_squared_fit_scale");
    if (cells[1] == "r_squared_original_scale") value = report_scalar(report, cells[1]);
    if (cells[1] == "log_likelihood") value = report_scalar(report, cells[1]);
    if (cells[1] == point) value = forecast.mean[index];
    if (cells[1] == "standard_error") value = forecast.se_prediction[index];
    if (cells[1] == "lower") value = forecast.prediction_quantiles[index];
    if (cells[1] == "upper") value = forecast.prediction_quantiles[2 + index];
    if (std::isnan(value)) continue;
    ++compared;
    EXPECT_GE(testing::correct_digits(value, number_in(cells[3])), 9.5) << cells[1] << " " << index;
  }
  EXPECT_EQ(compared, 14);
  EXPECT_TRUE(std::isnan(forecast.degrees_of_freedom[0]));
}

TEST(LinearOptions, ForecastTheLogarithmAsMedianOrMean) {
  expect_transformed("log", {{"transform", std::string("log")}}, "median");
  expect_transformed("log", {{"transform", std::string("log")}}, "mean");
}

TEST(LinearOptions, ForecastABoxCoxPowerAsMedianOrMean) {
  const Options half = {{"transform", std::string("box_cox")}, {"box_cox_lambda", 0.5}};
  expect_transformed("box_cox_half", half, "median");
  expect_transformed("box_cox_half", half, "mean");
}

TEST(LinearOptions, EstimateLambdaByMaximumLikelihood) {
  const RegressionFit fit = fit_with(quarters(true), {{"transform", std::string("box_cox")}});
  const FitReport report = fit.report().value();
  for (const auto& cells : reference_rows("linear/box_cox_mpmath.csv")) {
    if (cells[0] != "tbilrate") continue;
    EXPECT_GE(testing::correct_digits(report_scalar(report, "box_cox_lambda"), number_in(cells[1])),
              9.0);
    EXPECT_GE(testing::correct_digits(report_scalar(report, "log_likelihood"), number_in(cells[2])),
              12.0);
  }
  EXPECT_THAT(*report.text("equation"), HasSubstr("(tbilrate^0.50128668"));
}

TEST(LinearOptions, SayOnWhatScaleTheNumbersAre) {
  const RegressionFit fit = fit_with(quarters(true), {{"transform", std::string("log")}});
  const FitReport report = fit.report().value();
  EXPECT_TRUE(report.text("equation")->starts_with("ln(tbilrate) = "));
  EXPECT_THAT(warnings_in(report, "transformed_target"),
              ElementsAre("fitted by least squares on ln(tbilrate): coefficients, R squared, "
                          "standard error and the table of observations are of that scale; "
                          "r_squared_original_scale is that of \"tbilrate\" itself"));
  EXPECT_EQ(*report.text("transform"), "log");
  EXPECT_EQ(*report.text("point"), "median");
  const auto model = fit.linear_model();
  ASSERT_TRUE(model.ok());
  EXPECT_FALSE(model->has_value());
}

TEST(LinearOptions, WarnOfALambdaAtTheEndOfTheRange) {
  const RegressionFit fit = fit_with(quarters(false), {{"transform", std::string("box_cox")}});
  EXPECT_THAT(warnings_in(fit.report().value(), "box_cox_lambda_at_limit"),
              ElementsAre("the likelihood still rises at lambda = 2, the end of the range "
                          "searched: look at another model of the target, or give box_cox_lambda"));
}

TEST(LinearOptions, N6_RefuseATargetWithoutALogarithm) {
  const Fault log =
      refuse_with(few_rows({1, 2, 3}, {1, 0, 2}), {{"transform", std::string("log")}});
  EXPECT_EQ(log.kind, ErrorKind::kDomainError);
  EXPECT_EQ(log.code, "N6");
  EXPECT_THAT(log.message,
              HasSubstr("\"y\" = 0 has no logarithm; transform \"log\" needs every value above 0: "
                        "use \"none\""));
  EXPECT_THAT(log.message, HasSubstr("row 2"));
  const Fault power =
      refuse_with(few_rows({1, 2, 3}, {1, 1, -2}), {{"transform", std::string("box_cox")}});
  EXPECT_THAT(power.message,
              HasSubstr("\"y\" = -2 has no Box-Cox power; transform \"box_cox\" needs every value "
                        "above 0: use \"none\""));
}

TEST(LinearOptions, N1_RefuseAMeanWithoutAVariance) {
  const RegressionFit fit = fit_with(few_rows({1, 2}, {1, 3}), {{"transform", std::string("log")},
                                                                {"point", std::string("mean")}});
  const auto refused = fit.predict(std::vector<double>{3}, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message,
              HasSubstr("the mean of a transformed target needs the variance of its error, which "
                        "as many coefficients as observations do not give; use \"point\": "
                        "\"median\""));
}

TEST(LinearOptions, N7_RefuseAForecastBeyondTheRangeOfTheTransform) {
  const RegressionFit fit =
      fit_with(few_rows({1, 2, 3, 4}, {1, 2, 2, 5}),
               {{"transform", std::string("box_cox")}, {"box_cox_lambda", -1.0}});
  const auto refused = fit.predict(std::vector<double>{9}, 1, std::vector<double>{0.9});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kDomainError);
  EXPECT_THAT(refused.error().message,
              HasSubstr("lies outside what the transform can turn back into a number of y"));
}

// For lambda below 0 the transform ends at -1 / lambda: what lies above is without bound.
TEST(LinearOptions, N7_GiveAnUnboundedLimitWhereTheTransformEnds) {
  const RegressionFit fit =
      fit_with(few_rows({1, 2, 3, 4}, {1, 2, 2, 5}),
               {{"transform", std::string("box_cox")}, {"box_cox_lambda", -1.0}});
  const auto forecast = fit.predict(std::vector<double>{4}, 1, std::vector<double>{0.1, 0.9});
  ASSERT_TRUE(forecast.ok());
  EXPECT_TRUE(std::isfinite(forecast->mean[0]));
  EXPECT_TRUE(std::isfinite(forecast->prediction_quantiles[0]));
  EXPECT_EQ(forecast->prediction_quantiles[1], std::numeric_limits<double>::infinity());
}

TEST(LinearOptions, RefuseOptionsWithoutEffect) {
  const auto message_of = [](Options options) {
    std::string text;
    try {
      const RegressionModel model = testing::open_regression("regression.ols", std::move(options));
      ADD_FAILURE() << "the options were not refused";
    } catch (const std::exception& refused) {
      text = refused.what();
    }
    return text;
  };
  EXPECT_THAT(message_of({{"covariance_lag", std::int64_t{3}}}),
              HasSubstr("\"covariance_lag\" has no effect without \"covariance\": "
                        "\"newey_west\"; remove it or add that"));
  EXPECT_THAT(message_of({{"box_cox_lambda", 0.5}}),
              HasSubstr("\"box_cox_lambda\" has no effect without \"transform\": \"box_cox\"; "
                        "remove it or add that"));
  EXPECT_THAT(message_of({{"point", std::string("mean")}}),
              HasSubstr("\"point\": \"mean\" has no effect without \"transform\": mean and median "
                        "of an untransformed target are the same; remove it or add that"));
}

TEST(LinearOptions, AreSavedWithTheFit) {
  const RegressionInput input = quarters(true);
  for (const Options& options : std::vector<Options>{
           {{"covariance", std::string("newey_west")}},
           {{"covariance", std::string("hc2")}, {"intercept", false}},
           {{"transform", std::string("log")}, {"point", std::string("mean")}},
           {{"transform", std::string("box_cox")}, {"covariance", std::string("hc3")}}}) {
    const RegressionModel model = testing::open_regression("regression.ols", options);
    auto fit = model.fit(input);
    ASSERT_TRUE(fit.ok()) << fit.error().message;
    linear_plugins::expect_same_after_loading(model, *fit, {48, 2});
  }
}

}  // namespace
}  // namespace steppe
