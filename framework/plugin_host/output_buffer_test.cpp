// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/output_buffer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace steppe {
namespace {

using ::testing::ElementsAre;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void fill(OutputBuffer& buffer, const std::vector<double>& values) {
  std::copy(values.begin(), values.end(), buffer.view()->data);
}

TEST(OutputBuffer, HandsItsNumbersOver) {
  OutputBuffer buffer("mean", 2, 2);
  fill(buffer, {1, kNan, 3, 4});
  EXPECT_FALSE(buffer.check_filled().has_value());
  EXPECT_TRUE(buffer.has_nan());
  EXPECT_EQ(buffer.at(1, 0), 3);
  EXPECT_EQ(buffer.take().size(), 4u);
}

TEST(OutputBuffer, FindsTheOneCellThatWasLeftAloneP18) {
  OutputBuffer buffer("mean", 2, 2);
  fill(buffer, {1, 2, 3});
  EXPECT_EQ(buffer.check_filled()->fault, "P18");
  EXPECT_EQ(buffer.check_filled()->message, "returned success without filling mean[2, 2]");
}

TEST(OutputBuffer, FindsAWriteBehindItsEndP12) {
  OutputBuffer buffer("mean", 1, 1);
  fill(buffer, {1, 2});
  EXPECT_EQ(buffer.check_filled()->fault, "P12");
}

TEST(OutputBuffer, OfNoCellsIsAlwaysFilled) {
  EXPECT_FALSE(OutputBuffer("mean", 0, 3).check_filled().has_value());
}

TEST(QuantileOrder, ComparesEachTimeWithItself) {
  OutputBuffer buffer("quantiles", 4, 1);  // two probabilities at two times
  fill(buffer, {1, 9, 1, 9});
  EXPECT_FALSE(check_quantile_order(buffer, 2).has_value());
  fill(buffer, {1, 9, kNan, 9});
  EXPECT_FALSE(check_quantile_order(buffer, 2).has_value());
  fill(buffer, {1, 9, 2, 8});
  EXPECT_EQ(check_quantile_order(buffer, 2)->message,
            "quantiles[4, 1] is below the quantile of a smaller probability");
}

}  // namespace
}  // namespace steppe
