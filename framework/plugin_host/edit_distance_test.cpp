// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/edit_distance.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);  // the textbook's example
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("abc", "abc"), 0u);
}

TEST(NearestName, IsTheNearestOrNone) {
  EXPECT_EQ(nearest_name("trend.liner", {"trend.drift", "trend.linear"}), "trend.linear");
  EXPECT_EQ(nearest_name("trend.theta", {"source.csv"}), "");
  EXPECT_EQ(nearest_name("x", {}), "");
}

}  // namespace
}  // namespace steppe
