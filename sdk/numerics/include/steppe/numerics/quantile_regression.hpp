// SPDX-License-Identifier: Apache-2.0
#pragma once

// Linear quantile regression (Koenker, Bassett 1978, Econometrica 46, 33-50): the coefficients that
// minimise sum rho(y_i - x_i'b), rho(r) = tau r for r > 0 and (tau - 1) r below. Exact: the answer
// is a vertex, a fit that passes through as many rows as it has coefficients, with proof that no
// other is better (the subgradient).
//
// Several answers: the one of a tau that is a trifle lower, for a sample without regressors the
// left-continuous quantile; reported by `unique`.
// Not for: weights, censored or dependent data, penalties, many quantiles of many rows.
// Cost: about 100 n rank^2 operations for 100,000 rows of 10 regressors (about 1 s); 24 n rank
// bytes.

#include <cstdint>
#include <functional>
#include <vector>

#include "steppe/numerics/orthonormal_design.hpp"

namespace steppe::numerics {

struct QuantileFit {
  LeastSquaresFit linear;  // moved to the quantile; its sums of squares are those of least squares
  OrthonormalDesign design;         // about this fit: what further quantiles need
  double quantile = 0.5;            // tau
  std::vector<std::size_t> basis;   // the rows that the fit passes through; none of an exact fit
  std::vector<std::size_t> on_fit;  // rows of residual 0 within rounding, the basis among them
  std::size_t below = 0;            // rows of negative residual
  bool exact = false;               // every row is on the fit, or there are as many as coefficients
  bool unique = true;
  // The proof: of each row a number in [tau - 1, tau], tau where the residual is positive and tau -
  // 1 where it is negative, with sum subgradient_i x_i = 0. Empty for an exact fit.
  std::vector<double> subgradient;
  double excess = 0.0;  // by how much rounding lets one of them leave its interval
  std::size_t iterations = 0;
  double objective = 0.0;  // sum rho(residual)
  double r1 = 0.0;         // 1 - objective / that of a constant (without intercept: of 0); Koenker,
                           // Machado 1999, J. Amer. Statist. Assoc. 94, 1296-1310; NaN for 0 / 0
};

using Cancelled = std::function<bool()>;

// From the least squares fit of the same data. Errors: not_converged, rank_deficient (rounding
// leaves no vertex), cancelled.
Result<QuantileFit> fit_quantile(LeastSquaresFit start, const RegressionRows& data, double quantile,
                                 const Cancelled& cancelled);

// The shift from `fit` to the fit of another quantile of the same data, rank numbers.
Result<std::vector<double>> shift_to_quantile(const QuantileFit& fit, double quantile,
                                              const Cancelled& cancelled);

// Standard errors of the shift.
//   kIid  errors of one distribution: tau (1 - tau) s^2 (X'X)^-1, the sparsity s from the residuals
//         next to 0 (Koenker, Bassett 1982; Koenker 2005, Quantile Regression, 3.4 and 4.10.1)
//   kNid  densities row by row from the fits of tau - h and tau + h (Hendricks, Koenker 1992, J.
//         Amer. Statist. Assoc. 87, 58-68): tau (1 - tau) H^-1 X'X H^-1, H = sum f_i x_i x_i'
// both with the bandwidth h of Hall and Sheather 1988 (J. Roy. Statist. Soc. B 50, 381-391), as in
// summary.rq of R's quantreg.
enum class QuantileErrorKind : std::uint8_t { kIid, kNid };

struct QuantileErrors {
  std::vector<double> shift_covariance;  // rank x rank; NaN where undefined
  double bandwidth = 0.0;                // h, a difference of probabilities
  double sparsity = 0.0;                 // kIid: 1 / density at the quantile, in target units
  std::size_t crossed = 0;               // kNid: rows where the upper fit is not above the lower
  bool defined = true;                   // false for an exact fit or too few rows
};

Result<QuantileErrors> quantile_errors(const QuantileFit& fit, QuantileErrorKind kind,
                                       const Cancelled& cancelled);

// Half the distance of probabilities over which densities are estimated.
double hall_sheather_bandwidth(double quantile, double observations);

}  // namespace steppe::numerics
