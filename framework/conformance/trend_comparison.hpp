// SPDX-License-Identifier: Apache-2.0
#pragma once

// Comparing all that two fits of one series say, bit for bit.

#include <span>
#include <string>
#include <vector>

#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

struct FittedSeries {
  const TrendFit& fit;
  std::size_t series;
};

// How the two sides are called in a verdict: "in the block", "alone".
struct Words {
  const char* first;
  const char* second;
};

// everything() of a series, kept: what it said, for comparison with what it says later.
struct Said {
  std::vector<double> numbers;
  std::size_t series;
  std::size_t rows;
  std::size_t horizon;
};
Said said_of(const FittedSeries& series, std::span<const double> future);

// Leaves by fail() at the first difference:
// "series 3: the mean at horizon 2 is 5.5 in the block, 5.4 alone".
void compare_said(const Said& a, const Said& b, const Words& words);

// The same, and the statuses.
void compare_series(const FittedSeries& a, const FittedSeries& b, std::span<const double> future,
                    const Words& words);

// Every series of two fits of the same block.
void compare_fits(const TrendFit& a, const TrendFit& b, std::span<const double> future,
                  const Words& words);

// The reports of two fits of one series: texts, scalars, tables and warnings.
void compare_reports(const FittedSeries& a, const FittedSeries& b, const Words& words);

}  // namespace steppe::conformance::trend
