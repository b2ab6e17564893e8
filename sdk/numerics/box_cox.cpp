// SPDX-License-Identifier: Apache-2.0
// Lambda of a Box-Cox regression by maximum likelihood.
//
// The likelihood is -n/2 (ln RSS(lambda) - 2 lambda m) of z = (y^lambda - 1) / lambda, m the mean
// of ln y, and its slope -n (r'Wz' - m RSS) / RSS with z' = dz / dlambda and r the residuals of z.
// With an intercept y is first divided by its geometric mean, so m = 0. The largest of a grid is
// found first, for there may be several maxima; then the zero of the slope beside it.

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "centered_form.hpp"
#include "steppe/numerics/elementwise.hpp"
#include "steppe/numerics/target_transform.hpp"

namespace steppe::numerics {
namespace {

constexpr double kLargestLambda = 2.0;
constexpr int kGridSteps = 40;  // of 0.1

// d/dlambda of expm1(lambda l) / lambda = l^2 (t e^t - expm1(t)) / t^2 with t = lambda l.
double box_cox_slope(double lambda, double l) {
  const double t = lambda * l;
  if (std::abs(t) > 0.5) return l * l * (t * std::exp(t) - std::expm1(t)) / (t * t);
  // sum t^k (k + 1) / (k + 2)!
  double sum = 0.0;
  double term = 0.5;  // t^k / (k + 2)!
  for (int k = 0; k < 20; ++k) {
    sum += term * (k + 1);
    term *= t / (k + 3);
  }
  return l * l * sum;
}

class BoxCoxLikelihood {
 public:
  // `fit` is that of the problem with the response ln y.
  BoxCoxLikelihood(const LeastSquaresProblem& problem, const LeastSquaresFit& fit,
                   std::vector<double> ln)
      : ln_(std::move(ln)), size_(fit.centered.kept.size() + 1) {
    double total = 0.0;
    double count = 0.0;
    for (std::size_t i = 0; i < ln_.size(); ++i) {
      weights_.push_back(problem.weights.empty() ? 1.0 : problem.weights[i]);
      if (weights_[i] > 0.0) total += ln_[i], count += 1.0;
    }
    mean_ = problem.intercept ? 0.0 : total / count;
    if (problem.intercept)
      for (double& value : ln_) value -= total / count;
    std::vector<double> a;
    for (std::size_t i = 0; i < ln_.size(); ++i) {
      detail::orthogonal_row(fit.centered, detail::row_of(problem.design, i), a);
      rows_.insert(rows_.end(), a.begin(), a.end());
    }
  }

  struct Value {
    double level = 0.0;  // ln RSS - 2 lambda m: least where the likelihood is largest
    double slope = 0.0;  // r'Wz' - m RSS, of the sign of its slope
  };
  Value at(double lambda) const {
    std::vector<double> residual;
    for (const double l : ln_)
      residual.push_back(lambda == 0.0 ? l : std::expm1(lambda * l) / lambda);
    for (int pass = 0; pass < 2; ++pass) project(residual);
    Value value;
    double rss = 0.0;
    for (std::size_t i = 0; i < residual.size(); ++i) {
      rss += weights_[i] * residual[i] * residual[i];
      value.slope += weights_[i] * residual[i] * box_cox_slope(lambda, ln_[i]);
    }
    value.level = std::log(rss) - 2.0 * lambda * mean_;
    value.slope -= rss * mean_;
    return value;
  }

 private:
  // Takes out what the regressors explain.
  void project(std::vector<double>& z) const {
    std::vector<double> along(size_);
    for (std::size_t i = 0; i < z.size(); ++i)
      for (std::size_t k = 0; k < size_; ++k) along[k] += weights_[i] * z[i] * rows_[i * size_ + k];
    for (std::size_t i = 0; i < z.size(); ++i)
      for (std::size_t k = 0; k < size_; ++k) z[i] -= rows_[i * size_ + k] * along[k];
  }

  std::vector<double> ln_;  // of y over its geometric mean, or of y
  double mean_ = 0.0;       // m
  std::vector<double> weights_;
  std::size_t size_;
  std::vector<double> rows_;  // n x size_, orthogonal coordinates
};

// The zero of the slope between two points at which its signs differ: regula falsi, Illinois form.
double zero_of_slope(const BoxCoxLikelihood& likelihood, double low, double high) {
  double at_low = likelihood.at(low).slope;
  double at_high = likelihood.at(high).slope;
  double middle = low;
  for (int step = 0; step < 60 && high - low > 1e-15; ++step) {
    middle = low + (high - low) * (at_low / (at_low - at_high));
    const double value = likelihood.at(middle).slope;
    if (value == 0.0) return middle;
    if ((value < 0.0) == (at_low < 0.0)) {
      low = middle, at_low = value;
      at_high *= 0.5;
    } else {
      high = middle, at_high = value;
      at_low *= 0.5;
    }
  }
  return middle;
}

}  // namespace

Result<BoxCoxEstimate> estimate_box_cox(const LeastSquaresProblem& problem) {
  std::vector<double> ln;
  for (std::size_t i = 0; i < problem.response.size(); ++i)
    ln.push_back(log_one(problem.response[i]));
  LeastSquaresProblem logarithmic = problem;
  logarithmic.response = {ln.data(), ln.size()};
  const auto fit = solve_least_squares(logarithmic);
  if (!fit) return fit.error();
  if (fit->total_ss == 0.0) return BoxCoxEstimate{};
  if (fit->residual_dof() == 0)
    return Error{ErrorKind::kInsufficientData,
                 "box_cox_lambda cannot be estimated from as many coefficients as observations (" +
                     std::to_string(fit->observations) + "); give it, or add observations",
                 {},
                 "N1"};
  const BoxCoxLikelihood likelihood(problem, *fit, std::move(ln));
  const auto grid = [](int step) { return -kLargestLambda + 0.1 * step; };
  int best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (int step = 0; step <= kGridSteps; ++step) {
    if (problem.cancelled && problem.cancelled())
      return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
    const double level = likelihood.at(grid(step)).level;
    if (level < least) best = step, least = level;
  }
  const double slope = likelihood.at(grid(best)).slope;
  if (best == 0 && slope > 0.0) return BoxCoxEstimate{-kLargestLambda, true};
  if (best == kGridSteps && slope < 0.0) return BoxCoxEstimate{kLargestLambda, true};
  if (slope == 0.0) return BoxCoxEstimate{grid(best), false};
  const double low = slope < 0.0 ? grid(best) : grid(best - 1);
  return BoxCoxEstimate{zero_of_slope(likelihood, low, low + 0.1), false};
}

}  // namespace steppe::numerics
