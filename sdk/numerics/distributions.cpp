// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/distributions.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace steppe::numerics {
namespace {

namespace policies = boost::math::policies;

// Errors become NaN or a limit, nothing throws, nothing is promoted to long double.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::denorm_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>,
                               policies::rounding_error<policies::ignore_error>,
                               policies::indeterminate_result_error<policies::ignore_error>,
                               policies::promote_float<false>, policies::promote_double<false>>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSqrtHalf = 0.70710678118654752440;
constexpr double kSqrtTwo = 1.41421356237309504880;
constexpr double kPi = 3.14159265358979323846;

bool valid_dof(double dof) { return dof > 0.0; }  // false for NaN

bool valid_probability(double p) { return p >= 0.0 && p <= 1.0; }  // false for NaN

// P(T >= t) for t >= 0: half the incomplete beta of dof / (dof + t^2), Abramowitz & Stegun 26.7.1.
// The complement is taken from the side that is small, so neither tail nor centre loses digits.
double student_t_upper_tail(double t, double dof) {
  if (std::isinf(t)) return 0.0;
  if (std::isinf(dof)) return 0.5 * boost::math::erfc(t * kSqrtHalf, Quiet());
  if (dof == 1.0) return std::atan2(1.0, t) / kPi;  // Cauchy
  if (t > 1e150)  // its square overflows; the leading term of the series is exact to all digits
    return std::exp(0.5 * dof * (std::log(dof) - 2.0 * std::log(t))) /
           (dof * boost::math::beta(0.5 * dof, 0.5, Quiet()));
  const double square = t * t;
  if (square < dof)
    return 0.5 * boost::math::ibetac(0.5, 0.5 * dof, square / (dof + square), Quiet());
  const double ratio = t / std::sqrt(dof);  // dof / square without overflow of the square
  const double x = (1.0 / ratio) / (ratio + 1.0 / ratio);
  return 0.5 * boost::math::ibeta(0.5 * dof, 0.5, x, Quiet());
}

}  // namespace

double student_t_cdf(double t, double degrees_of_freedom) {
  if (std::isnan(t) || !valid_dof(degrees_of_freedom)) return kNaN;
  const double tail = student_t_upper_tail(std::abs(t), degrees_of_freedom);
  return t > 0.0 ? 1.0 - tail : tail;
}

double student_t_two_sided_p(double t, double degrees_of_freedom) {
  if (std::isnan(t) || !valid_dof(degrees_of_freedom)) return kNaN;
  return 2.0 * student_t_upper_tail(std::abs(t), degrees_of_freedom);
}

double student_t_quantile(double probability, double degrees_of_freedom) {
  if (!valid_probability(probability) || !valid_dof(degrees_of_freedom)) return kNaN;
  if (probability == 0.0) return -kInfinity;
  if (probability == 1.0) return kInfinity;
  if (std::isinf(degrees_of_freedom)) return normal_quantile(probability);
  return boost::math::quantile(
      boost::math::students_t_distribution<double, Quiet>(degrees_of_freedom), probability);
}

double f_upper_tail(double f, double numerator_dof, double denominator_dof) {
  if (std::isnan(f) || !valid_dof(numerator_dof) || !valid_dof(denominator_dof)) return kNaN;
  if (std::isinf(numerator_dof)) return kNaN;
  if (f <= 0.0) return 1.0;
  if (std::isinf(f)) return 0.0;
  if (std::isinf(denominator_dof)) return chi_squared_upper_tail(f * numerator_dof, numerator_dof);
  const double ratio = f * (numerator_dof / denominator_dof);
  const double a = 0.5 * numerator_dof;
  const double b = 0.5 * denominator_dof;
  if (ratio <= 1.0) return boost::math::ibetac(a, b, ratio / (1.0 + ratio), Quiet());
  return boost::math::ibeta(b, a, 1.0 / (1.0 + ratio), Quiet());
}

double normal_cdf(double z) {
  if (std::isnan(z)) return kNaN;
  if (std::isinf(z)) return z > 0.0 ? 1.0 : 0.0;
  return 0.5 * boost::math::erfc(-z * kSqrtHalf, Quiet());
}

double normal_quantile(double probability) {
  if (!valid_probability(probability)) return kNaN;
  if (probability == 0.0) return -kInfinity;
  if (probability == 1.0) return kInfinity;
  return -kSqrtTwo * boost::math::erfc_inv(2.0 * probability, Quiet());
}

double chi_squared_upper_tail(double x, double degrees_of_freedom) {
  if (std::isnan(x) || !valid_dof(degrees_of_freedom) || std::isinf(degrees_of_freedom))
    return kNaN;
  if (x <= 0.0) return 1.0;
  if (std::isinf(x)) return 0.0;
  return boost::math::gamma_q(0.5 * degrees_of_freedom, 0.5 * x, Quiet());
}

double chi_squared_quantile(double probability, double degrees_of_freedom) {
  if (!valid_probability(probability) || !valid_dof(degrees_of_freedom) ||
      std::isinf(degrees_of_freedom))
    return kNaN;
  if (probability == 1.0) return kInfinity;
  return 2.0 * boost::math::gamma_p_inv(0.5 * degrees_of_freedom, probability, Quiet());
}

}  // namespace steppe::numerics
