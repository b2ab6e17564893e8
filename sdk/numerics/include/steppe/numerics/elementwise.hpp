// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elementary functions over arrays, several elements at a time.
//
// For the transforms of a fit (ln y, exp of fitted values), where the C library's one-by-one calls
// are most of the cost. The result is within 1 unit in the last place of the exact value and has
// the same bits on every machine, for every vector width and every position in the array, which no
// C library promises. Zero, negative, infinite, NaN and subnormal arguments give what the C library
// gives. Not for anything else: add a function here when an estimator needs it.

#include <cstddef>

namespace steppe::numerics {

// out[i] = ln(in[i]); in and out may be the same array, else they must not overlap.
// ln(0) = -inf, ln of a negative number = NaN.
void log_each(const double* in, double* out, std::size_t count);

// out[i] = exp(in[i]); +inf above 709.78, subnormal below -708.4, 0 below -745.13.
void exp_each(const double* in, double* out, std::size_t count);

// out[i] = 1 - residual[i] / total[i]; NaN where the total is not above 0. No aliasing.
void r_squared_each(const double* residual, const double* total, double* out, std::size_t count);

// The same bits for one number.
double log_one(double x);
double exp_one(double x);

}  // namespace steppe::numerics
