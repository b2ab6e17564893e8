// SPDX-License-Identifier: Apache-2.0
#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

// By hand: average 3, squared residuals 4 + 0 + 1 + 9, so sigma^2 = 14/3; FPP3 5.5 gives the
// standard error sigma sqrt(1 + 1/4).
TEST(Mean, SolvesACaseByHand) {
  const TrendRun run = run_trend(open_trend("trend.mean"), {1, 3, 2, 6}, {5, 9});
  EXPECT_THAT(run.mean, ElementsAre(3, 3));
  EXPECT_DIGITS(run.standard_error[1], std::sqrt(14.0 / 3 * 5 / 4), 15);
  EXPECT_DIGITS(run.upper[0], 3 + 1.959963984540054 * std::sqrt(35.0 / 6), 14);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), std::sqrt(14.0 / 12), 14);
  EXPECT_NEAR(run.scalars.at("r_squared_fit_scale"), 0.0, 1e-15);
  EXPECT_EQ(equation(run), "y = 3");
}

TEST(Mean, RefusesOneObservation) {  // N1
  const TrendRun run = run_trend(open_trend("trend.mean"), {4});
  EXPECT_EQ(run.error.message, "1 observations; a mean forecast needs at least 2");
}

TEST(Mean, FlagsAConstantSeries) {  // N2
  const TrendRun run = run_trend(open_trend("trend.mean"), std::vector<double>(7, 0.1), {8});
  EXPECT_EQ(run.mean[0], 0.1);
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit", "undefined_statistics"));
}

}  // namespace
}  // namespace steppe
