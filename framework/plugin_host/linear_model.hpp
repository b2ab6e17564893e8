// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inside of a regression that is linear in its regressors on the scale of its target: what
// carries the error of the regressors through in closed form. Read from the capability
// steppe.linear_model/1 and checked like every result of a plugin: sizes, numbers, symmetry.

#include <cstddef>
#include <optional>
#include <vector>

#include "core/fault.hpp"
#include "plugin_host/library.hpp"
#include "steppe/abi/regression.h"

namespace steppe {

// q coefficients, the intercept first if there is one; those of dropped columns are 0.
struct LinearModel {
  bool has_intercept = false;
  std::vector<double> coefficients;
  std::vector<double> covariance;  // q x q, symmetric
  double residual_variance = 0;
  double degrees_of_freedom = 0;  // infinite where the fit knows none

  // Where the coefficient of a regressor stands.
  std::size_t index(std::size_t regressor) const { return regressor + (has_intercept ? 1 : 0); }
};

// Of a fit with `columns` regressors. Nothing when `table` is null, when its size is 0 (the fit is
// not linear on the target's scale), or when the fit knows no variance of its errors. Anything else
// that is not as in abi/regression.h is a broken contract (N19, P12, P18, R46).
Outcome<std::optional<LinearModel>> read_linear_model(const Component& component,
                                                      const steppe_linear_model* table,
                                                      const void* fit, std::size_t columns);

}  // namespace steppe
