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

TEST(LogarithmicTrend, FitsMiningOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), kMining, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.694912208639680623, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.694912208639680623, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.656776234719640701, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 366.052819397347336, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 362.960574676329473, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 60262028.0156107171, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 29052096164434007.5, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 47803759.91633532, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 45567358.7738117961, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 1.04907901626742551, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.32479804649346633, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -57274757.846406548, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 152882277.679077188, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 116977389.043662825, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 27403395.1845076116, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 4.26871883049715953, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.00272891532721497573, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 53785046.4295543243, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 180169731.657771325, 10);
  EXPECT_DIGITS(run.mean[0], 338481651.825771044, 10);
  EXPECT_DIGITS(run.standard_error[0], 68613035.8825804642, 10);
  EXPECT_DIGITS(run.lower[0], 180259707.351628623, 10);
  EXPECT_DIGITS(run.upper[0], 496703596.299913465, 10);
}

TEST(LogarithmicTrend, FitsInnovationOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), kInnovation, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.385951581992373963, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.385951581992373963, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.309195529741420709, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 202.09578691401785, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 199.003542192999987, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 16586.7775093120821, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 2200969505.14736894, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 9062.17532857733441, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 12542.15409863777, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 0.72253739328251409, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.490543898997763964, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -19860.083887249251, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 37984.4345444039198, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 16913.4711779267174, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 7542.6273209297909, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 2.24238457745275006, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.055219608381931423, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), -479.85861444130568, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 34306.8009702947404, 10);
  EXPECT_DIGITS(run.mean[0], 51090.572329605117, 10);
  EXPECT_DIGITS(run.standard_error[0], 18885.3445179109262, 10);
  EXPECT_DIGITS(run.lower[0], 7540.88977654718141, 10);
  EXPECT_DIGITS(run.upper[0], 94640.2548826630526, 10);
}

TEST(LogarithmicTrend, RefusesTooFewObservations) {  // N1
  expect_refuses_too_few("trend.logarithmic", 3,
                         "2 observations for 2 parameters of a logarithmic trend; at least 3 are "
                         "needed");
}

TEST(LogarithmicTrend, FitsABlockAsItFitsItsSeriesOneByOne) {  // N18, N21
  expect_block_equals_series("trend.logarithmic");
}

TEST(LogarithmicTrend, DoesNotCareForTheScaleOfTheData) {  // N8
  expect_scale_does_not_matter("trend.logarithmic", kMining);
}

TEST(LogarithmicTrend, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run =
      run_trend(open_trend("trend.logarithmic"), std::vector<double>(10, 0.1), {11, 40});
  ASSERT_TRUE(run.fitted);
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_DIGITS(run.mean[0], 0.1, 15);
  EXPECT_TRUE(same_bits(run.mean[0], run.mean[1]));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_original_scale")));
  EXPECT_EQ(warning_text(run, "constant_series"),
            "all observations are equal: the trend is flat, R squared, AICc and BIC are undefined");
}

TEST(LogarithmicTrend, RefusesAValueThatIsMissing) {  // N16
  std::vector<double> y = kMining;
  y[6] = kNan;
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.where, "row 7");
  EXPECT_EQ(run.error.message, "the value is missing or not finite");
}

TEST(LogarithmicTrend, WritesItsEquationWithFifteenDigits) {
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), kInnovation);
  // The last of 15 digits is beyond what rounding in the fit leaves certain.
  EXPECT_THAT(equation(run), ::testing::MatchesRegex(
                                 "y = 9062[.]1753285773[0-9] [+] 16913[.]471177926[0-9] ln.t."));
}

// The source prints 9062.2 and 16913.
TEST(LogarithmicTrend, AgreesWithThePrintedEquation) {
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), kInnovation);
  EXPECT_NEAR(run.parameter("a"), 9062.2, 0.05);
  EXPECT_NEAR(run.parameter("b"), 16913, 0.5);
}

TEST(LogarithmicTrend, RefusesTimesThatAreNotPositive) {  // N6
  const TrendRun run =
      run_trend(open_trend("trend.logarithmic"), {3, 4, 5, 6}, {}, 0.95, {-1, 0, 1, 2});
  EXPECT_EQ(run.error.kind, ErrorKind::kDomainError);
  EXPECT_EQ(run.error.fault, "N6");
  EXPECT_EQ(run.error.where, "row 1");
  EXPECT_EQ(run.error.message,
            "t = -1 has no logarithm; a logarithmic trend needs times above 0: number the "
            "observations from 1");
}

TEST(LogarithmicTrend, GivesBackTheModelOfNoiselessData) {  // N9; e^k has logarithm k
  const double e = 2.718281828459045;
  const TrendRun run = run_trend(open_trend("trend.logarithmic"), {5, 8, 11, 14}, {}, 0.95,
                                 {1, e, e * e, e * e * e});
  EXPECT_DIGITS(run.parameter("a"), 5.0, 14);
  EXPECT_DIGITS(run.parameter("b"), 3.0, 14);
  EXPECT_THAT(warnings(run), Contains("exact_fit"));
}

}  // namespace
}  // namespace steppe
