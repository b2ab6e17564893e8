// SPDX-License-Identifier: Apache-2.0
#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

// By hand: steps 2, -1, 4 have the mean square 7; FPP3 5.5 gives the standard error sqrt(7 h). The
// normal 97.5 % quantile is 1.959963984540054.
TEST(Naive, SolvesACaseByHand) {
  const TrendRun run = run_trend(open_trend("trend.naive"), {1, 3, 2, 6}, {5, 6, 8});
  EXPECT_THAT(run.mean, ElementsAre(6, 6, 6));
  EXPECT_DIGITS(run.standard_error[0], std::sqrt(7.0), 15);
  EXPECT_DIGITS(run.standard_error[2], std::sqrt(28.0), 15);
  EXPECT_DIGITS(run.upper[2], 6 + 1.959963984540054 * std::sqrt(28.0), 14);
  EXPECT_DIGITS(run.lower[0], 6 - 1.959963984540054 * std::sqrt(7.0), 13);
  EXPECT_TRUE(std::isnan(run.fitted_values[0]));
  EXPECT_EQ(run.fitted_values[3], 2);
  EXPECT_EQ(equation(run), "y = 6");
}

TEST(Naive, RefusesOneObservation) {  // N1
  const TrendRun run = run_trend(open_trend("trend.naive"), {4});
  EXPECT_EQ(run.error.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(run.error.message, "1 observations; a naive forecast needs at least 2");
}

TEST(Naive, FlagsAConstantSeries) {  // N2
  const TrendRun run = run_trend(open_trend("trend.naive"), {0.3, 0.3, 0.3}, {4});
  EXPECT_EQ(run.mean[0], 0.3);
  EXPECT_EQ(run.standard_error[0], 0.0);
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit", "undefined_statistics"));
}

TEST(Naive, DoesNotCareForTheScaleOfTheData) {  // N8
  const TrendRun plain = run_trend(open_trend("trend.naive"), kMining, {11});
  const TrendRun large =
      run_trend(open_trend("trend.naive"), times(std::ldexp(1.0, 960), kMining), {11});
  EXPECT_DIGITS(large.upper[0], std::ldexp(plain.upper[0], 960), 14);
}

}  // namespace
}  // namespace steppe
