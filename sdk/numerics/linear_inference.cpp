// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_inference.hpp"

#include <cmath>

#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

constexpr double kTwoPi = 6.28318530717958647693;

void fill_anova(const LeastSquaresFit& fit, LinearInference& out) {
  const double constant = fit.intercept ? 1.0 : 0.0;
  const bool saturated = fit.residual_dof() == 0;
  out.constant_target = fit.total_ss == 0.0;
  out.exact = saturated || fit.is_exact();
  out.residual_dof = static_cast<double>(fit.residual_dof());
  out.regression_dof = static_cast<double>(fit.rank) - constant;
  out.total_dof = static_cast<double>(fit.observations) - constant;
  out.regression_ss = fit.regression_ss;
  out.residual_ss = out.exact ? 0.0 : fit.residual_ss;
  out.total_ss = fit.total_ss;
  out.residual_variance = saturated ? kUndefined : out.residual_ss / out.residual_dof;
  out.residual_deviation = std::sqrt(out.residual_variance);
  const bool has_r_squared = !saturated && !out.constant_target;
  out.r_squared = !has_r_squared ? kUndefined : out.exact ? 1.0 : out.regression_ss / out.total_ss;
  out.multiple_r = std::sqrt(out.r_squared);
  out.adjusted_r_squared =
      has_r_squared ? 1.0 - out.residual_variance / (out.total_ss / out.total_dof) : kUndefined;
  const bool has_f = has_r_squared && !out.exact && out.regression_dof > 0.0;
  out.f = has_f ? out.regression_ss / out.regression_dof / out.residual_variance : kUndefined;
  out.significance_f = f_upper_tail(out.f, out.regression_dof, out.residual_dof);
}

void fill_coefficients(const LeastSquaresFit& fit, double coverage, LinearInference& out) {
  const std::size_t q = fit.coefficients.size();
  const double factor = student_t_quantile(0.5 + 0.5 * coverage, out.residual_dof);
  for (std::size_t b = 0; b < q; ++b) {
    const double estimate = fit.coefficients[b];
    const double error = std::sqrt(fit.covariance[b * q + b]) * out.residual_deviation;
    out.standard_error.push_back(error);
    out.t.push_back(out.exact ? kUndefined : estimate / error);
    out.p.push_back(student_t_two_sided_p(out.t.back(), out.residual_dof));
    out.lower.push_back(estimate - factor * error);
    out.upper.push_back(estimate + factor * error);
  }
  for (std::size_t i = 0; i < q * q; ++i) {
    const bool dropped = std::isnan(fit.covariance[i]);
    out.covariance.push_back(dropped ? 0.0 : fit.covariance[i] * out.residual_variance);
  }
}

// What the residual of a row counts in sums: sqrt(w) e.
double weighted_residual(const LeastSquaresFit& fit, VectorView weights, std::size_t row) {
  return weights.empty() ? fit.residuals[row] : std::sqrt(weights[row]) * fit.residuals[row];
}

// Of rows that follow one another; those of weight 0 are not there.
double sum_of_squared_changes(const LeastSquaresFit& fit, VectorView weights) {
  double sum = 0.0;
  double previous = kUndefined;
  for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
    if (!weights.empty() && weights[i] == 0.0) continue;
    const double residual = weighted_residual(fit, weights, i);
    if (!std::isnan(previous)) sum += (residual - previous) * (residual - previous);
    previous = residual;
  }
  return sum;
}

// sum ln w over the rows that count: the part of the likelihood that weights have.
double sum_of_log_weights(VectorView weights) {
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0.0) sum += std::log(weights[i]);
  return sum;
}

void fill_criteria(const LeastSquaresFit& fit, VectorView weights, LinearInference& out) {
  const double n = static_cast<double>(fit.observations);
  const double k = static_cast<double>(fit.rank) + 1.0;
  out.log_likelihood = out.aicc = out.bic = out.durbin_watson = kUndefined;
  if (out.exact) return;
  out.log_likelihood = -0.5 * n * (std::log(kTwoPi) + std::log(out.residual_ss / n) + 1.0) +
                       0.5 * sum_of_log_weights(weights);
  out.bic = k * std::log(n) - 2.0 * out.log_likelihood;
  if (n > k + 1.0)
    out.aicc = 2.0 * k - 2.0 * out.log_likelihood + 2.0 * k * (k + 1.0) / (n - k - 1.0);
  out.durbin_watson = sum_of_squared_changes(fit, weights) / out.residual_ss;
}

void fill_influence(const LeastSquaresFit& fit, VectorView weights, LinearInference& out) {
  constexpr double kFullLeverage = 1.0 - 1e-12;  // the residual there is rounding
  const double k = static_cast<double>(fit.rank);
  for (std::size_t i = 0; i < fit.leverages.size(); ++i) {
    const double leverage = fit.leverages[i];
    const bool counts = weights.empty() || weights[i] > 0.0;
    const bool defined = counts && !out.exact && leverage < kFullLeverage;
    const double standardized = defined ? weighted_residual(fit, weights, i) /
                                              (out.residual_deviation * std::sqrt(1.0 - leverage))
                                        : kUndefined;
    out.standardized_residual.push_back(standardized);
    out.cooks_distance.push_back(standardized * standardized * leverage / ((1.0 - leverage) * k));
  }
}

}  // namespace

LinearInference infer(const LeastSquaresFit& fit, double coverage, VectorView weights) {
  LinearInference out;
  fill_anova(fit, out);
  fill_coefficients(fit, coverage, out);
  fill_criteria(fit, weights, out);
  fill_influence(fit, weights, out);
  return out;
}

}  // namespace steppe::numerics
