// SPDX-License-Identifier: Apache-2.0
#pragma once

// Accuracy measures over errors e = actual - forecast, gathered one at a time. NaN counts as
// undefined and makes the measure undefined: a forecast that is missing is not a good one.
// Source: Hyndman & Athanasopoulos, FPP3, section 5.8.

#include <cmath>
#include <cstddef>
#include <limits>

namespace steppe {

class ErrorTally {
 public:
  void add(double actual, double forecast) {
    const double error = actual - forecast;
    absolute_ += std::fabs(error);
    squared_ += error * error;
    ++count_;
  }
  std::size_t count() const { return count_; }
  // Mean absolute error; NaN without errors.
  double mae() const { return mean(absolute_); }
  // Root mean squared error; NaN without errors.
  double rmse() const { return std::sqrt(mean(squared_)); }

 private:
  double mean(double sum) const {
    return count_ == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / double(count_);
  }

  double absolute_ = 0;
  double squared_ = 0;
  std::size_t count_ = 0;
};

}  // namespace steppe
