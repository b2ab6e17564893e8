// SPDX-License-Identifier: Apache-2.0

// What the adapters of trend models and regressions say of results that break the contract: N19,
// P8, P9, P12, P18.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <limits>

#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"
#include "support/opened.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<double> kTime = {1, 2, 3};
const std::vector<double> kValues = {1, 10, 2, 20, 3, 30};  // 3 x 2
const std::vector<double> kFuture = {4, 5};
const std::vector<double> kProbabilities = {0.1, 0.9};

// One module serves all tests: loading is a property of the process.
Opened& opened() {
  static Opened instance("unruly_trend");
  return instance;
}

TrendModel trend(const std::string& fault, const std::string& id = "trend.unruly") {
  return TrendModel::open(opened().component(id, fault), opened().loader.host()).value();
}

Outcome<TrendFit> fit_of(const TrendModel& model) {
  BlockView block;
  block.time = kTime;
  block.values = kValues.data();
  block.series_count = 2;
  block.stride = 2;
  return model.fit(block);
}

std::string fit_error(const std::string& fault) {
  const auto fit = fit_of(trend(fault));
  return fit.ok() ? "ok" : to_text(fit.error());
}

std::string predict_error(const std::string& fault) {
  const auto fit = fit_of(trend(fault));
  if (!fit) return to_text(fit.error());
  const auto forecast = fit->predict(kFuture, kProbabilities);
  return forecast.ok() ? "ok" : to_text(forecast.error());
}

std::string report_error(const std::string& fault) {
  const auto report = fit_of(trend(fault))->report(0);
  return report.ok() ? "ok" : to_text(report.error());
}

TEST(TrendAdapter, AcceptsAModelThatKeepsTheRules) { EXPECT_EQ(predict_error(""), "ok"); }

TEST(TrendAdapter, ContainsARawExceptionP8) {
  EXPECT_EQ(fit_error("throws"),
            "error[P8] plugin=trend.unruly@2.1.0: fit let a C++ exception out: no \\x1b[31mred "
            "(rule R16)");
  EXPECT_EQ(fit_error("throws_int"),
            "error[P8] plugin=trend.unruly@2.1.0: fit let a C++ exception out: of an unknown type "
            "(rule R16)");
  EXPECT_EQ(fit_of(trend("throws")).error().exit, ExitCode::kPluginFailed);
  EXPECT_EQ(fit_of(trend("throws")).error().kind, ErrorKind::kPluginFault);
}

TEST(TrendAdapter, GetsAStatusForAnExceptionBehindTheCppLayerP8) {
  const auto fit = fit_of(trend("", "trend.thrower"));
  ASSERT_TRUE(fit.ok());
  const auto forecast = fit->predict(kFuture, {});
  ASSERT_FALSE(forecast.ok());
  EXPECT_EQ(to_text(forecast.error()), "error: plugin=trend.thrower@1.0.0: exception: in predict");
  EXPECT_EQ(forecast.error().exit, ExitCode::kPluginFailed);
}

