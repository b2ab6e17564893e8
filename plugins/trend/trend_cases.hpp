// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of the trend plugins share: the series of the first case and a few ways to ask.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe::trend_cases {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Karaganda region, 2010 to 2019: mining output and innovative products. The numbers that tests
// expect of them come from 50-digit arithmetic (mpmath 1.2: normal equations, t quantiles by
// bisection of the incomplete beta function); a dozen were checked against the source's print.
inline const std::vector<double> kMining = {88461119,  134426171, 134653117, 193647709, 281371474,
                                            159861739, 209385885, 287805257, 355034682, 400265192};
inline const std::vector<double> kInnovation = {14897.7, 14388.6, 30891.5, 53731.2, 21578.1,
                                                18442.5, 31327.2, 32048,   54778,   74007};

inline std::vector<std::string> warnings(const testing::TrendRun& run) {
  std::vector<std::string> codes;
  for (const Warning& warning : run.report.warnings) codes.push_back(warning.code);
  return codes;
}

inline std::string warning_text(const testing::TrendRun& run, const std::string& code) {
  for (const Warning& warning : run.report.warnings) {
    if (warning.code == code) return warning.text;
  }
  return "";
}

inline std::string equation(const testing::TrendRun& run) {
  const std::string* text = run.report.text("equation");
  return text == nullptr ? "" : *text;
}

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

inline std::vector<double> times(double factor, std::vector<double> y) {
  for (double& value : y) value *= factor;
  return y;
}

// Fit, statistics and forecasts of a block are those of its series one by one, bit for bit (N21),
// and a series that cannot be fitted leaves its neighbours alone (N18).
inline void expect_block_equals_series(const std::string& id) {
  constexpr std::size_t kSeries = 37;  // not a multiple of any vector width
  const std::vector<double> time = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const std::vector<double> future = {11, 12, 15};
  const std::vector<double> levels = {0.025, 0.5, 0.975};
  const char* names[] = {"r_squared_fit_scale", "r_squared_original_scale", "aicc", "bic"};
  std::vector<double> values(time.size() * kSeries);
  for (std::size_t i = 0; i < time.size(); ++i) {
    for (std::size_t s = 0; s < kSeries; ++s) {
      const double factor = std::pow(10.0, static_cast<double>(s) - 18);
      values[i * kSeries + s] = (s % 2 == 0 ? kMining[i] : kInnovation[9 - i]) * factor;
    }
  }
  values[3 * kSeries + 5] = 1e15;                                               // an outlier
  values[4 * kSeries + 6] = 3e-320;                                             // a subnormal
  for (std::size_t i = 0; i < time.size(); ++i) values[i * kSeries + 7] = 0.1;  // a constant

  const TrendModel model = testing::open_trend(id);
  const auto block = model.fit(
      {.time = time, .values = values.data(), .series_count = kSeries, .stride = kSeries});
  ASSERT_TRUE(block.ok());
  const auto block_statistics = block->statistics(names);
  const auto block_forecast = block->predict(future, levels);
  ASSERT_TRUE(block_forecast.ok());
  for (std::size_t s = 0; s < kSeries; ++s) {
    const auto alone = model.fit(
        {.time = time, .values = values.data() + s, .series_count = 1, .stride = kSeries});
    ASSERT_TRUE(alone.ok());
    ASSERT_EQ(alone->fitted(0), block->fitted(s));
    const auto statistics = alone->statistics(names);
    const auto forecast = alone->predict(future, levels);
    for (std::size_t k = 0; k < std::size(names); ++k) {
      EXPECT_TRUE(same_bits((*statistics)[k], (*block_statistics)[k * kSeries + s])) << s;
    }
    for (std::size_t h = 0; h < future.size(); ++h) {
      EXPECT_TRUE(same_bits(forecast->mean[h], block_forecast->mean[h * kSeries + s])) << s;
    }
    for (std::size_t q = 0; q < future.size() * levels.size(); ++q) {
      EXPECT_TRUE(same_bits(forecast->quantiles[q], block_forecast->quantiles[q * kSeries + s]))
          << s;
    }
  }
}

// N8: the fit of y * 2^power is that of y in another unit, to 1e-12 relative. y holds integers:
// they stay exact as subnormals (the last power), where forecasts however cannot have 12 digits.
inline void expect_scale_does_not_matter(const std::string& id, std::vector<double> y) {
  const TrendModel model = testing::open_trend(id);
  const std::vector<double> future = {11, 12};
  const testing::TrendRun plain = testing::run_trend(model, y, future);
  for (const int power : {-900, 960, -1070}) {
    std::vector<double> scaled = y;
    for (double& value : scaled) value = std::ldexp(value, power);
    const testing::TrendRun run = testing::run_trend(model, scaled, future);
    ASSERT_TRUE(run.fitted) << power;
    for (const char* name : {"r_squared_fit_scale", "r_squared_original_scale"}) {
      EXPECT_GT(testing::correct_digits(run.scalars.at(name), plain.scalars.at(name)), 11.5)
          << name << power;
    }
    if (power == -1070) continue;
    for (std::size_t h = 0; h < future.size(); ++h) {
      EXPECT_GT(testing::correct_digits(run.mean[h], std::ldexp(plain.mean[h], power)), 12);
      EXPECT_GT(testing::correct_digits(run.lower[h], std::ldexp(plain.lower[h], power)), 12);
      EXPECT_GT(testing::correct_digits(run.upper[h], std::ldexp(plain.upper[h], power)), 12);
    }
  }
}

// N1: one observation fewer than needed is refused with both numbers.
inline void expect_refuses_too_few(const std::string& id, std::size_t needed,
                                   const std::string& message, Options options = {}) {
  const TrendModel model = testing::open_trend(id, std::move(options));
  const testing::TrendRun run = testing::run_trend(
      model, std::vector<double>(kMining.begin(), kMining.begin() + static_cast<long>(needed) - 1));
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(run.error.fault, "N1");
  EXPECT_EQ(run.error.message, message);
  EXPECT_TRUE(
      testing::run_trend(model, {kMining.begin(), kMining.begin() + static_cast<long>(needed)})
          .fitted);
}

}  // namespace steppe::trend_cases

#define EXPECT_DIGITS(value, expected, digits) \
  EXPECT_GE(::steppe::testing::correct_digits(value, expected), digits) << (value)
