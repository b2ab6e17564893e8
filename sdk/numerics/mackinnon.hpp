// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "steppe/numerics/unit_root.hpp"

namespace steppe::numerics::detail {

// Distribution of the Dickey-Fuller t for `series` variables: 1 for a series by itself, k for the
// residuals of a regression among k.

// P(tau <= statistic) for many observations, for 1 to 6 variables, else NaN.
// Source: MacKinnon 1994, Journal of Business & Economic Statistics 12, 167-176, tables 3 and 4.
double mackinnon_p(double statistic, Deterministics terms, std::size_t variables);

// The value that tau falls below with probability 0.05, for n observations: 1 to 12 variables (1
// without terms), else NaN. Source: MacKinnon 2010, Queen's Economics Department Working Paper
// 1227, tables 2 and 3.
double mackinnon_critical_5(Deterministics terms, std::size_t variables, double observations);

}  // namespace steppe::numerics::detail
