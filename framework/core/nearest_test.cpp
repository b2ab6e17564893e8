// SPDX-License-Identifier: Apache-2.0
#include "core/nearest.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Nearest, FindsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("polinomial", {"power", "polynomial", "linear"}), "polynomial");
  EXPECT_EQ(nearest("lienar", {"power", "polynomial", "linear"}), "linear");  // a swap
  EXPECT_EQ(nearest("rnu", {"run", "schema"}), "run");
}

TEST(Nearest, FindsNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest("banana", {"power", "linear"}), "");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace steppe
