// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "steppe/numerics/autoregressive_errors.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

void fill_autoregressive_sums(const AutoregressiveFit& fit, double constant, LinearInference& out) {
  const double used = static_cast<double>(fit.rows_used);
  const double rank = static_cast<double>(fit.rank);
  out.exact = fit.exact;
  out.constant_target = fit.total_ss == 0.0;
  out.regression_dof = rank - constant;
  out.residual_dof = used - rank;
  out.total_dof = used - constant;
  out.residual_ss = fit.residual_ss;
  out.total_ss = fit.total_ss;
  out.regression_ss = fit.total_ss - fit.residual_ss;
  out.residual_variance = out.residual_ss / out.residual_dof;
  out.residual_deviation = std::sqrt(out.residual_variance);
  out.r_squared = out.constant_target ? kUndefined : out.regression_ss / out.total_ss;
  out.multiple_r = std::sqrt(out.r_squared);
  out.adjusted_r_squared = out.constant_target
                               ? kUndefined
                               : 1.0 - out.residual_variance / (out.total_ss / out.total_dof);
  const bool has_f = !out.constant_target && !out.exact && out.regression_dof > 0.0;
  out.f = has_f ? out.regression_ss / out.regression_dof / out.residual_variance : kUndefined;
  out.significance_f = f_upper_tail(out.f, out.regression_dof, out.residual_dof);
  out.durbin_watson = fit.durbin_watson;
}

void fill_autoregressive_tests(const AutoregressiveFit& fit, double coverage,
                               LinearInference& out) {
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
  for (const double entry : fit.covariance)
    out.covariance.push_back(std::isnan(entry) ? 0.0 : entry * out.residual_variance);
}

}  // namespace

LinearInference infer(const AutoregressiveFit& fit, bool intercept, double coverage) {
  constexpr double kTau = 6.28318530717958647693;
  LinearInference out;
  fill_autoregressive_sums(fit, intercept ? 1.0 : 0.0, out);
  fill_autoregressive_tests(fit, coverage, out);
  out.log_likelihood = out.aicc = out.bic = kUndefined;
  if (fit.exact) return out;
  const double n = static_cast<double>(fit.rows_used);
  const double k = static_cast<double>(fit.rank) + (std::isnan(fit.rho_standard_error) ? 1.0 : 2.0);
  out.log_likelihood = -0.5 * n * (std::log(kTau) + std::log(out.residual_ss / n) + 1.0);
  if (fit.first_row == FirstRow::kKept) out.log_likelihood += 0.5 * std::log1p(-fit.rho * fit.rho);
  out.bic = k * std::log(n) - 2.0 * out.log_likelihood;
  if (n > k + 1.0)
    out.aicc = 2.0 * k - 2.0 * out.log_likelihood + 2.0 * k * (k + 1.0) / (n - k - 1.0);
  return out;
}

}  // namespace steppe::numerics
