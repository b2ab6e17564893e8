// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/student_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "reference_files.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

double one_quantile(std::vector<ScaledStudent> parts, double probability) {
  return student_sum_quantiles(parts, std::vector<double>{probability}).front();
}

// tests/reference/student_sum.py: another method, by mpmath.
TEST(StudentSum, HasTheQuantilesOfDirectIntegration) {
  int rows = 0;
  for (const auto& cells : test::read_reference("student_sum.csv")) {
    const double expected = test::number(cells.back());
    if (cells.size() != 6 || std::isnan(expected)) continue;
    ++rows;
    const std::vector<ScaledStudent> parts = {{test::number(cells[0]), test::number(cells[1])},
                                              {test::number(cells[2]), test::number(cells[3])}};
    EXPECT_NEAR(one_quantile(parts, test::number(cells[4])), expected, 1e-6) << cells[1];
  }
  EXPECT_EQ(rows, 11);
}

TEST(StudentSum, OfOneVariableIsStudentsT) {
  EXPECT_EQ(one_quantile({{4, 7}}, 0.975), 2 * student_t_quantile(0.975, 7));
  EXPECT_EQ(one_quantile({{4, 7}, {0, 3}}, 0.975), 2 * student_t_quantile(0.975, 7));
}

// 1.959963985: any table.
TEST(StudentSum, OfNormalVariablesIsNormal) {
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_NEAR(one_quantile({{9, infinite}, {16, infinite}}, 0.975), 5 * 1.959963985, 1e-8);
}

// The sum of two Cauchy variables is a Cauchy variable: quantile 2 tan(pi (p - 1/2)).
TEST(StudentSum, OfCauchyVariablesIsCauchy) {
  EXPECT_NEAR(one_quantile({{1, 1}, {1, 1}}, 0.75), 2, 2e-3);
}

TEST(StudentSum, IsSymmetric) {
  const std::vector<ScaledStudent> parts = {{1, 5}, {2, 9}};
  EXPECT_EQ(one_quantile(parts, 0.25), -one_quantile(parts, 0.75));
  EXPECT_EQ(one_quantile(parts, 0.5), 0);
  EXPECT_EQ(one_quantile({}, 0.9), 0);
}

TEST(StudentSum, IsUndefinedForWhatIsNoDistribution) {
  EXPECT_TRUE(std::isnan(one_quantile({{-1, 5}}, 0.9)));
  EXPECT_TRUE(std::isnan(one_quantile({{1, 0}}, 0.9)));
  EXPECT_TRUE(std::isnan(one_quantile({{std::nan(""), 5}}, 0.9)));
  EXPECT_TRUE(std::isnan(one_quantile({{1, 5}}, 1)));
}

}  // namespace
}  // namespace steppe::numerics
