// SPDX-License-Identifier: Apache-2.0
#pragma once

// The protocol of linear estimates that are not least squares but have a covariance (Huber,
// quantile): what linear_protocol.hpp reports of coefficients, and the loop over new rows.

#include <functional>
#include <vector>

#include "steppe/numerics/linear_regression.hpp"

namespace steppe::numerics {

// Estimates with standard errors from `covariance` (q x q), t, p and limits from Student t with
// n - rank degrees of freedom. Undefined: t and p of a standard error 0, everything of a dropped
// column. Sums of squares, R squared, likelihood and influence are not filled; leverages leave the
// fit.
LinearProtocol coefficient_protocol(LeastSquaresFit fit, std::vector<double> covariance,
                                    const RegressionData& data, double coverage);

// A new row that has a forecast.
struct ForecastRow {
  std::size_t number = 0;
  VectorView regressors;
  RowValue value;  // mean x0'b; leverage x0'(X'X)^-1 x0
};

// Calls `use` for each row in turn; the first row without a forecast ends it with an error.
Result<void> each_forecast_row(const LinearProtocol& protocol, const MatrixView& regressors,
                               const std::function<void(const ForecastRow&)>& use);

}  // namespace steppe::numerics
