// SPDX-License-Identifier: Apache-2.0
#pragma once

// The distribution of a sum of independent Student t variables, each with its own scale: what the
// error of a forecast is when it comes from several fits, each with a variance estimated from few
// observations (Behrens and Fisher's problem). Not for: dependent variables, shifted ones (add the
// shift to the quantile).
//
// The characteristic functions are multiplied and the product inverted:
//   F(x) = 1/2 + (1/pi) int_0^inf sin(t x) / t prod_i phi_i(t) dt,
//   phi(t) = K_(v/2)(z) z^(v/2) / (Gamma(v/2) 2^(v/2-1)), z = sqrt(v) scale t.
// Sources: Gil-Pelaez 1951, Biometrika 38, 481 (the inversion); Witkovsky 2001, Computing 67, 205
// (its use for sums of t variables; the characteristic function, there formula 4).
//
// Accuracy: 1e-6 of the scale for 2 degrees of freedom and more, 1e-3 for 1; a single variable is
// exact (student_t_quantile). Cost: some hundred values of a Bessel function per sum.

#include <span>
#include <vector>

namespace steppe::numerics {

// A variable scale * T(degrees_of_freedom); infinite degrees are a normal one.
struct ScaledStudent {
  double variance = 0;  // square of the scale, not of the standard deviation; 0 is left out
  double degrees_of_freedom = 0;
};

// The quantiles of the sum. NaN where a probability is not in (0, 1) or a part is not a number; 0
// without parts.
std::vector<double> student_sum_quantiles(std::span<const ScaledStudent> parts,
                                          std::span<const double> probabilities);

}  // namespace steppe::numerics
