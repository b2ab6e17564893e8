// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/target_transform.hpp"

#include <cmath>
#include <limits>

#include "steppe/numerics/elementwise.hpp"

namespace steppe::numerics {

double TargetTransform::lambda() const {
  if (kind_ == TransformKind::kLog) return 0.0;
  return kind_ == TransformKind::kBoxCox ? lambda_ : 1.0;
}

double TargetTransform::forward(double y) const {
  if (!changes()) return y;
  const double ln = log_one(y);
  const double exponent = lambda() * ln;
  if (exponent == 0.0) return ln;
  // Around 1 the difference to 1 would cancel; far from it expm1 would magnify the error of ln.
  if (std::abs(exponent) < 0.5) return std::expm1(exponent) / lambda();
  return (std::pow(y, lambda()) - 1.0) / lambda();
}

double TargetTransform::back(double z) const {
  if (!changes()) return z;
  const double power = lambda();
  if (power == 0.0) return exp_one(z);
  const double base = 1.0 + power * z;
  if (base <= 0.0) return power > 0.0 ? 0.0 : std::numeric_limits<double>::infinity();
  if (std::abs(power * z) < 0.5) return exp_one(std::log1p(power * z) / power);
  return std::pow(base, 1.0 / power);
}

double TargetTransform::mean(double z, double variance) const {
  if (!changes()) return z;
  const double power = lambda();
  if (power == 0.0) return exp_one(z + 0.5 * variance);
  const double base = 1.0 + power * z;
  return back(z) * (1.0 + 0.5 * variance * (1.0 - power) / (base * base));
}

double TargetTransform::standard_error(double z, double variance) const {
  if (!changes()) return std::sqrt(variance);
  if (lambda() == 0.0) return exp_one(z + 0.5 * variance) * std::sqrt(std::expm1(variance));
  return std::pow(back(z), 1.0 - lambda()) * std::sqrt(variance);
}

double TargetTransform::log_jacobian(double y) const {
  return changes() ? (lambda() - 1.0) * log_one(y) : 0.0;
}

}  // namespace steppe::numerics
