// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace steppe::numerics::detail {

// P(sum a_i z_i^2 < 0) for independent standard normal z_i. Absolute error below 1e-12. NaN without
// weights. Cost: a few hundred to a few thousand arctangents per weight.
// Source: Imhof 1961, Biometrika 48, 419-426, equation 3.2; the integral by the double exponential
// rule of Takahasi and Mori 1974, Publ. RIMS 9, 721-741.
double negative_probability(std::span<const double> weights);

}  // namespace steppe::numerics::detail
