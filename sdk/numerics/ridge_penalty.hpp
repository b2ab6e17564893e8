// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "steppe/numerics/ridge.hpp"

namespace steppe::numerics::detail {

// Everything that generalised cross-validation needs, in the units of the scaled problem.
struct RidgeSpectrum {
  std::vector<double> singular;  // d_k, falling, all above 0
  std::vector<double> along;     // U'y
  double residual_ss = 0.0;      // what no column explains
  double free_dof = 0.0;         // n, less 1 with an intercept
  double observations = 0.0;
  double exact_ss = 0.0;  // a residual sum of squares up to here is rounding

  double degrees_of_freedom(double penalty) const;
  double residual_dof(double penalty) const;
  double residual_sum(double penalty) const;
  double gcv(double penalty) const;
};

struct RidgeSearch {
  RidgeChoice choice = RidgeChoice::kLargest;
  double penalty = 0.0;
  std::vector<RidgeCandidate> candidates;  // falling penalties
};

// The penalty of the least GCV. Without columns that vary: 0.
RidgeSearch search_penalty(const RidgeSpectrum& spectrum);

}  // namespace steppe::numerics::detail
