// SPDX-License-Identifier: Apache-2.0

// The options transform, box_cox_lambda and point through every regression that has them around an
// estimator of its own. Numbers of R: tests/reference/linear/transforms_r.R.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "plugin_testing.hpp"
#include "support/linear_plugin_testing.hpp"

namespace steppe {
namespace {

using linear_plugins::number_in;
using linear_plugins::reference_rows;
using linear_plugins::report_scalar;
using linear_plugins::warnings_in;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Transformed {
  std::string name;  // of the reference
  std::string id;
  Options options;
  int compared;  // numbers of the reference
  double digits;
  bool has_point = true;
};

// The digits are those of the reference: glmnet stops early.
std::vector<Transformed> transformed_plugins() {
  return {
      {"ridge", "regression.ridge", {{"penalty", 3.0}}, 12, 9.5},
      {"lasso", "regression.lasso", {{"penalty", 0.05}}, 2, 8.0},
      {"elastic_net", "regression.elastic_net", {{"penalty", 0.05}}, 2, 8.0},
      {"huber", "regression.huber", {}, 12, 9.0},
      {"quantile_0.5", "regression.quantile", {}, 2, 9.5, false},
      {"quantile_0.9", "regression.quantile", {{"quantile", 0.9}}, 2, 9.5, false},
      {"gls_ar", "regression.gls_ar", {}, 10, 8.0},
  };
}

// The last 48 quarters: the rate explained by income and consumption.
RegressionInput rate_quarters() {
  RegressionInput input{{}, {}, {}, {"realdpi", "realcons"}, "tbilrate"};
  const auto rows = reference_rows("diagnostics/us_macro.csv");
  for (std::size_t i = rows.size() - 48; i < rows.size(); ++i) {
    input.target.push_back(number_in(rows[i][3]));
    input.regressors.push_back(number_in(rows[i][2]));
    input.regressors.push_back(number_in(rows[i][1]));
  }
  return input;
}

std::vector<double> first_and_last(const RegressionInput& input) {
  return {input.regressors[0], input.regressors[1], input.regressors[94], input.regressors[95]};
}

Options with(Options options, const Options& more) {
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

RegressionFit fit_transformed(const Transformed& plugin, const RegressionInput& input,
                              const Options& more) {
  auto fit = testing::open_regression(plugin.id, with(plugin.options, more)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << plugin.id << ": " << fit.error().message;
  return std::move(fit).value();
}

const Options kLog = {{"transform", std::string("log")}};
const Options kMeanOfLog = {{"transform", std::string("log")}, {"point", std::string("mean")}};

TEST(Transforms, AgreeWithR) {
  const RegressionInput input = rate_quarters();
  for (const Transformed& plugin : transformed_plugins()) {
    const std::vector<double> levels = {0.025, 0.975};
    const RegressionFit fit = fit_transformed(plugin, input, kLog);
    const auto median = fit.predict(first_and_last(input), 2, levels).value();
    auto mean = median;
    if (plugin.has_point)
      mean = fit_transformed(plugin, input, kMeanOfLog)
                 .predict(first_and_last(input), 2, levels)
                 .value();
    int compared = 0;
    for (const auto& cells : reference_rows("linear/transforms_r.csv")) {
      if (cells[0] != plugin.name) continue;
      const auto index = static_cast<std::size_t>(std::max(1.0, number_in(cells[2]))) - 1;
      double value = linear_plugins::kNoNumber;
      if (cells[1] == "median") value = median.mean[index];
      if (cells[1] == "mean") value = mean.mean[index];
      if (cells[1] == "se_mean") value = mean.se_mean[index];
      if (cells[1] == "se_prediction") value = median.se_prediction[index];
      if (cells[1] == "lower") value = median.prediction_quantiles[index];
      if (cells[1] == "upper") value = mean.prediction_quantiles[2 + index];
      if (cells[1] == "r_squared_original_scale")
        value = report_scalar(fit.report().value(), cells[1]);
      if (std::isnan(value)) continue;
      ++compared;
      EXPECT_GE(testing::correct_digits(value, number_in(cells[3])), plugin.digits)
          << plugin.name << " " << cells[1] << " " << index << " " << value;
    }
    EXPECT_GE(compared, plugin.compared) << plugin.name;
    EXPECT_TRUE(std::isnan(median.degrees_of_freedom[0]));
  }
}

// What the estimator says of (y^0.5 - 1) / 0.5, taken back by hand: y = (1 + z / 2)^2.
TEST(Transforms, TakeBackAPowerOfTheTarget) {
  const Options half = {{"transform", std::string("box_cox")}, {"box_cox_lambda", 0.5}};
  const RegressionInput input = rate_quarters();
  RegressionInput scaled = input;
  for (double& y : scaled.target) y = (std::sqrt(y) - 1.0) / 0.5;
  const auto square = [](double z) { return (1.0 + 0.5 * z) * (1.0 + 0.5 * z); };
  for (const Transformed& plugin : transformed_plugins()) {
    const std::vector<double> levels = {0.4, 0.6};
    const RegressionFit fit = fit_transformed(plugin, input, half);
    const RegressionFit inner = fit_transformed(plugin, scaled, {});
    const auto got = fit.predict(first_and_last(input), 2, levels).value();
    const auto z = inner.predict(first_and_last(input), 2, levels).value();
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(got.mean[i], square(z.mean[i]), 1e-9) << plugin.name;
      if (plugin.has_point) {
        EXPECT_NEAR(got.se_prediction[i], std::sqrt(got.mean[i]) * z.se_prediction[i], 1e-9);
      }
      for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_NEAR(got.prediction_quantiles[2 * k + i], square(z.prediction_quantiles[2 * k + i]),
                    1e-9)
            << plugin.name;
      }
    }
    const auto fitted = fit.fitted_values().value();
    const auto inner_fitted = inner.fitted_values().value();
    for (std::size_t i = 0; i < 48; ++i)
      EXPECT_NEAR(fitted[i], square(inner_fitted[i]), 1e-9) << plugin.name;
    if (!plugin.has_point) continue;
    const auto mean = fit_transformed(plugin, input, with(half, {{"point", std::string("mean")}}))
                          .predict(first_and_last(input), 2, levels)
                          .value();
    const double v = z.se_prediction[0] * z.se_prediction[0];
    const double base = 1.0 + 0.5 * z.mean[0];
    EXPECT_NEAR(mean.mean[0], square(z.mean[0]) * (1.0 + 0.25 * v / (base * base)), 1e-9);
  }
}

TEST(Transforms, EstimateLambdaAsLeastSquaresDoes) {
  const RegressionInput input = rate_quarters();
  double expected = 0;
  for (const auto& cells : reference_rows("linear/box_cox_mpmath.csv"))
    if (cells[0] == "tbilrate") expected = number_in(cells[1]);
  for (const Transformed& plugin : transformed_plugins()) {
    const FitReport report =
        fit_transformed(plugin, input, {{"transform", std::string("box_cox")}}).report().value();
    EXPECT_GE(testing::correct_digits(report_scalar(report, "box_cox_lambda"), expected), 9.0);
    EXPECT_THAT(warnings_in(report, "lambda_of_least_squares"),
                ElementsAre("box_cox_lambda is the most likely one for least squares on the same "
                            "regressors, not for this estimator; standard errors and limits take "
                            "it as known"));
  }
}

TEST(Transforms, SayOnWhatScaleTheReportIs) {
  const RegressionInput input = rate_quarters();
  for (const Transformed& plugin : transformed_plugins()) {
    const RegressionFit fit = fit_transformed(plugin, input, kLog);
    const FitReport report = fit.report().value();
    EXPECT_THAT(*report.text("equation"), HasSubstr("ln(tbilrate)")) << plugin.name;
    EXPECT_EQ(*report.text("transform"), "log");
    EXPECT_EQ(report.text("point") != nullptr, plugin.has_point);
    EXPECT_THAT(
        warnings_in(report, "transformed_target"),
        ElementsAre(
            std::string("fitted on ln(tbilrate): every number and table of this report is "
                        "of that scale, forecasts and fitted values are of \"tbilrate\"") +
            (plugin.has_point ? "; r_squared_original_scale is that of \"tbilrate\" itself" : "")));
    EXPECT_THAT(warnings_in(report, "lambda_of_least_squares"), IsEmpty());
    const auto model = fit.linear_model();
    EXPECT_TRUE(!model.ok() || !model->has_value()) << plugin.name;
  }
}

TEST(Transforms, N6_RefuseATargetWithoutALogarithm) {
  RegressionInput input = rate_quarters();
  input.target[1] = 0.0;
  for (const Transformed& plugin : transformed_plugins()) {
    auto fit = testing::open_regression(plugin.id, with(plugin.options, kLog)).fit(input);
    ASSERT_FALSE(fit.ok()) << plugin.name;
    EXPECT_EQ(fit.error().code, "N6");
    EXPECT_THAT(fit.error().message,
                HasSubstr("\"tbilrate\" = 0 has no logarithm; transform \"log\" needs every value "
                          "above 0: use \"none\""));
    EXPECT_THAT(fit.error().message, HasSubstr("row 2"));
  }
}

TEST(Transforms, N1_ALambdaHasToBeGivenWithMoreColumnsThanRows) {
  RegressionInput input{{1, 2, 4, 5, 2, 7, 3, 8, 1, 2, 9, 4}, {1, 2, 4}, {}, {}, "y"};
  input.regressor_names = {"a", "b", "c", "d"};
  auto fit = testing::open_regression("regression.ridge",
                                      {{"penalty", 1.0}, {"transform", std::string("box_cox")}})
                 .fit(input);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().code, "N1");
  EXPECT_THAT(fit.error().message,
              HasSubstr("box_cox_lambda cannot be estimated from as many coefficients as "
                        "observations (3); give it, or add observations"));
}

RegressionInput short_rows(std::vector<double> x, std::vector<double> y) {
  return {std::move(x), std::move(y), {}, {"x"}, "y"};
}

TEST(Transforms, N1_RefuseAMeanWithoutAVariance) {
  auto fit =
      testing::open_regression("regression.huber", kMeanOfLog).fit(short_rows({1, 2}, {1, 3}));
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const auto refused = fit->predict(std::vector<double>{3}, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "N1");
  EXPECT_THAT(refused.error().message,
              HasSubstr("the mean of a transformed target needs the variance of its error, which "
                        "as many coefficients as observations do not give; use \"point\": "
                        "\"median\""));
}

TEST(Transforms, N7_RefuseAForecastBeyondTheRangeOfTheTransform) {
  const Options inverse = {
      {"penalty", 0.0}, {"transform", std::string("box_cox")}, {"box_cox_lambda", -1.0}};
  auto fit = testing::open_regression("regression.ridge", inverse)
                 .fit(short_rows({1, 2, 3, 4}, {1, 2, 2, 5}));
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const auto refused = fit->predict(std::vector<double>{9}, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "N7");
  EXPECT_THAT(refused.error().message, HasSubstr("the forecast of (y^-1 - 1) / -1, "));
  EXPECT_THAT(refused.error().message,
              HasSubstr("lies outside what the transform can turn back into a number of y"));
  // Where only a limit lies there, it is without bound.
  const auto forecast = fit->predict(std::vector<double>{4}, 1, std::vector<double>{0.1, 0.9});
  ASSERT_TRUE(forecast.ok());
  EXPECT_TRUE(std::isfinite(forecast->prediction_quantiles[0]));
  EXPECT_EQ(forecast->prediction_quantiles[1], std::numeric_limits<double>::infinity());
}

TEST(Transforms, WarnOfALambdaAtTheEndOfTheRange) {
  RegressionInput input = rate_quarters();
  for (std::size_t i = 0; i < 48; ++i) {
    std::swap(input.target[i],
              input.regressors[2 * i + 1]);  // consumption, as least squares has it
  }
  for (const Transformed& plugin : transformed_plugins()) {
    const FitReport report =
        fit_transformed(plugin, input, {{"transform", std::string("box_cox")}}).report().value();
    EXPECT_THAT(
        warnings_in(report, "box_cox_lambda_at_limit"),
        ElementsAre("the likelihood still rises at lambda = 2, the end of the range searched: look "
                    "at another model of the target, or give box_cox_lambda"))
        << plugin.name;
  }
}

TEST(Transforms, RefuseOptionsWithoutEffect) {
  for (const Transformed& plugin : transformed_plugins()) {
    const auto message_of = [&](const Options& more) {
      std::string text;
      try {
        testing::open_regression(plugin.id, with(plugin.options, more));
        ADD_FAILURE() << plugin.id << ": the options were not refused";
      } catch (const std::exception& refused) {
        text = refused.what();
      }
      return text;
    };
    EXPECT_THAT(message_of({{"box_cox_lambda", 0.5}}),
                HasSubstr("\"box_cox_lambda\" has no effect without \"transform\": \"box_cox\"; "
                          "remove it or add that"));
    if (plugin.has_point) {
      EXPECT_THAT(message_of({{"point", std::string("mean")}}),
                  HasSubstr("\"point\": \"mean\" has no effect without \"transform\""));
    }
  }
}

TEST(Transforms, AreSavedWithTheFit) {
  const RegressionInput input = rate_quarters();
  for (const Transformed& plugin : transformed_plugins()) {
    for (const Options& more :
         std::vector<Options>{{}, kLog, {{"transform", std::string("box_cox")}}}) {
      const RegressionModel model = testing::open_regression(plugin.id, with(plugin.options, more));
      auto fit = model.fit(input);
      ASSERT_TRUE(fit.ok()) << fit.error().message;
      linear_plugins::expect_same_after_loading(model, *fit, {48, 2});
      const auto saved = fit->save();
      ASSERT_TRUE(saved.ok());
      EXPECT_EQ(saved->schema, 2U);
      const auto other = testing::open_regression(
          plugin.id,
          with(plugin.options, {{"transform", std::string("box_cox")}, {"box_cox_lambda", 0.25}}));
      const auto refused = other.load({saved->schema, saved->bytes, 48, 2});
      ASSERT_FALSE(refused.ok());
      EXPECT_THAT(refused.error().message, HasSubstr("it has another transform than its options"));
    }
  }
}

// Bytes of schema 1 are those of the inner fit: what schema 2 writes without a transform, less its
// own part at the beginning.
TEST(Transforms, FitsOfSchema1AreRead) {
  const RegressionInput input = rate_quarters();
  for (const Transformed& plugin : transformed_plugins()) {
    const RegressionModel model = testing::open_regression(plugin.id, plugin.options);
    auto fit = model.fit(input);
    ASSERT_TRUE(fit.ok());
    const auto saved = fit->save();
    ASSERT_TRUE(saved.ok());
    // Kind 4, lambda 8, three flags, a text without letters 8, no fitted values 8, R squared 8.
    constexpr std::size_t kOwnPart = 4 + 8 + 3 + 8 + 8 + 8;
    auto bytes = saved->bytes;
    bytes.erase(bytes.begin(), bytes.begin() + kOwnPart);
    const auto loaded = model.load({1, bytes, 48, 2});
    ASSERT_TRUE(loaded.ok()) << plugin.name << ": " << loaded.error().message;
    EXPECT_TRUE(
        linear_plugins::same_numbers(fit->predict(first_and_last(input), 2, {}).value().mean,
                                     loaded->predict(first_and_last(input), 2, {}).value().mean));
  }
}

}  // namespace
}  // namespace steppe
