// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>

#include "reference_files.hpp"
#include "testing_values.hpp"

namespace steppe::numerics {
namespace {

using test::kInfinity;
using test::kNaN;

// Values from tests/reference/distributions.py: mpmath, 40 digits.
void expect_reference(const std::string& name,
                      const std::function<double(double, double, double)>& function) {
  int rows = 0;
  for (const auto& cells : test::read_reference("distributions.csv")) {
    if (cells[0] != name) continue;
    ++rows;
    const double expected = test::number(cells[4]);
    const double computed =
        function(test::number(cells[1]), test::number(cells[2]), test::number(cells[3]));
    EXPECT_LE(std::abs(computed - expected), 1e-13 * std::abs(expected))
        << name << "(" << cells[1] << ", " << cells[2] << ", " << cells[3] << ") = " << computed
        << ", expected " << cells[4];
  }
  EXPECT_GT(rows, 10) << "no reference rows for " << name;
}

TEST(Distributions, StudentTCdfHasThirteenDigits) {
  expect_reference("student_t_cdf", [](double t, double v, double) { return student_t_cdf(t, v); });
}

TEST(Distributions, StudentTTwoSidedPHasThirteenDigits) {
  expect_reference("student_t_two_sided_p",
                   [](double t, double v, double) { return student_t_two_sided_p(t, v); });
}

TEST(Distributions, StudentTQuantileHasThirteenDigits) {
  expect_reference("student_t_quantile",
                   [](double p, double v, double) { return student_t_quantile(p, v); });
}

TEST(Distributions, FUpperTailHasThirteenDigits) {
  expect_reference("f_upper_tail",
                   [](double f, double a, double b) { return f_upper_tail(f, a, b); });
}

TEST(Distributions, NormalCdfHasThirteenDigits) {
  expect_reference("normal_cdf", [](double z, double, double) { return normal_cdf(z); });
}

TEST(Distributions, NormalQuantileHasThirteenDigits) {
  expect_reference("normal_quantile", [](double p, double, double) { return normal_quantile(p); });
}

TEST(Distributions, ChiSquaredUpperTailHasThirteenDigits) {
  expect_reference("chi_squared_upper_tail",
                   [](double x, double v, double) { return chi_squared_upper_tail(x, v); });
}

TEST(Distributions, GiveNaNForNaNAndForDegreesOfFreedomThatAreNotPositive) {
  for (const double dof : {0.0, -1.0, kNaN, -kInfinity}) {
    EXPECT_TRUE(std::isnan(student_t_cdf(1.0, dof)));
    EXPECT_TRUE(std::isnan(student_t_two_sided_p(1.0, dof)));
    EXPECT_TRUE(std::isnan(student_t_quantile(0.9, dof)));
    EXPECT_TRUE(std::isnan(f_upper_tail(1.0, dof, 3.0)));
    EXPECT_TRUE(std::isnan(f_upper_tail(1.0, 3.0, dof)));
    EXPECT_TRUE(std::isnan(chi_squared_upper_tail(1.0, dof)));
  }
  EXPECT_TRUE(std::isnan(student_t_cdf(kNaN, 3.0)));
  EXPECT_TRUE(std::isnan(student_t_two_sided_p(kNaN, 3.0)));
  EXPECT_TRUE(std::isnan(f_upper_tail(kNaN, 3.0, 3.0)));
  EXPECT_TRUE(std::isnan(normal_cdf(kNaN)));
  EXPECT_TRUE(std::isnan(chi_squared_upper_tail(kNaN, 3.0)));
}

TEST(Distributions, GiveNaNForAProbabilityOutsideZeroToOne) {
  for (const double p : {-0.1, 1.1, kNaN, kInfinity}) {
    EXPECT_TRUE(std::isnan(student_t_quantile(p, 3.0)));
    EXPECT_TRUE(std::isnan(normal_quantile(p)));
  }
}

TEST(Distributions, GiveTheLimitForInfiniteArguments) {
  EXPECT_EQ(student_t_cdf(kInfinity, 3.0), 1.0);
  EXPECT_EQ(student_t_cdf(-kInfinity, 3.0), 0.0);
  EXPECT_EQ(student_t_two_sided_p(-kInfinity, 3.0), 0.0);
  EXPECT_EQ(student_t_quantile(0.0, 3.0), -kInfinity);
  EXPECT_EQ(student_t_quantile(1.0, 3.0), kInfinity);
  EXPECT_EQ(f_upper_tail(kInfinity, 2.0, 3.0), 0.0);
  EXPECT_EQ(f_upper_tail(-1.0, 2.0, 3.0), 1.0);
  EXPECT_EQ(normal_cdf(-kInfinity), 0.0);
  EXPECT_EQ(normal_cdf(kInfinity), 1.0);
  EXPECT_EQ(normal_quantile(0.0), -kInfinity);
  EXPECT_EQ(normal_quantile(1.0), kInfinity);
  EXPECT_EQ(chi_squared_upper_tail(kInfinity, 2.0), 0.0);
  EXPECT_TRUE(std::isnan(chi_squared_upper_tail(1.0, kInfinity)));
  EXPECT_TRUE(std::isnan(f_upper_tail(1.0, kInfinity, 3.0)));
}

TEST(Distributions, StudentTWithInfiniteDegreesOfFreedomIsNormal) {
  // 1.959963984540054 is the 0.975 quantile of the normal distribution.
  EXPECT_NEAR(student_t_quantile(0.975, kInfinity), 1.959963984540054, 1e-14);
  EXPECT_NEAR(student_t_cdf(1.959963984540054, kInfinity), 0.975, 1e-15);
  // P(chi-squared with 2 degrees of freedom >= 2 ln 20) = 1/20.
  EXPECT_NEAR(f_upper_tail(std::log(20.0), 2.0, kInfinity), 0.05, 1e-15);
}

TEST(Distributions, TailsTooSmallForADoubleAreZero) {
  EXPECT_EQ(normal_cdf(-1e6), 0.0);
  EXPECT_EQ(student_t_two_sided_p(1e300, 30.0), 0.0);
  EXPECT_EQ(chi_squared_upper_tail(1e6, 2.0), 0.0);
}

TEST(Distributions, HugeStatisticsDoNotOverflowOnTheWay) {
  // With one degree of freedom P(|T| >= t) = 2 atan(1/t) / pi, about 2 / (pi t).
  EXPECT_NEAR(student_t_two_sided_p(1e200, 1.0) / 6.366197723675813e-201, 1.0, 1e-13);
  // With two, P(|T| >= t) = 1 - t / sqrt(2 + t^2), about 1 / t^2.
  EXPECT_NEAR(student_t_two_sided_p(1e151, 2.0) / 1e-302, 1.0, 1e-11);
}

}  // namespace
}  // namespace steppe::numerics
