// SPDX-License-Identifier: Apache-2.0
#include "quadratic_form.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace steppe::numerics::detail {
namespace {

constexpr double kPi = 3.14159265358979323846;

// sin(theta(u)) / rho(u) at u = exp(pi/2 sinh s), times d ln u / d s.
double integrand(const std::vector<double>& weights, double s) {
  const double u = std::exp(0.5 * kPi * std::sinh(s));
  double angle = 0.0;
  double log_size = 0.0;
  for (const double a : weights) {
    const double x = a * u;
    angle += std::atan(x);
    // x^2 overflows from 1e154 on; there ln(1 + x^2) is 2 ln |x|.
    log_size += std::fabs(x) < 1e100 ? std::log1p(x * x) : 2.0 * std::log(std::fabs(x));
  }
  return std::sin(0.5 * angle) * std::exp(-0.25 * log_size) * 0.5 * kPi * std::cosh(s);
}

// Sum over s = offset, offset + step, ... on both sides until nothing more comes.
double sum_over(const std::vector<double>& weights, double offset, double step) {
  constexpr double kLimit = 5.2;  // u from 1e-62 to 1e62
  double sum = 0.0;
  for (double s = offset - step * std::ceil((kLimit + offset) / step); s <= kLimit; s += step)
    sum += integrand(weights, s);
  return sum;
}

}  // namespace

double negative_probability(std::span<const double> weights) {
  double largest = 0.0;
  for (const double a : weights) largest = std::max(largest, std::fabs(a));
  if (!(largest > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> scaled;
  for (const double a : weights) scaled.push_back(a / largest);
  // Each halving of the step uses the sums before; from where the rule has begun to converge it
  // doubles the digits.
  double step = 1.0 / 8.0;
  double sum = sum_over(scaled, 0.0, step);
  double integral = sum * step;
  for (int round = 0; round < 6; ++round) {
    sum += sum_over(scaled, 0.5 * step, step);
    step *= 0.5;
    const double before = integral;
    integral = sum * step;
    if (round >= 1 && std::fabs(integral - before) < 1e-14) break;
  }
  return std::clamp(0.5 - integral / kPi, 0.0, 1.0);
}

}  // namespace steppe::numerics::detail
