// SPDX-License-Identifier: Apache-2.0
#include "core/number_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace steppe {
namespace {

TEST(NumberText, ShortestTextReadsBackAsTheSameDouble) {
  EXPECT_EQ(shortest_text(0.1), "0.1");
  EXPECT_EQ(shortest_text(-2.5), "-2.5");
  EXPECT_EQ(shortest_text(6044285.389308647), "6044285.389308647");
}

TEST(NumberText, SignificantTextRoundsAndDropsTrailingZeros) {
  EXPECT_EQ(significant_text(489412367.59, 6), "489412000");
  EXPECT_EQ(significant_text(0.0001234567, 4), "0.0001235");
  EXPECT_EQ(significant_text(0.830053, 4), "0.8301");
  EXPECT_EQ(significant_text(2.0, 6), "2");
  EXPECT_EQ(significant_text(0.0, 6), "0");
}

TEST(NumberText, SignificantTextUsesTheExponentFormFarFromOne) {
  EXPECT_EQ(significant_text(1.5e-7, 6), "1.5e-07");
  EXPECT_EQ(significant_text(1.25e20, 6), "1.25e+20");
}

TEST(NumberText, SpellsWhatIsNotFinite) {
  EXPECT_EQ(significant_text(std::numeric_limits<double>::infinity(), 6), "inf");
  EXPECT_EQ(shortest_text(std::numeric_limits<double>::quiet_NaN()), "nan");
}

}  // namespace
}  // namespace steppe
