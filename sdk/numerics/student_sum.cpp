// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/student_sum.hpp"

#include <algorithm>
#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

namespace policies = boost::math::policies;
using SumPolicy = policies::policy<policies::domain_error<policies::ignore_error>,
                                   policies::pole_error<policies::ignore_error>,
                                   policies::overflow_error<policies::ignore_error>,
                                   policies::underflow_error<policies::ignore_error>,
                                   policies::evaluation_error<policies::ignore_error>,
                                   policies::promote_float<false>, policies::promote_double<false>>;

constexpr double kPi = 3.14159265358979323846;
// Parts of a smaller share of the variance change no digit that is promised.
constexpr double kSmallestShare = 1e-12;
// The integrand is nothing beyond this.
constexpr double kSmallestProduct = 1e-13;
// Above, the leading terms of the expansion in 1/v are exact to 1e-7.
constexpr double kManyDegrees = 300;

// The characteristic function of scale * T at t, for t > 0.
double student_characteristic(double scale, double degrees, double t) {
  const double s = scale * t;
  if (std::isinf(degrees)) return std::exp(-s * s / 2);
  if (degrees > kManyDegrees) {
    const double square = s * s;
    return std::exp(-square / 2) * (1 + square * (square / 4 - 1) / degrees);
  }
  const double order = degrees / 2;
  const double z = std::sqrt(degrees) * s;
  // A Bessel function of high order leaves the range of double near 0; its series has converged.
  if (order > 2 && z * z < 1e-3 * (order - 1)) {
    const double q = z * z / (4 * (order - 1));
    return 1 - q * (1 - z * z / (8 * (order - 2)));
  }
  if (z < 1e-10) return 1;
  const double bessel = boost::math::cyl_bessel_k(order, z, SumPolicy());
  const double log_scale =
      order * std::log(z) - boost::math::lgamma(order, SumPolicy()) - (order - 1) * std::log(2.0);
  return bessel > 0 ? std::exp(std::log(bessel) + log_scale) : 0.0;
}

// The sum, scaled to variances that add up to 1, as nodes of the inversion integral.
class Inversion {
 public:
  explicit Inversion(std::span<const ScaledStudent> parts) {
    double fewest = std::numeric_limits<double>::infinity();
    for (const ScaledStudent& part : parts) fewest = std::min(fewest, part.degrees_of_freedom);
    // The sum over nodes repeats with the period 2 pi / step: heavy tails need a longer one.
    step_ = fewest >= 6.5 ? 0.05 : fewest >= 2.5 ? 0.02 : 0.004;
    farthest_ = 0.8 * kPi / step_;
    for (double t = step_ / 2; nodes_.size() < kMostNodes; t += step_) {
      double product = 1;
      for (const ScaledStudent& part : parts) {
        product *= student_characteristic(std::sqrt(part.variance), part.degrees_of_freedom, t);
      }
      nodes_.push_back(product);
      if (!(product > kSmallestProduct)) break;
    }
  }

  double cdf(double x) const {
    double sum = 0;
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
      const double t = (static_cast<double>(k) + 0.5) * step_;
      sum += std::sin(t * x) / t * nodes_[k];
    }
    return 0.5 + sum * step_ / kPi;
  }

  double density(double x) const {
    double sum = 0;
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
      sum += std::cos((static_cast<double>(k) + 0.5) * step_ * x) * nodes_[k];
    }
    return sum * step_ / kPi;
  }

  // Of an upper probability; the distribution is symmetric. Newton's steps within a bracket.
  double quantile(double probability) const {
    double low = 0;
    double high = farthest_;
    double x = std::min(normal_quantile(probability), farthest_ / 2);
    for (int i = 0; i < 100 && high - low > 1e-12 * (1 + x); ++i) {
      const double excess = cdf(x) - probability;
      (excess > 0 ? high : low) = x;
      const double slope = density(x);
      double next = slope > 0 ? x - excess / slope : high;
      if (!(next > low && next < high)) next = (low + high) / 2;
      if (std::fabs(next - x) < 1e-13 * (1 + x)) break;
      x = next;
    }
    return x;
  }

 private:
  static constexpr std::size_t kMostNodes = 20'000;
  double step_ = 0;
  double farthest_ = 0;  // largest quantile that can be told, in scales of the sum
  std::vector<double> nodes_;
};

}  // namespace

std::vector<double> student_sum_quantiles(std::span<const ScaledStudent> parts,
                                          std::span<const double> probabilities) {
  std::vector<double> out(probabilities.size(), std::numeric_limits<double>::quiet_NaN());
  double total = 0;
  for (const ScaledStudent& part : parts) {
    if (!(part.variance >= 0) || !(part.degrees_of_freedom > 0)) return out;
    total += part.variance;
  }
  if (!std::isfinite(total)) return out;
  std::vector<ScaledStudent> kept;
  for (const ScaledStudent& part : parts) {
    if (part.variance <= kSmallestShare * total) continue;
    kept.push_back({part.variance / total, part.degrees_of_freedom});
  }
  const bool alone = kept.size() == 1;
  const Inversion inversion(alone ? std::span<const ScaledStudent>() : kept);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double p = probabilities[i];
    if (!(p > 0 && p < 1)) continue;
    const double upper = std::max(p, 1 - p);
    double quantile = 0;
    if (alone) {
      quantile = student_t_quantile(upper, kept.front().degrees_of_freedom);
    } else if (!kept.empty() && upper > 0.5) {
      quantile = inversion.quantile(upper);
    }
    out[i] = p < 0.5 ? -quantile * std::sqrt(total) : quantile * std::sqrt(total);
  }
  return out;
}

}  // namespace steppe::numerics
