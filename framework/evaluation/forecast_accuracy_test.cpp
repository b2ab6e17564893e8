// SPDX-License-Identifier: Apache-2.0
#include "evaluation/forecast_accuracy.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace steppe {
namespace {

// Two origins; errors 1 step ahead 2 and -4, 2 steps ahead 6; naive errors 4, -4 and 8.
std::vector<BacktestSeries> two_origins() {
  return {{"a", {{2010, 1, 10, 8, 6, {7}, {9}}, {2010, 2, 20, 14, 12, {10}, {22}}}},
          {"b", {{2011, 1, 8, 12, 12, {8}, {16}}}}};
}

TEST(ForecastAccuracy, AgreesWithAHandCalculationByHorizon) {
  const auto accuracy = forecast_accuracy(two_origins(), 1);
  ASSERT_EQ(accuracy.size(), 3u);
  const HorizonAccuracy& one = accuracy[0];
  EXPECT_EQ(one.step, 1);
  EXPECT_EQ(one.count, 2u);
  EXPECT_DOUBLE_EQ(one.mean_error, -1);         // (2 - 4) / 2
  EXPECT_DOUBLE_EQ(one.mae, 3);                 // (2 + 4) / 2
  EXPECT_DOUBLE_EQ(one.rmse, std::sqrt(10.0));  // (4 + 16) / 2
  EXPECT_DOUBLE_EQ(one.mape, 0.35);             // (2/10 + 4/8) / 2
  EXPECT_DOUBLE_EQ(one.relative_mae, 0.75);     // 3 / ((4 + 4) / 2)
  EXPECT_EQ(one.covered,
            std::vector<double>({0.5}));           // 10 is outside [7, 9], 8 at the end of [8, 16]
  EXPECT_EQ(one.width, std::vector<double>({5}));  // (2 + 8) / 2
  EXPECT_EQ(accuracy[1].step, 2);
  EXPECT_DOUBLE_EQ(accuracy[1].mean_error, 6);
}

TEST(ForecastAccuracy, EndsWithAllHorizonsTogether) {
  const HorizonAccuracy all = forecast_accuracy(two_origins(), 1).back();
  EXPECT_EQ(all.step, 0);
  EXPECT_EQ(all.count, 3u);
  EXPECT_DOUBLE_EQ(all.mae, 4);              // (2 + 4 + 6) / 3
  EXPECT_DOUBLE_EQ(all.relative_mae, 0.75);  // 4 / ((4 + 4 + 8) / 3)
}

TEST(ForecastAccuracy, IsEmptyWithoutForecasts) { EXPECT_TRUE(forecast_accuracy({}, 1).empty()); }

TEST(ForecastAccuracy, HasNoPercentageWhereAnActualValueIsZero) {
  const std::vector<BacktestSeries> series = {{"", {{2010, 1, 0, 1, 2, {}, {}}}}};
  const HorizonAccuracy all = forecast_accuracy(series, 0).back();
  EXPECT_TRUE(std::isnan(all.mape));
  EXPECT_DOUBLE_EQ(all.mae, 1);
}

TEST(ForecastAccuracy, IsNotRelativeToAPerfectNaiveForecast) {
  const std::vector<BacktestSeries> series = {{"", {{2010, 1, 5, 6, 5, {}, {}}}}};
  EXPECT_TRUE(std::isnan(forecast_accuracy(series, 0).back().relative_mae));
}

TEST(ForecastAccuracy, CountsIntervalsApartFromForecasts) {
  const std::vector<BacktestSeries> series = {
      {"", {{2010, 1, 5, 6, 4, {NAN}, {NAN}}, {2011, 1, 5, 6, 4, {4}, {8}}}}};
  const HorizonAccuracy all = forecast_accuracy(series, 1).back();
  EXPECT_EQ(all.count, 2u);
  EXPECT_EQ(all.with_interval, 1u);
  EXPECT_EQ(all.covered, std::vector<double>({1}));
  EXPECT_EQ(all.width, std::vector<double>({4}));
}

}  // namespace
}  // namespace steppe
