// SPDX-License-Identifier: Apache-2.0
#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

TEST(PowerTrend, FitsMiningOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.power"), kMining, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.81214882771702027, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.762913232355269272, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.788667431181647804, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 363.531085463593107, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 360.438840742575244, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 0.221557758013821812, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 0.392702721088889786, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 82991950.8975139042, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 13903785.1674653376, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), 56396932.1318497022, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 122128343.748783589, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 0.592520583780899774, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 0.100750588703610811, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 5.88106324146634357, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.000369557678213820037, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 0.360189309606119041, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 0.824851857955680507, 10);
  EXPECT_DIGITS(run.mean[0], 361803759.761145391, 10);
  EXPECT_DIGITS(run.standard_error[0], 95738581.7171752907, 10);
  EXPECT_DIGITS(run.lower[0], 202226306.970212085, 10);
  EXPECT_DIGITS(run.upper[0], 647304312.374069389, 10);
}

TEST(PowerTrend, FitsInnovationOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.power"), kInnovation, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.478046101354175581, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.400080971006096513, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.412801864023447529, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 201.862996041062452, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 198.770751320044589, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 0.434958560845258918, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 1.51351159722063044, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 13330.8840550069782, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 4384.46843119422958, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), 6244.17454584525677, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 28460.5224250634469, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 0.535392551229097281, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 0.197791905188448948, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 2.70684763726298451, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.0267885035919830925, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 0.0792835999546235364, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 0.991501502503571026, 10);
  EXPECT_DIGITS(run.mean[0], 50424.8426567514016, 10);
  EXPECT_DIGITS(run.standard_error[0], 30052.7789260161301, 10);
  EXPECT_DIGITS(run.lower[0], 16094.4012586524058, 10);
  EXPECT_DIGITS(run.upper[0], 157984.426764008408, 10);
}

TEST(PowerTrend, RefusesTooFewObservations) {  // N1
  expect_refuses_too_few("trend.power", 3,
                         "2 observations for 2 parameters of a power trend; at least 3 are "
                         "needed");
}

TEST(PowerTrend, FitsABlockAsItFitsItsSeriesOneByOne) {  // N18, N21
  expect_block_equals_series("trend.power");
}

TEST(PowerTrend, DoesNotCareForTheScaleOfTheData) {  // N8
  expect_scale_does_not_matter("trend.power", kMining);
}

TEST(PowerTrend, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run = run_trend(open_trend("trend.power"), std::vector<double>(10, 0.1), {11, 40});
  ASSERT_TRUE(run.fitted);
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_DIGITS(run.mean[0], 0.1, 15);
  EXPECT_TRUE(same_bits(run.mean[0], run.mean[1]));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_original_scale")));
  EXPECT_EQ(warning_text(run, "constant_series"),
            "all observations are equal: the trend is flat, R squared, AICc and BIC are undefined");
}

TEST(PowerTrend, RefusesAValueThatIsMissing) {  // N16
  std::vector<double> y = kMining;
  y[6] = kNan;
  const TrendRun run = run_trend(open_trend("trend.power"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.where, "row 7");
  EXPECT_EQ(run.error.message, "the value is missing or not finite");
}

TEST(PowerTrend, RefusesNonPositiveObservations) {  // N6
  std::vector<double> y = kInnovation;
  y[4] = 0;
  y[7] = -3;
  const TrendRun run = run_trend(open_trend("trend.power"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kDomainError);
  EXPECT_EQ(run.error.fault, "N6");
  EXPECT_EQ(run.error.where, "row 5");
  EXPECT_EQ(
      run.error.message,
      "y = 0 has no logarithm; a power trend needs every value above 0: choose another trend");
}

TEST(PowerTrend, RefusesValuesThatSpanTheWholeRangeOfDouble) {  // N8
  const TrendRun run = run_trend(open_trend("trend.power"), {1e-320, 1, 1e300, 5});
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.message,
            "the values span more than 300 powers of ten; choose another unit or check the data");
}

TEST(PowerTrend, SaysThatItFitsOnTheLogarithmicScale) {
  const TrendRun run = run_trend(open_trend("trend.power"), kInnovation);
  EXPECT_THAT(warnings(run), ElementsAre("ln_scale_fit"));
  EXPECT_EQ(warning_text(run, "ln_scale_fit"),
            "fitted by least squares on ln y: r_squared_fit_scale is that of ln y and may not be "
            "compared with the R squared of trends fitted on y");
  EXPECT_EQ(*run.report.text("point_forecast"), "median");
}

TEST(PowerTrend, WritesItsEquationWithFifteenDigits) {
  // The last of 15 digits is beyond what rounding in the fit leaves certain.
  EXPECT_THAT(equation(run_trend(open_trend("trend.power"), kInnovation)),
              ::testing::MatchesRegex("y = 13330[.]88405500[0-9]+ t.0[.]5353925512290[0-9]+"));
  EXPECT_EQ(equation(run_trend(open_trend("trend.power"), {8, 4, 8.0 / 3, 2})), "y = 8 t^(-1)");
}

// The source prints 13331 and 0.5354.
TEST(PowerTrend, AgreesWithThePrintedEquation) {
  const TrendRun run = run_trend(open_trend("trend.power"), kInnovation);
  EXPECT_NEAR(run.parameter("a"), 13331, 0.5);
  EXPECT_NEAR(run.parameter("b"), 0.5354, 5e-5);
}

// 50-digit arithmetic: exp(z0 + v/2) at t = 12.
TEST(PowerTrend, ForecastsTheMeanWhenAsked) {
  const TrendModel model = open_trend("trend.power", {{"point", std::string("mean")}});
  EXPECT_DIGITS(run_trend(model, kInnovation, {12}).mean[0], 57003.4905105054265, 10);
}

TEST(PowerTrend, RefusesTimesThatAreNotPositive) {  // N6
  const TrendRun run = run_trend(open_trend("trend.power"), {3, 4, 5, 6}, {}, 0.95, {0, 1, 2, 3});
  EXPECT_EQ(run.error.kind, ErrorKind::kDomainError);
  EXPECT_EQ(run.error.where, "row 1");
  EXPECT_EQ(run.error.message,
            "t = 0 has no logarithm; a power trend needs times above 0: number the observations "
            "from 1");
}

TEST(PowerTrend, GivesBackTheModelOfNoiselessData) {  // N9: y = 2 t^3
  const TrendRun run = run_trend(open_trend("trend.power"), {2, 16, 54, 128, 250}, {6});
  EXPECT_DIGITS(run.parameter("a"), 2.0, 14);
  EXPECT_DIGITS(run.parameter("b"), 3.0, 14);
  EXPECT_DIGITS(run.mean[0], 432.0, 14);
  EXPECT_THAT(warnings(run), Contains("exact_fit"));
}

}  // namespace
}  // namespace steppe
