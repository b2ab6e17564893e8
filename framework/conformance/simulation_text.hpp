// SPDX-License-Identifier: Apache-2.0
#pragma once

// Limits and words that the statistical cases of trends and regressions share.

#include <cstddef>
#include <string>

#include "conformance/own_curve.hpp"

namespace steppe::conformance {

// Of a share that intervals cover.
struct Limits {
  double nominal;
  double low;
  double high;
};
constexpr Limits k95Percent{0.95, 0.93, 0.97};
constexpr Limits k80Percent{0.80, 0.78, 0.82};

// How far an average may be off, in its own standard errors.
constexpr double kStandardErrors = 4;
// How far a standard deviation over the series may be off what is reported: with 2,000 series
// chance is 1.6 %.
constexpr double kErrorTolerance = 0.06;

// Empty when the share is within the limits.
std::string coverage_text(std::size_t inside, std::size_t count, const Limits& limits);
std::string percent(double share);      // "93.4 %"
std::string rounded(double value);      // four significant digits
std::string at_horizon(std::size_t h);  // "horizon 4: ", h counted from 0
// " (data: the model's own curve with additive normal errors)"
std::string process_text(Process process);

}  // namespace steppe::conformance
