// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "evaluation/accuracy.hpp"
#include "evaluation/rolling_origin.hpp"
#include "evaluation/selection.hpp"

namespace steppe {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Selection, TakesTheLargestOrTheSmallest) {
  const std::vector<double> values = {0.2, 0.9, 0.5};
  EXPECT_EQ(best_index(values, true), 1u);
  EXPECT_EQ(best_index(values, false), 0u);
}

TEST(Selection, PassesOverUndefinedValues) {
  const std::vector<double> values = {kNaN, 3.0, 2.0, kNaN};
  EXPECT_EQ(best_index(values, true), 1u);
  EXPECT_EQ(best_index(values, false), 2u);
}

TEST(Selection, FindsNoneAmongUndefinedValues) {
  EXPECT_EQ(best_index(std::vector<double>{kNaN, kNaN}, true), std::nullopt);
  EXPECT_EQ(best_index(std::vector<double>{}, true), std::nullopt);
}

TEST(Selection, LetsTheFirstOfEqualsWin) {
  EXPECT_EQ(best_index(std::vector<double>{1.0, 1.0}, true), 0u);
}

TEST(RollingOrigin, JudgesTheLastOriginsOverTheHorizon) {
  const auto splits = rolling_origins(10, 5, 4, 2);
  ASSERT_EQ(splits.size(), 4u);
  EXPECT_EQ(splits[0].train, 6u);
  EXPECT_EQ(splits[0].test, 2u);
  EXPECT_EQ(splits[3].train, 9u);
  EXPECT_EQ(splits[3].test, 1u);
}

// N15: no fold with an empty train or test part.
TEST(RollingOrigin, GivesNoSplitToASeriesThatIsTooShort) {
  EXPECT_TRUE(rolling_origins(5, 5, 4, 2).empty());
  EXPECT_TRUE(rolling_origins(0, 1, 4, 2).empty());
  EXPECT_TRUE(rolling_origins(10, 5, 4, 0).empty());
}

TEST(Accuracy, AgreesWithAHandCalculation) {
  ErrorTally tally;  // errors 3 and -4
  tally.add(10, 7);
  tally.add(10, 14);
  EXPECT_DOUBLE_EQ(tally.mae(), 3.5);
  EXPECT_DOUBLE_EQ(tally.rmse(), std::sqrt(12.5));
  EXPECT_EQ(tally.count(), 2u);
}

TEST(Accuracy, IsUndefinedWithoutErrorsAndWithAMissingForecast) {
  EXPECT_TRUE(std::isnan(ErrorTally().mae()));
  ErrorTally tally;
  tally.add(10, kNaN);
  EXPECT_TRUE(std::isnan(tally.mae()));
}

}  // namespace
}  // namespace steppe
