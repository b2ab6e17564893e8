// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/philox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace steppe {
namespace {

using ::testing::ElementsAre;

// Random123 1.09, tests/kat_vectors, the three lines "philox4x32 10".
TEST(Philox, GivesThePublishedAnswers) {
  EXPECT_THAT(philox4x32_10({0, 0, 0, 0}, {0, 0}),
              ElementsAre(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  EXPECT_THAT(
      philox4x32_10({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
      ElementsAre(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  EXPECT_THAT(
      philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
      ElementsAre(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
}

TEST(RandomNumbers, DoNotDependOnHowTheyAreAskedFor) {
  std::vector<double> all(101);
  random_uniform(7, 3, 0, all);
  for (const std::size_t from : {std::size_t{0}, std::size_t{1}, std::size_t{50}}) {
    std::vector<double> part(9);
    random_uniform(7, 3, from, part);
    for (std::size_t i = 0; i < part.size(); ++i) EXPECT_EQ(part[i], all[from + i]);
  }
}

TEST(RandomNumbers, DifferBySeedAndStream) {
  double a[1];
  double b[1];
  double c[1];
  random_uniform(7, 3, 0, a);
  random_uniform(8, 3, 0, b);
  random_uniform(7, 4, 0, c);
  EXPECT_NE(a[0], b[0]);
  EXPECT_NE(a[0], c[0]);
  EXPECT_NE(b[0], c[0]);
}

// From the published words of counter 0, key 0: (w1 w0 >> 12 + 0.5) / 2^52 and the normal quantile
// of it, both in mpmath with 30 digits.
TEST(RandomNumbers, FollowFromThePublishedWords) {
  double uniform[2];
  random_uniform(0, 0, 0, uniform);
  EXPECT_EQ(uniform[0], 0.8805201978886142);
  EXPECT_NEAR(uniform[1], 0.605481853879921261, 1e-16);
  double normal[2];
  random_normal(0, 0, 0, normal);
  EXPECT_NEAR(normal[0], 1.17759123905427294872, 1e-15);
  EXPECT_NEAR(normal[1], 0.267562249533099873886, 1e-15);
}

TEST(RandomNumbers, HaveTheMomentsOfTheirDistribution) {
  std::vector<double> x(200000);
  random_normal(42, 0, 0, x);
  double mean = 0;
  double square = 0;
  for (const double v : x) {
    mean += v / 200000;
    square += v * v / 200000;
  }
  EXPECT_NEAR(mean, 0, 0.009);    // four standard errors: 4 / sqrt(200000)
  EXPECT_NEAR(square, 1, 0.013);  // 4 sqrt(2 / 200000)
}

}  // namespace
}  // namespace steppe
