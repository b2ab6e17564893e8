// SPDX-License-Identifier: Apache-2.0
#include "data/key_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(KeyIndex, NumbersKeysInTheOrderTheyCome) {
  KeyIndex index;
  EXPECT_EQ(index.id_of("b"), 0u);
  EXPECT_EQ(index.id_of(""), 1u);
  EXPECT_EQ(index.id_of("a"), 2u);
  EXPECT_EQ(index.id_of("b"), 0u);
  EXPECT_EQ(index.key(1), "");
  EXPECT_THAT(index.sorted_ids(), ::testing::ElementsAre(1, 2, 0));
}

TEST(KeyIndex, KeepsItsNumbersWhenItGrows) {
  KeyIndex index;
  for (std::uint32_t i = 0; i < 10000; ++i) ASSERT_EQ(index.id_of("key" + std::to_string(i)), i);
  for (std::uint32_t i = 0; i < 10000; ++i) ASSERT_EQ(index.id_of("key" + std::to_string(i)), i);
  EXPECT_EQ(index.size(), 10000u);
}

}  // namespace
}  // namespace steppe
