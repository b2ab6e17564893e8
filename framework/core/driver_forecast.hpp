// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a regression needs of a driver's forecast to carry its error through: the distribution of
// the value at every step ahead, and the residuals that tell how it goes with other drivers. Made
// for trend steps that a regression reads, and for no others.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace steppe {

// kStudent: location + scale T; kLogStudent: exp(location + scale T), T Student t with `degrees`.
// kTable: any other, by quantiles. kUnknown: the model says nothing of its errors.
enum class ErrorFamily { kUnknown, kStudent, kLogStudent, kTable };

struct DriverForecast {
  std::int64_t first = 0;  // date of the first step ahead
  ErrorFamily family = ErrorFamily::kUnknown;
  double degrees = std::numeric_limits<double>::infinity();
  std::vector<double> location;  // per step; of kTable the median
  std::vector<double> scale;     // per step; of kTable half of what one standard normal is wide
  std::vector<double> table;     // of kTable: kTableNodes quantiles per step
  bool random_walk = false;      // errors add up along the horizon
  // In-sample errors on the family's scale, from the date first_residual on; NaN is missing.
  std::int64_t first_residual = 0;
  std::vector<double> residuals;
  // Errors one step ahead of fits to the dates before, where a regression wants them; likewise.
  std::int64_t first_rolling = 0;
  std::vector<double> rolling;

  // Quantiles of a table stand at the probabilities of standard normals -4, -3.5, ..., 4.
  static constexpr std::size_t kTableNodes = 17;

  std::size_t steps() const { return location.size(); }
  bool holds(std::int64_t date) const {
    return date >= first && date - first < static_cast<std::int64_t>(location.size());
  }
  std::size_t step_of(std::int64_t date) const { return static_cast<std::size_t>(date - first); }
};

// How the errors of a regression's forecast drivers go together: in the order in which regressors
// first name them.
struct DriverCorrelation {
  std::vector<double> correlation;  // k x k
  std::vector<double> noise;        // k: variance of one step's own error, on the family's scale
};

}  // namespace steppe
