// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elementwise.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "kernels/kernels.hpp"
#include "testing_values.hpp"

namespace steppe::numerics {
namespace {

using test::kInfinity;
using test::kNaN;
using test::same_bits;

struct Value {
  double argument;
  double result;
};

// mpmath 1.2, 200 bits, rounded to nearest.
constexpr Value kLogarithms[] = {
    {0x1.0000000000000p+0, 0x0.0p+0},
    {0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},
    {0x1.4000000000000p+3, 0x1.26bb1bbb55516p+1},
    {0x1.0000000000000p-1, -0x1.62e42fefa39efp-1},
    {0x1.0000000000001p+0, 0x1.fffffffffffffp-53},
    {0x1.fffffffffffffp-1, -0x1.0000000000000p-53},
    {0x1.5bf0a8b145769p+1, 0x1.0000000000000p+0},
    {0x0.730d67819e8d2p-1022, -0x1.62991d5d62a5ep+9},
    {0x1.1ccf385ebc8a0p+1023, 0x1.62991d5d62a5ep+9},
    {0x0.0000000000001p-1022, -0x1.74385446d71c3p+9},
    {0x1.0000000000000p-1022, -0x1.6232bdd7abcd2p+9},
    {0x1.6a09e667f3bccp-1, -0x1.62e42fefa39f1p-2},
    {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},
    {0x1.6a09e667f3bcdp+0, 0x1.62e42fefa39f0p-2},
    {0x1.199999999999ap+0, 0x1.8663f793c46ccp-4},
    {0x1.ccccccccccccdp-1, -0x1.af8e8210a415cp-4},
    {0x1.921fb54442d18p+1, 0x1.250d048e7a1bdp+0},
    {0x1.d6f3454000000p+26, 0x1.2a1a38bd0540ap+4},
};
constexpr Value kExponentials[] = {
    {0x0.0p+0, 0x1.0000000000000p+0},
    {0x1.0000000000000p+0, 0x1.5bf0a8b145769p+1},
    {-0x1.0000000000000p+0, 0x1.78b56362cef38p-2},
    {0x1.0000000000000p-1, 0x1.a61298e1e069cp+0},
    {-0x1.0000000000000p-1, 0x1.368b2fc6f960ap-1},
    {0x1.56e1fc2f8f359p-997, 0x1.0000000000000p+0},
    {0x1.70ef54646d497p-57, 0x1.0000000000000p+0},
    {0x1.62e42fefa39efp-2, 0x1.6a09e667f3bccp+0},
    {0x1.62e42fefa39f0p-2, 0x1.6a09e667f3bcdp+0},
    {-0x1.62e42fefa39f0p-2, 0x1.6a09e667f3bccp-1},
    {0x1.6280000000000p+9, 0x1.d422d2be5dc9bp+1022},
    {0x1.62e42fefa39efp+9, 0x1.fffffffffff2ap+1023},
    {-0x1.6200000000000p+9, 0x1.7c8ab2288c9abp-1022},
    {-0x1.6231eb851eb85p+9, 0x1.01a5ff6ed496bp-1022},
    {-0x1.6280000000000p+9, 0x0.8bfe55de02338p-1022},
    {-0x1.6800000000000p+9, 0x0.0000993b4dc95p-1022},
    {-0x1.7400000000000p+9, 0x0.0000000000002p-1022},
    {-0x1.7480000000000p+9, 0x0.0000000000001p-1022},
    {-0x1.7490a3d70a3d7p+9, 0x0.0000000000001p-1022},
    {0x1.4000000000000p+3, 0x1.5829dcf950560p+14},
    {-0x1.4000000000000p+3, 0x1.7cd79b5647c9bp-15},
    {0x1.9100000000000p+6, 0x1.8c39b9134bac4p+144},
    {0x1.26bb1bbb55516p+1, 0x1.4000000000001p+3},
};

// Distance from an exact value in units in the last place of the nearest double.
double ulps(double got, long double exact) {
  const double nearest = static_cast<double>(exact);
  const double ulp = std::nextafter(std::fabs(nearest), kInfinity) - std::fabs(nearest);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / ulp);
}

// Positive doubles of every magnitude, then many near 1, where ln loses digits first.
std::vector<double> sweep_of_arguments() {
  std::vector<double> out;
  std::uint64_t state = 12345;
  const auto next = [&state] {  // splitmix64
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  };
  for (int i = 0; i < 400'000; ++i) {
    const double x = std::bit_cast<double>(next() >> 1);
    if (std::isfinite(x) && x > 0) out.push_back(x);
  }
  for (int i = 0; i < 400'000; ++i) {
    out.push_back(0.5 + static_cast<double>(next() >> 11) * 0x1p-53 * 1.5);
  }
  return out;
}

std::vector<double> sweep_of_exponents() {
  std::vector<double> out;
  for (int i = -708'000; i <= 709'000; ++i) out.push_back(i * 0.001 + 1.37e-7);
  for (int i = -500'000; i <= 500'000; ++i) out.push_back(i * 1e-6 + 1.1e-10);
  return out;
}

TEST(Elementwise, LogarithmsMatchTwoHundredBitArithmetic) {
  for (const Value& v : kLogarithms) {
    EXPECT_LE(ulps(log_one(v.argument), v.result), 1.0) << v.argument;
  }
  EXPECT_TRUE(same_bits(log_one(1.0), 0.0));
}

TEST(Elementwise, ExponentialsMatchTwoHundredBitArithmetic) {
  for (const Value& v : kExponentials) {
    EXPECT_LE(ulps(exp_one(v.argument), v.result), 1.0) << v.argument;
  }
  EXPECT_EQ(exp_one(0.0), 1.0);
}

TEST(Elementwise, LogarithmsStayWithinOneUnitInTheLastPlace) {
  if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "no wider type to compare to";
  const std::vector<double> x = sweep_of_arguments();
  std::vector<double> y(x.size());
  log_each(x.data(), y.data(), x.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    worst = std::max(worst, ulps(y[i], std::log(static_cast<long double>(x[i]))));
  }
  EXPECT_LT(worst, 1.0);
  RecordProperty("worst_ulps", std::to_string(worst));
}

TEST(Elementwise, ExponentialsStayWithinOneUnitInTheLastPlace) {
  if (std::numeric_limits<long double>::digits < 64) GTEST_SKIP() << "no wider type to compare to";
  const std::vector<double> x = sweep_of_exponents();
  std::vector<double> y(x.size());
  exp_each(x.data(), y.data(), x.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    worst = std::max(worst, ulps(y[i], std::exp(static_cast<long double>(x[i]))));
  }
  EXPECT_LT(worst, 1.0);
  RecordProperty("worst_ulps", std::to_string(worst));
}

TEST(Elementwise, ExceptionalArgumentsGiveWhatTheCLibraryGives) {
  EXPECT_EQ(log_one(0.0), -kInfinity);
  EXPECT_EQ(log_one(-0.0), -kInfinity);
  EXPECT_EQ(log_one(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(log_one(-1.0)));
  EXPECT_TRUE(std::isnan(log_one(-5e-324)));
  EXPECT_TRUE(std::isnan(log_one(-kInfinity)));
  EXPECT_TRUE(std::isnan(log_one(kNaN)));
  EXPECT_EQ(exp_one(kInfinity), kInfinity);
  EXPECT_EQ(exp_one(710.0), kInfinity);
  EXPECT_EQ(exp_one(1e308), kInfinity);
  EXPECT_TRUE(same_bits(exp_one(-kInfinity), 0.0));
  EXPECT_TRUE(same_bits(exp_one(-746.0), 0.0));
  EXPECT_TRUE(same_bits(exp_one(-1e308), 0.0));
  EXPECT_TRUE(std::isnan(exp_one(kNaN)));
}

// Exceptional values among ordinary ones, at every place of a vector, and in place.
TEST(Elementwise, NeighboursAndPlaceDoNotChangeABit) {
  const double odd[] = {0.0, -3.0, kInfinity, kNaN, 3e-310};
  for (const double exception : odd) {
    for (std::size_t length = 1; length < 70; length += 3) {
      for (std::size_t place = 0; place < length; ++place) {
        std::vector<double> logs(length, 1.7);
        std::vector<double> exps(length, 1.7);
        logs[place] = exps[place] = exception;
        log_each(logs.data(), logs.data(), length);
        exp_each(exps.data(), exps.data(), length);
        for (std::size_t i = 0; i < length; ++i) {
          if (i == place && std::isnan(log_one(exception))) continue;
          ASSERT_TRUE(same_bits(logs[i], log_one(i == place ? exception : 1.7))) << length;
        }
        for (std::size_t i = 0; i < length; ++i) {
          if (i == place && std::isnan(exception)) continue;
          ASSERT_TRUE(same_bits(exps[i], exp_one(i == place ? exception : 1.7))) << length;
        }
      }
    }
  }
}

TEST(Elementwise, EveryInstructionSetGivesTheSameBits) {
  const std::vector<double> x = sweep_of_arguments();
  const std::vector<double> e = sweep_of_exponents();
  std::vector<double> expected(x.size());
  std::vector<double> expected_exp(e.size());
  available_kernels().front()->log_each(x.data(), expected.data(), x.size());
  available_kernels().front()->exp_each(e.data(), expected_exp.data(), e.size());
  for (const KernelTable* table : available_kernels()) {
    std::vector<double> got(x.size());
    table->log_each(x.data(), got.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_TRUE(same_bits(got[i], expected[i])) << table->name << " ln " << x[i];
    }
    got.resize(e.size());
    table->exp_each(e.data(), got.data(), e.size());
    for (std::size_t i = 0; i < e.size(); ++i) {
      ASSERT_TRUE(same_bits(got[i], expected_exp[i])) << table->name << " exp " << e[i];
    }
  }
}

}  // namespace
}  // namespace steppe::numerics
