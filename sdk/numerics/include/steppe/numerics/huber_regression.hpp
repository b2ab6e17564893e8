// SPDX-License-Identifier: Apache-2.0
#pragma once

// Huber's M-estimate of a linear regression (Huber 1973, Annals of Statistics 1, 799-821): the
// coefficients for which sum psi(r_i / s) x_i = 0, psi(u) = u held within -k and k, s a robust
// scale of the residuals that is estimated with them. As rlm of R's MASS and RLM of statsmodels
// define it. Bounds the influence of a target value, not that of a row far away from the others
// (leverage).
//
// Method: iteratively reweighted least squares from the start, until rounding stops it; then proven
// by the estimating equation.
// Not for: weights, redescending psi, high breakdown.
// Cost: an iteration is 2 n rank^2 operations; 20 to 100 iterations.

#include <cstdint>
#include <functional>
#include <vector>

#include "steppe/numerics/orthonormal_design.hpp"

namespace steppe::numerics {

// kMad        s = median |r| / 0.6745 (the quantile itself, 0.67448975..)
// kProposal2  s^2 = sum min(r^2, k^2 s^2) / ((n - rank) g), g the mean of psi^2 of a normal
//             (Huber 1964, proposal 2; Huber 1981, Robust Statistics, 7.7)
enum class HuberScale : std::uint8_t { kMad, kProposal2 };
enum class HuberStart : std::uint8_t { kLeastSquares, kLeastAbsolute };

struct HuberSettings {
  double tuning = 1.345;  // k; 1.345 keeps 95 % of the efficiency of least squares at the normal
  HuberScale scale = HuberScale::kMad;
  HuberStart start = HuberStart::kLeastSquares;
  double median_deviation = 0.6744897501960817;  // of a standard normal; rlm rounds it to 0.6745
  std::size_t iterations = 2000;                 // at most
  std::function<bool()> cancelled = {};          // asked at every iteration
};

struct HuberFit {
  LeastSquaresFit linear;       // moved to the estimate; sums of squares are those of least squares
  std::vector<double> weights;  // psi(r/s) / (r/s), in (0, 1]; 0 off the fit of scale 0
  double scale = 0.0;           // s; 0 when most rows lie on the fit
  std::size_t iterations = 0;
  // The largest component of sum psi(r_i/s) z_i over the sum of its absolute terms, z the
  // orthonormal coordinates, or the relative error of the equation of the scale if that is larger.
  double equation_error = 0.0;
  double central_share = 1.0;  // of rows with |r| <= k s: the mean of psi'
  // Covariance of the coefficients over (X'X)^-1: Huber 1981, 7.6 (H1), K^2 (sum psi^2 s^2 /
  // (n - rank)) / m^2 with m the mean of psi' and K = 1 + rank var(psi') / (n m^2), as summary.rlm
  // has it. NaN without residual degrees of freedom or without central rows.
  double covariance_factor = 0.0;
  bool exact() const { return scale == 0.0; }
};

// From the least squares fit of the same data. Errors: not_converged when the estimating equation
// does not hold to 1e-9; cancelled; those of fit_quantile.
Result<HuberFit> fit_huber(LeastSquaresFit start, const RegressionRows& data,
                           const HuberSettings& settings);

}  // namespace steppe::numerics
