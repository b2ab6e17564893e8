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

TEST(PolynomialTrend, FitsMiningOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.polynomial"), kMining, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.830053025256112171, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.830053025256112171, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.781496746757858506, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 366.201688391437727, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 359.412028763413909, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 48082165.7330448329, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 16183262631059935.3, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 99324807.2666666667, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 56551931.4304912773, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 1.75634686126941736, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.122453587945305872, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -34399261.2682852845, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 233048875.801618618, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 9107861.96666666667, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 23618470.7141181531, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 0.38562454262639284, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.711225981175775787, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), -46740946.6694710894, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 64956670.6028044227, 10);
  EXPECT_DIGITS(run.parameter("c", "estimate"), 1949952.89393939394, 10);
  EXPECT_DIGITS(run.parameter("c", "standard_error"), 2092507.67602045559, 10);
  EXPECT_DIGITS(run.parameter("c", "t"), 0.931873711282066481, 10);
  EXPECT_DIGITS(run.parameter("c", "p"), 0.382418016413596124, 10);
  EXPECT_DIGITS(run.parameter("c", "lower_95"), -2998041.5034226344, 10);
  EXPECT_DIGITS(run.parameter("c", "upper_95"), 6897947.29130142228, 10);
  EXPECT_DIGITS(run.mean[0], 489412367.593939394, 10);
  EXPECT_DIGITS(run.standard_error[0], 93748080.4320991336, 10);
  EXPECT_DIGITS(run.lower[0], 267733383.063926736, 10);
  EXPECT_DIGITS(run.upper[0], 711091352.123952052, 10);
}

TEST(PolynomialTrend, FitsInnovationOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.polynomial"), kInnovation, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.554923282228469291, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.554923282228469291, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.42775850572231766, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 204.877515764674655, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 198.087856136650838, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 15096.4253079346497, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 1595314399.54634848, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 25734.525, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 17755.6895752122846, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 1.4493678148060505, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.190511115953297921, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -16251.0091733001692, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 67720.0591733001692, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), -3518.8494696969697, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 7415.52452114863613, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), -0.474524689340776867, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.649572293483815247, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), -21053.7785906860113, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 14016.0796512920719, 10);
  EXPECT_DIGITS(run.parameter("c", "estimate"), 733.198106060606061, 10);
  EXPECT_DIGITS(run.parameter("c", "standard_error"), 656.987582728884437, 10);
  EXPECT_DIGITS(run.parameter("c", "t"), 1.11599994480134796, 10);
  EXPECT_DIGITS(run.parameter("c", "p"), 0.301261381168020536, 10);
  EXPECT_DIGITS(run.parameter("c", "lower_95"), -820.330665055435445, 10);
  EXPECT_DIGITS(run.parameter("c", "upper_95"), 2286.72687717664757, 10);
  EXPECT_DIGITS(run.mean[0], 89088.8586363636364, 10);
  EXPECT_DIGITS(run.standard_error[0], 29434.2168749854313, 10);
  EXPECT_DIGITS(run.lower[0], 19487.9955871314778, 10);
  EXPECT_DIGITS(run.upper[0], 158689.721685595795, 10);
}

TEST(PolynomialTrend, RefusesTooFewObservations) {  // N1
  expect_refuses_too_few("trend.polynomial", 4,
                         "3 observations for 3 parameters of a polynomial trend; at least 4 are "
                         "needed");
}

TEST(PolynomialTrend, FitsABlockAsItFitsItsSeriesOneByOne) {  // N18, N21
  expect_block_equals_series("trend.polynomial");
}

TEST(PolynomialTrend, DoesNotCareForTheScaleOfTheData) {  // N8
  expect_scale_does_not_matter("trend.polynomial", kMining);
}

TEST(PolynomialTrend, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run =
      run_trend(open_trend("trend.polynomial"), std::vector<double>(10, 0.1), {11, 40});
  ASSERT_TRUE(run.fitted);
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_DIGITS(run.mean[0], 0.1, 15);
  EXPECT_TRUE(same_bits(run.mean[0], run.mean[1]));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_original_scale")));
  EXPECT_EQ(warning_text(run, "constant_series"),
            "all observations are equal: the trend is flat, R squared, AICc and BIC are undefined");
}

