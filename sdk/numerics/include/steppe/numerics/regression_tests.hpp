// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "steppe/views.hpp"

namespace steppe::numerics {

// Tests of the assumptions of a regression, from its regressors, residuals and fitted values.
// For: the diagnostics of any linear regression. Not for: tests of coefficients
// (linear_inference.hpp), unit roots (unit_root.hpp).
//
// Where the residuals are those of least squares, the numbers are those of the sources named below;
// where they are not (a robust or penalised fit), statistics are formed in the same way and p
// values are approximate: see is_least_squares().
//
// Shapes: design n x p, without a column of ones; residuals and fitted n. All values finite, of
// magnitudes that can be squared (1e-140 to 1e140). Rows in time order where a test says so.
// Undefined numbers are NaN and `reason` says why, in words that can follow "undefined: ".
// Cost: n (p + 1)^2 unless said otherwise.
struct RegressionResiduals {
  MatrixView design;
  bool intercept = true;
  VectorView residuals;
  VectorView fitted;
};

struct TestResult {
  double statistic = kUndefined;
  double p = kUndefined;
  double dof = kUndefined;              // of chi-squared, or the numerator of F
  double denominator_dof = kUndefined;  // of F; NaN for chi-squared
  std::string reason = {};              // why it is undefined; empty when it is defined
  bool defined() const { return reason.empty(); }
};

// The residuals are orthogonal to the regressors, to 1e-6 of their size.
bool is_least_squares(const RegressionResiduals& fit);
// The residuals are no larger than the rounding of the response.
bool is_exact_fit(const RegressionResiduals& fit);

// Durbin-Watson statistic: sum (e_t - e_{t-1})^2 / sum e_t^2, near 2 without autocorrelation. Rows
// in time order. p is that of positive autocorrelation, P(d <= statistic); that of negative
// autocorrelation is 1 - p. Exact for normal errors up to kExactDurbinWatson rows (Imhof's integral
// over the eigenvalues, absolute error below 1e-12), a normal approximation beyond. Cost n^3 and
// n^2.
// Source: Durbin, Watson 1950, 1951, Biometrika 37 and 38; Imhof 1961, Biometrika 48, 419-426.
constexpr std::size_t kExactDurbinWatson = 100;
TestResult durbin_watson(const RegressionResiduals& fit);

// Autocorrelation up to `order`, missing residuals before the first taken as 0. Rows in time order.
// lagrange: n R^2 of the auxiliary regression, chi-squared; f: the F form, better in small samples.
// Source: Breusch 1978, Australian Economic Papers 17; Godfrey 1978, Econometrica 46.
struct BreuschGodfrey {
  TestResult lagrange;
  TestResult f;
};
BreuschGodfrey breusch_godfrey(const RegressionResiduals& fit, std::size_t order);

// Does the variance of the residuals depend on the regressors? n R^2 of their squares on them.
// Source: Breusch, Pagan 1979, Econometrica 47; Koenker 1981, Journal of Econometrics 17.
TestResult breusch_pagan(const RegressionResiduals& fit);

// The same with squares and cross products of the regressors; columns that depend on earlier ones
// (the square of a dummy) do not count. Undefined when the auxiliary regression would leave no
// degree of freedom, or when it would be too large (n q^2 above 5e9). Cost n p^4 / 4.
// Source: White 1980, Econometrica 48, 817-838.
TestResult white(const RegressionResiduals& fit);

// Are the residuals normal? n (skewness^2 / 6 + (kurtosis - 3)^2 / 24), chi-squared on 2.
struct JarqueBera {
  TestResult test;
  double skewness = kUndefined;
  double kurtosis = kUndefined;  // 3 for normal residuals
};
// Source: Jarque, Bera 1980, Economics Letters 6, 255-259.
JarqueBera jarque_bera(VectorView residuals);

// Is the form right? F test of the squares and cubes of the fitted values.
// Source: Ramsey 1969, Journal of the Royal Statistical Society B 31, 350-371.
TestResult reset(const RegressionResiduals& fit);

// Do the rows before and from row `first_after` have the same coefficients? Rows in time order.
// With too few rows on one side the predictive form: are these rows where the others put them?
// Source: Chow 1960, Econometrica 28, 591-605.
struct Chow {
  TestResult test;
  bool predictive = false;
};
Chow chow(const RegressionResiduals& fit, std::size_t first_after);

// Do the coefficients drift? Cumulated recursive residuals over their deviation sqrt(RSS / (n -
// k)). statistic is the largest |path| as a multiple of the 5 % boundary's shape, 1 + 2 (t - k) /
// (n - k) in units of sqrt(n - k): above 0.948 the path leaves the boundary. Rows in time order. p
// is asymptotic: of a Brownian motion instead of the path. Cost n^2 p^2 / 2.
// Source: Brown, Durbin, Evans 1975, Journal of the Royal Statistical Society B 37, 149-192.
constexpr double kCusumBoundary = 0.948;  // at 5 %
struct Cusum {
  TestResult test;
  std::vector<double> recursive_residuals;  // n; NaN for the rows that fix the first coefficients
  std::vector<double> path;                 // n; NaN there too
  std::vector<double> boundary;             // n; the upper one
};
Cusum cusum(const RegressionResiduals& fit);

// The probability that a Brownian motion on [0, 1] leaves +-c (1 + 2 t), c the statistic, by the
// series of Anderson 1960, Annals of Mathematical Statistics 31, 165-197. The first three terms are
// what strucchange of R gives.
double cusum_p(double statistic);

// What single rows and columns do to the fit. NaN for a row of leverage 1, whose residual is
// rounding, and, of what needs it, where the variance without the row has no degree of freedom.
// Source: Belsley, Kuh, Welsch 1980, Regression Diagnostics, ch. 2 and 3; Cook 1977, Technometrics
// 19.
struct Influence {
  std::size_t rank = 0;                // of the regressors, the intercept included
  std::vector<double> leverage;        // n
  std::vector<double> studentized;     // n, externally: with the variance without the row
  std::vector<double> cooks_distance;  // n
  std::vector<double> dffits;          // n
  std::vector<double>
      variance_inflation;                // p, among the columns kept; infinite for one that depends
                                         // on those before it. About zero without an intercept
  double condition_number = kUndefined;  // of the kept columns, centred and of unit length
};
Influence influence(const RegressionResiduals& fit);

}  // namespace steppe::numerics
