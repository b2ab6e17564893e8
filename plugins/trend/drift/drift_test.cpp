// SPDX-License-Identifier: Apache-2.0
#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

// By hand: b = 5/3, residuals 1/3, -8/3, 7/3, so sigma^2 = (114/9) / 2 = 19/3; FPP3 5.5 gives the
// standard error sigma sqrt(h (1 + h/3)).
TEST(Drift, SolvesACaseByHand) {
  const TrendRun run = run_trend(open_trend("trend.drift"), {1, 3, 2, 6}, {5, 7});
  EXPECT_DIGITS(run.parameter("b"), 5.0 / 3, 15);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), std::sqrt(19.0 / 9), 14);
  EXPECT_DIGITS(run.mean[0], 6 + 5.0 / 3, 15);
  EXPECT_DIGITS(run.mean[1], 11.0, 15);
  EXPECT_DIGITS(run.standard_error[0], std::sqrt(19.0 / 3 * 4 / 3), 14);
  EXPECT_DIGITS(run.standard_error[1], std::sqrt(19.0 / 3 * 6), 14);
  EXPECT_DIGITS(run.upper[1], 11 + 1.959963984540054 * std::sqrt(38.0), 14);
  EXPECT_DIGITS(run.scalars.at("sse"), 114.0 / 9, 14);
  EXPECT_EQ(equation(run), "y = 6 + 1.66666666666667 h");
}

TEST(Drift, RefusesTwoObservations) {  // N1
  const TrendRun run = run_trend(open_trend("trend.drift"), {4, 5});
  EXPECT_EQ(run.error.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(run.error.message, "2 observations; a drift forecast needs at least 3");
}

TEST(Drift, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run = run_trend(open_trend("trend.drift"), {0.3, 0.3, 0.3}, {4, 9});
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_EQ(run.mean[1], 0.3);
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit", "undefined_statistics"));
}

TEST(Drift, CountsStepsOfCalendarYears) {
  const TrendRun run =
      run_trend(open_trend("trend.drift"), {1, 3, 2, 6}, {2015}, 0.95, {2010, 2011, 2012, 2013});
  EXPECT_DIGITS(run.mean[0], 6 + 10.0 / 3, 15);
}

}  // namespace
}  // namespace steppe
