// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression on the logarithm of its target, or on a Box-Cox power of it, and the way back.
//
//   log       z = ln y
//   box_cox   z = (y^lambda - 1) / lambda, ln y for lambda = 0
//
// Only for y > 0. Back to y, for a forecast z0 with variance v of the prediction:
//   median      the transform turned round: what a quantile of z says is the same quantile of y
//   mean, log   exp(z0 + v/2), that of a lognormal
//   mean, box_cox   y0 (1 + v (1 - lambda) / (2 (1 + lambda z0)^2)), y0 the median: second order
//   (the exact mean has no closed form, and is infinite for -1 <= lambda < 0)
//   standard errors, log   those of a lognormal, exp(z0 + v/2) sqrt(e^v - 1)
//   standard errors, box_cox   to first order, y0^(1 - lambda) sqrt(v)
// Lambda by maximum likelihood: the largest of -n/2 ln RSS(lambda) + (lambda - 1) sum ln y over -2
// to 2, as MASS::boxcox draws it. Standard errors take lambda as known.
//
// Source: Box, Cox 1964, J. Royal Statistical Society B 26, 211-252; Hyndman, Athanasopoulos,
// Forecasting: Principles and Practice, 3rd ed., sections 3.1 and 5.6.

#include <optional>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics {

enum class TransformKind { kNone, kLog, kBoxCox };

class TargetTransform {
 public:
  TargetTransform() = default;
  // lambda counts for kBoxCox only.
  TargetTransform(TransformKind kind, double lambda) : kind_(kind), lambda_(lambda) {}

  TransformKind kind() const { return kind_; }
  bool changes() const { return kind_ != TransformKind::kNone; }
  // 1 without a transform, 0 for a logarithm.
  double lambda() const;

  double forward(double y) const;
  // 0, or +inf for a negative lambda, where z lies beyond the range of the transform.
  double back(double z) const;
  double mean(double z, double variance) const;
  // Of what has this variance on the scale of z.
  double standard_error(double z, double variance) const;
  // ln of the density of y against that of z: (lambda - 1) ln y.
  double log_jacobian(double y) const;

 private:
  TransformKind kind_ = TransformKind::kNone;
  double lambda_ = 1.0;
};

struct BoxCoxEstimate {
  double lambda = 1.0;
  bool at_limit = false;  // the likelihood still rises at -2 or 2
};

// Lambda for the regression of problem.response, all of it above 0, on problem.design. A constant
// response gives 1. Errors: insufficient_data for as many coefficients as observations; those of
// solve_least_squares.
Result<BoxCoxEstimate> estimate_box_cox(const LeastSquaresProblem& problem);

}  // namespace steppe::numerics
