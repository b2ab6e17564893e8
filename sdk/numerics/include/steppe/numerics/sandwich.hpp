// SPDX-License-Identifier: Apache-2.0
#pragma once

// Covariances of least squares coefficients that do not take the errors as having one variance, or
// as independent: bread x filling x bread.
//
//   B = (X'WX)^-1,  u_i = w_i e_i x_i,  C = B (sum over the filling) B
//
//   hc0            sum u_i u_i'                              White 1980
//   hc1            hc0 times n / (n - rank)
//   hc2            u_i u_i' / (1 - h_i)                      h_i the (weighted) leverage
//   hc3            u_i u_i' / (1 - h_i)^2                    for small samples the usual choice
//   newey_west     S_0 + sum over l = 1..L of (1 - l / (L + 1)) (S_l + S_l'), S_l = sum u_i
//   u_{i-l}';
//                  the rows are taken in time order and one period apart. No correction for n.
//
// Automatic L: floor(4 (n / 100)^(2/9)), the lag that Newey and West 1994 start from and that
// Greene recommends; it depends on n alone. (R's NeweyWest chooses by default from the data and
// prewhitens; with lag = L, prewhite = FALSE it is this one. gretl: set hac_lag nw2.)
//
// What follows from C: standard errors, t, p, limits, and F as the Wald test that every slope is 0,
// F = b' C^-1 b / k on k and n - rank degrees of freedom. R squared, the sums of squares and the
// residual variance stay as they are.
//
// Cost: about n q^2 double-double operations, and n q^2 double ones per lag.
// Source: MacKinnon, White 1985, J. Econometrics 29, 305-325; Newey, West 1987, Econometrica 55,
// 703-708; 1994, Rev. Econ. Studies 61, 631-653; Zeileis 2004, J. Statistical Software 11(10).

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"

namespace steppe::numerics {

enum class CovarianceKind { kClassical, kHc0, kHc1, kHc2, kHc3, kNeweyWest };

struct SandwichProblem {
  const LeastSquaresFit& fit;
  MatrixView design;                           // that of the fit
  VectorView weights;                          // those of the fit, or empty
  CovarianceKind kind = CovarianceKind::kHc3;  // not kClassical
  std::optional<std::size_t> lag = {};         // newey_west; automatic when absent
  std::function<bool()> cancelled = {};
};

struct Sandwich {
  std::vector<double> covariance;  // q x q; 0 for dropped columns, NaN throughout if saturated
  // The filling in orthogonal coordinates, (kept + 1) squared: for the error at a new row.
  std::vector<double> filling;
  double f = 0.0;       // Wald; NaN where undefined (no slope, exact fit, filling of lower rank)
  std::size_t lag = 0;  // that was used
};

std::size_t automatic_lag(std::size_t observations);

// Errors: invalid_config for a lag that is not below the number of rows; domain_error for hc2 and
// hc3 when a row has leverage 1 (the row is named); not_supported for powers of which some were
// dropped; cancelled.
Result<Sandwich> sandwich(const SandwichProblem& problem);

// x0' C x0 at a new row.
double variance_of_mean(const LeastSquaresFit& fit, const std::vector<double>& filling,
                        VectorView row);

// Standard errors, t, p, limits, F and covariance of `inference` from the sandwich.
void use_covariance(const LeastSquaresFit& fit, const Sandwich& sandwich, double coverage,
                    LinearInference& inference);

}  // namespace steppe::numerics
