// SPDX-License-Identifier: Apache-2.0
#pragma once

// What tests can and cannot prove with few observations: decided here, once, for every report.

#include <cstddef>
#include <string>

namespace steppe {

// From here on a report says nothing about the size of the sample.
constexpr std::size_t kEnoughObservations = 30;

// How often the tests give p below 0.05 in samples of a size: where the fault is there, and, for
// the last two, where it is not. Simulated: tests/reference/diagnostics/power.py.
struct TestPower {
  std::size_t observations;
  double autocorrelation;      // of 0.5, Durbin-Watson
  double variance;             // deviation growing fourfold, Breusch-Pagan
  double shape;                // Student t with 3 degrees of freedom, Jarque-Bera
  double unit_root_false;      // a random walk, ADF
  double cointegration_false;  // two independent random walks, Engle-Granger
};
// Of the largest simulated size that is not above `observations`, at least the smallest.
const TestPower& test_power(std::size_t observations);

// For a report on so many observations; empty when there are enough.
std::string small_sample_remark(std::size_t observations);

}  // namespace steppe