TEST(PolynomialTrend, RefusesAValueThatIsMissing) {  // N16
  std::vector<double> y = kMining;
  y[6] = kNan;
  const TrendRun run = run_trend(open_trend("trend.polynomial"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.where, "row 7");
  EXPECT_EQ(run.error.message, "the value is missing or not finite");
}

TEST(PolynomialTrend, WritesItsEquationWithFifteenDigits) {
  const TrendRun run = run_trend(open_trend("trend.polynomial"), kInnovation);
  EXPECT_THAT(equation(run),
              ::testing::MatchesRegex("y = 25734[.]52[0-9]+ - 3518[.]849469696[0-9]+ t [+] "
                                      "733[.]19810606060[0-9] t.2"));
}

// NIST StRD, linear least squares, Wampler1: y = 1 + x + x^2 + x^3 + x^4 + x^5, x = 0..20;
// certified coefficients all 1, residual standard deviation 0.
TEST(PolynomialTrend, ReproducesWampler1) {
  std::vector<double> y;
  std::vector<double> t;
  for (int x = 0; x <= 20; ++x) {
    t.push_back(x);
    y.push_back(1.0 + x * (1.0 + x * (1.0 + x * (1.0 + x * (1.0 + x)))));
  }
  const TrendRun run =
      run_trend(open_trend("trend.polynomial", {{"order", std::int64_t{5}}}), y, {}, 0.95, t);
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    EXPECT_DIGITS(run.parameter(name), 1.0, 8);
  }
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit"));
}

// NIST StRD, linear least squares, Wampler4: certified values.
TEST(PolynomialTrend, ReproducesWampler4) {
  const std::vector<double> y = {75901,   -204794, 204863,  -204436, 253665,  -200894, 214131,
                                 -185192, 221249,  -138370, 315911,  -27644,  455253,  197434,
                                 783995,  608816,  1370781, 1303798, 2205519, 2408860, 3444321};
  std::vector<double> t;
  for (int x = 0; x <= 20; ++x) t.push_back(x);
  const TrendRun run =
      run_trend(open_trend("trend.polynomial", {{"order", std::int64_t{5}}}), y, {}, 0.95, t);
  const double errors[] = {215232.62467816968, 236355.17346968052, 77934.352433158309,
                           10147.550755034965, 564.56651217075157, 11.232485467931194};
  const char* names[] = {"a", "b", "c", "d", "e", "f"};
  for (std::size_t k = 0; k < 6; ++k) {
    EXPECT_DIGITS(run.parameter(names[k]), 1.0, 7);
    EXPECT_DIGITS(run.parameter(names[k], "standard_error"), errors[k], 12);
  }
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 236014.50237926765, 13);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.95747844082566218, 13);
}

TEST(PolynomialTrend, KeepsTheDigitsOfCalendarYears) {  // N5
  std::vector<double> years;
  for (int i = 0; i < 10; ++i) years.push_back(2010 + i);
  const TrendRun run = run_trend(open_trend("trend.polynomial"), kMining, {2021}, 0.95, years);
  EXPECT_DIGITS(run.mean[0], 489412367.593939394, 14);
  EXPECT_DIGITS(run.parameter("c"), 1949952.89393939394, 12);
}

TEST(PolynomialTrend, GivesBackASixthDegree) {  // N9
  std::vector<double> y;
  for (int t = 1; t <= 9; ++t) y.push_back(std::pow(t - 4.0, 6) - 2 * t);
  const TrendRun run =
      run_trend(open_trend("trend.polynomial", {{"order", std::int64_t{6}}}), y, {10});
  EXPECT_DIGITS(run.parameter("g"), 1.0, 12);
  EXPECT_DIGITS(run.mean[0], 46636.0, 12);  // 6^6 - 20
}

// y = 7 + 2 t^2 with a fixed at 7.
TEST(PolynomialTrend, TakesAFixedIntercept) {
  const TrendModel model = open_trend("trend.polynomial", {{"intercept", 7.0}});
  const TrendRun run = run_trend(model, {9, 15, 25, 39, 57}, {6});
  EXPECT_EQ(run.parameter("a"), 7.0);
  EXPECT_NEAR(run.parameter("b"), 0.0, 1e-13);
  EXPECT_DIGITS(run.parameter("c"), 2.0, 14);
  EXPECT_DIGITS(run.mean[0], 79.0, 14);
}

}  // namespace
}  // namespace steppe