TEST(TrendAdapter, RefusesAStatusThatDoesNotExistN19) {
  EXPECT_EQ(fit_error("returns_minus"),
            "error[N19] plugin=trend.unruly@2.1.0: fit returned the status -3, which does not "
            "exist (rule R27)");
  EXPECT_EQ(fit_error("bad_status"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: fit: gave series 2 the status -1, "
            "which does not exist (rule R27)");
}

TEST(TrendAdapter, TakesAnUnknownStatusForAnInternalError) {
  const auto fit = fit_of(trend("returns_unknown"));
  EXPECT_EQ(fit.error().kind, ErrorKind::kInternal);
  EXPECT_EQ(fit.error().message, "from the future; the status 4711 does not exist (rule R27)");
}

TEST(TrendAdapter, SaysWhenNoReasonIsGiven) {
  EXPECT_EQ(fit_error("no_reason"),
            "error: plugin=trend.unruly@2.1.0: domain_error: no reason given (rule R15)");
}

TEST(TrendAdapter, SurvivesAnErrorWithoutItsFinalZero) {
  EXPECT_EQ(fit_of(trend("unterminated")).error().message,
            std::string(1024, 'x') + ": the text has no end (rule R15)");
}

TEST(TrendAdapter, RefusesSuccessWithoutAFitN19) {
  EXPECT_EQ(fit_error("no_handle"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: fit: returned success without a "
            "fit (rule R12)");
}

TEST(TrendAdapter, FindsOutputThatWasNotFilledP18) {
  EXPECT_EQ(fit_error("no_status"),
            "error[P18] plugin=trend.unruly@2.1.0: bad_output: fit: wrote no status for series 1 "
            "(rule R12)");
  EXPECT_EQ(predict_error("unfilled"),
            "error[P18] plugin=trend.unruly@2.1.0: bad_output: predict: returned success without "
            "filling mean[1, 1] (rule R12)");
  EXPECT_EQ(to_text(fit_of(trend("fitted_unfilled"))->fitted_values().error()),
            "error[P18] plugin=trend.unruly@2.1.0: bad_output: fitted: returned success without "
            "filling fitted[1, 1] (rule R12)");
  const std::vector<const char*> names = {"aicc"};
  EXPECT_EQ(to_text(fit_of(trend("statistics_added"))->statistics(names).error()),
            "error[P18] plugin=trend.unruly@2.1.0: bad_output: statistics: returned success "
            "without filling statistics[1, 1] (rule R12)");
}

TEST(TrendAdapter, FindsAWritePastTheEndP12) {
  EXPECT_EQ(predict_error("past_the_end"),
            "error[P12] plugin=trend.unruly@2.1.0: bad_output: predict: wrote past the end of "
            "mean (rule R12)");
}

TEST(TrendAdapter, RefusesAForecastThatIsNoNumberN19) {
  EXPECT_EQ(predict_error("nan_mean"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: predict: mean[2, 1] is NaN though "
            "the series was fitted (rule R34)");
  EXPECT_EQ(predict_error("failed_has_number"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: predict: mean[1, 2] is a number "
            "though the series failed (rule R33)");
}

TEST(TrendAdapter, LeavesAnOverflowToTheEngine) {
  const auto forecast = fit_of(trend("infinite_mean"))->predict(kFuture, {});
  ASSERT_TRUE(forecast.ok());
  EXPECT_EQ(forecast->mean.at(2), std::numeric_limits<double>::infinity());
}

TEST(TrendAdapter, RefusesANegativeStandardErrorN19) {
  EXPECT_EQ(predict_error("negative_error"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: predict: standard_error[1, 2] is "
            "negative (rule R35)");
}

TEST(TrendAdapter, RefusesCrossedQuantilesN19) {
  EXPECT_EQ(predict_error("crossed_quantiles"),
            "error[N19] plugin=trend.unruly@2.1.0: bad_output: predict: quantiles[3, 1] is below "
            "the quantile of a smaller probability (rule R35)");
}

TEST(TrendAdapter, MakesWhatAPluginSaysSafe) {
  const auto fit = fit_of(trend("failed_has_number"));
  EXPECT_EQ(fit->explain(1).message, "line one\\x0aline two");
  const auto report = fit->report(0);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(*report->text("equation"), "y = \\x1b[2J1\\x0a");
  EXPECT_EQ(report->warnings.at(0).text, "");
  EXPECT_EQ(report->scalars.at(0).unit, "");
  EXPECT_THAT(report->table("parameters")->values, ElementsAre(3));
}

TEST(TrendAdapter, RefusesAReportThatBreaksTheRulesN19) {
  const std::string head = "error[N19] plugin=trend.unruly@2.1.0: bad_output: report: ";
  EXPECT_EQ(report_error("bad_name"),
            head + "the name \"R-squared\" of a scalar is not snake_case (rule R44)");
  EXPECT_EQ(report_error("twice"), head + "the scalar r_squared is there twice (rule R44)");
  EXPECT_EQ(report_error("null_name"),
            head + "the name \"\" of a text is not snake_case (rule R44)");
  EXPECT_EQ(report_error("no_values"),
            head + "the table parameters has no column names or no values (rule R44)");
}

TEST(TrendAdapter, RestoresTheFloatingPointStateAndTheLocaleAfterACallP9) {
  Opened fresh("unruly_trend");
  for (const char* fault : {"flush_to_zero", "rounding", "locale"}) {
    auto model =
        TrendModel::open(fresh.component("trend.unruly", fault), fresh.loader.host()).value();
    ASSERT_TRUE(fit_of(model).ok());
  }
  volatile double tiny = std::numeric_limits<double>::min();
  EXPECT_GT(tiny / 2, 0);
  volatile double one = 1;
  volatile double three = 3;
  EXPECT_EQ(one / three, 0x1.5555555555555p-2) << "not rounded to nearest";
  EXPECT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
  EXPECT_THAT(
      fresh.loader.notices(),
      ElementsAre("trend.unruly@2.1.0 changed flush-to-zero in fit; restored (rule R20)",
                  "trend.unruly@2.1.0 changed denormals-are-zero in fit; restored (rule R20)",
                  "trend.unruly@2.1.0 changed the rounding mode in fit; restored (rule R20)",
                  "trend.unruly@2.1.0 changed the locale in fit; restored (rule R20)"));
}

TEST(TrendAdapter, RefusesAComponentOfAnotherKind) {
  const auto model =
      TrendModel::open(opened().component("regression.unruly"), opened().loader.host());
  EXPECT_EQ(to_text(model.error()),
            "error: plugin=regression.unruly@2.1.0: is not a trend model: it offers no "
            "steppe.trend_model/1");
}

RegressionModel regression(const std::string& fault) {
  return RegressionModel::open(opened().component("regression.unruly", fault),
                               opened().loader.host())
      .value();
}

RegressionInput input() {
  RegressionInput out;
  out.regressors = {1, 2, 3};
  out.target = {2, 4, 6};
  out.regressor_names = {"x"};
  out.target_name = "y";
  return out;
}

std::string regression_error(const std::string& fault) {
  const auto fit = regression(fault).fit(input());
  if (!fit) return to_text(fit.error());
  const std::vector<double> row = {4};
  const auto prediction = fit->predict(row, 1, kProbabilities);
  return prediction.ok() ? "ok" : to_text(prediction.error());
}

TEST(RegressionAdapter, AcceptsARegressionThatKeepsTheRules) {
  EXPECT_EQ(regression_error(""), "ok");
}

TEST(RegressionAdapter, PassesATypedErrorOn) {
  const auto fit = regression("rank").fit(input());
  EXPECT_EQ(to_text(fit.error()), "error: plugin=regression.unruly@2.1.0: x2 = 2 x1");
  EXPECT_EQ(fit.error().kind, ErrorKind::kRankDeficient);
}

TEST(RegressionAdapter, RefusesBadOutputN19) {
  const std::string head = "error[N19] plugin=regression.unruly@2.1.0: bad_output: ";
  EXPECT_EQ(regression_error("no_handle"), head + "fit: returned success without a fit (rule R12)");
  EXPECT_EQ(regression_error("nan_mean"),
            head + "predict: mean[1, 1] is NaN though the regression was fitted (rule R34)");
  EXPECT_EQ(regression_error("negative_error"),
            head + "predict: se_prediction[1, 1] is negative (rule R35)");
  EXPECT_EQ(regression_error("crossed_quantiles"),
            head +
                "predict: prediction_quantiles[2, 1] is below the quantile of a smaller "
                "probability (rule R35)");
}

TEST(RegressionAdapter, FindsOutputThatWasNotFilledP18) {
  const auto fit = regression("fitted_unfilled").fit(input());
  EXPECT_EQ(fit->fitted_values().error().code, "P18");
}

TEST(RegressionAdapter, RefusesSizesThatDoNotFit) {
  RegressionInput wrong = input();
  wrong.target.pop_back();
  EXPECT_EQ(regression("").fit(wrong).error().message,
            "the sizes of regressors, target and weights do not fit one another");
}

}  // namespace
}  // namespace steppe::testing
