// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace steppe::numerics {

// Probabilities and quantiles of the distributions that tests and intervals need: Student t, F,
// normal, chi-squared. Not for: densities, random numbers, noncentral distributions.
//
// Every function is pure, never throws and works in double only, so the digits do not depend on
// what `long double` is. Degrees of freedom need not be whole. Common rules, not repeated below:
//   - any NaN argument gives NaN;
//   - degrees of freedom <= 0 give NaN; infinite degrees of freedom give the limiting distribution;
//   - an infinite statistic gives the limit (0 or 1);
//   - a probability outside [0, 1] gives NaN, 0 and 1 give the end of the support (-inf, +inf or
//   0);
//   - a tail below the smallest double gives 0.
// Accuracy: 1e-13 relative over the tested grid (|t| <= 1e6, tails down to 1e-300).

// P(T <= t).
double student_t_cdf(double t, double degrees_of_freedom);
// P(|T| >= |t|): the p value of a two-sided test. Small values keep their relative accuracy.
double student_t_two_sided_p(double t, double degrees_of_freedom);
// t with P(T <= t) = probability.
double student_t_quantile(double probability, double degrees_of_freedom);

// P(F >= f), Excel's "Significance F". f <= 0 gives 1. Infinite numerator degrees of freedom are
// not supported and give NaN.
double f_upper_tail(double f, double numerator_dof, double denominator_dof);

// P(Z <= z).
double normal_cdf(double z);
// z with P(Z <= z) = probability.
double normal_quantile(double probability);

// P(X >= x). x <= 0 gives 1. Infinite degrees of freedom give NaN (there is no limit).
double chi_squared_upper_tail(double x, double degrees_of_freedom);
// x with P(X <= x) = probability.
double chi_squared_quantile(double probability, double degrees_of_freedom);

}  // namespace steppe::numerics
