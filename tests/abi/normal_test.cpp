// SPDX-License-Identifier: Apache-2.0
#include "steppe/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace steppe {
namespace {

// Expected values: mpmath with 50 digits, root of log ncdf(z) = log p at the double nearest p.
TEST(NormalQuantile, HasFifteenDigitsFromTheMiddleToTheFarTail) {
  const struct {
    double p, z;
  } cases[] = {{0.025, -1.9599639845400542118},   {0.975, 1.9599639845400538556},
               {0.9, 1.2815515655446005935},      {0.1, -1.2815515655446004353},
               {0.075, -1.4395314709384559349},   {0.925, 1.4395314709384562291},
               {0.95, 1.6448536269514722843},     {0.001, -3.0902323061678135354},
               {0.999999, 4.7534243088170877657}, {1e-10, -6.3613409024040561991},
               {1e-20, -9.2623400897984075796},   {1e-100, -21.273453560965324294},
               {1e-300, -37.047096299361199237}};
  for (const auto& c : cases) {
    EXPECT_NEAR(normal_quantile(c.p), c.z, 1e-15 * std::fabs(c.z)) << "p = " << c.p;
  }
}

TEST(NormalQuantile, IsZeroAtOneHalf) { EXPECT_EQ(normal_quantile(0.5), 0.0); }

TEST(NormalQuantile, IsInfiniteAtTheEnds) {
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
}

TEST(NormalQuantile, IsUndefinedOutsideProbabilities) {
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(std::numeric_limits<double>::quiet_NaN())));
}

}  // namespace
}  // namespace steppe
