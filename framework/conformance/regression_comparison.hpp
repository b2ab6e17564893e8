// SPDX-License-Identifier: Apache-2.0
#pragma once

// Comparing what two fits of a regression say.

#include "conformance/regression_subject.hpp"

namespace steppe::conformance::regression {

struct Words {
  const char* first;
  const char* second;
};

// Fitted values and forecasts for new rows, as numbers.
struct Said {
  std::vector<double> numbers;
  std::size_t observations;
  std::size_t rows;
};
Said said_of(const RegressionFit& fit, std::size_t observations,
             const std::vector<double>& regressors, std::size_t rows);

// Leaves by fail() at the first difference: "the mean in row 2 is 5.5 at first, 5.4 after".
void compare(const Said& a, const Said& b, const Words& words);
// The same to a relative tolerance, without the fitted values: rows may be in another order.
void compare_forecasts(const RegressionForecasts& a, const RegressionForecasts& b, double tolerance,
                       const Words& words);
void compare_reports(const RegressionFit& a, const RegressionFit& b, const Words& words);

}  // namespace steppe::conformance::regression
