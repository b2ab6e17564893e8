// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/double_double.hpp"

#include <gtest/gtest.h>

namespace steppe::numerics {
namespace {

TEST(DoubleDouble, KeepsASmallAddendBesideALargeOne) {
  const DoubleDouble sum = DoubleDouble(1e20) + 1.0 - 1e20;
  EXPECT_EQ(sum.value(), 1.0);
}

TEST(DoubleDouble, MultipliesTwoDoublesExactly) {
  // (2^52 + 1)(2^52 - 1) = 2^104 - 1.
  const DoubleDouble product = DoubleDouble(4503599627370497.0) * 4503599627370495.0;
  EXPECT_EQ(product.high, 20282409603651670423947251286016.0);
  EXPECT_EQ(product.low, -1.0);
}

TEST(DoubleDouble, DividesToThirtyDigits) {
  const DoubleDouble third = DoubleDouble(1.0) / 3.0;
  EXPECT_LT(magnitude(third * 3.0 - 1.0), 1e-31);
  EXPECT_NE(third.low, 0.0);
}

TEST(DoubleDouble, TakesRootsToThirtyDigits) {
  const DoubleDouble root = sqrt(DoubleDouble(2.0));
  // sqrt(2) = 1.41421356237309504880168872420969807857; the double nearest to it differs by
  // -9.667293313452913e-17.
  EXPECT_EQ(root.high, 1.4142135623730951);
  EXPECT_NEAR(root.low, -9.667293313452913e-17, 1e-31);
  EXPECT_EQ(sqrt(DoubleDouble(0.0)).value(), 0.0);
}

TEST(DoubleDouble, ScalesByPowersOfTwoExactly) {
  const DoubleDouble value = DoubleDouble(1.0) / 3.0;
  EXPECT_EQ(scaled(scaled(value, 300), -300).high, value.high);
  EXPECT_EQ(scaled(scaled(value, 300), -300).low, value.low);
}

}  // namespace
}  // namespace steppe::numerics
