// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centered_form.hpp"
#include "panel_parts.hpp"
#include "sandwich_parts.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/sandwich.hpp"

namespace steppe::numerics::detail {
namespace {

void add_square(const std::vector<double>& u, std::vector<double>& sum) {
  for (std::size_t i = 0; i < u.size(); ++i)
    for (std::size_t j = 0; j < u.size(); ++j) sum[i * u.size() + j] += u[i] * u[j];
}

// The sums of e a over the rows of each key (clustered), or e a of each row (hc1), squared and
// added; a is the row in orthogonal coordinates.
std::vector<double> summed_scores(const PanelProblem& problem, const PanelData& data,
                                  const PanelFit& fit) {
  const std::size_t size = fit.slopes.centered.kept.size() + 1;
  const bool clustered = problem.covariance == PanelCovariance::kClustered;
  std::vector<std::vector<double>> scores(clustered ? problem.key_count : 0,
                                          std::vector<double>(size));
  std::vector<double> sum(size * size);
  std::vector<double> a;
  for (std::size_t i = 0; i < data.residuals.size(); ++i) {
    orthogonal_row(fit.slopes.centered, row_of(data.design, i), a);
    for (double& value : a) value *= data.residuals[i];
    if (!clustered) add_square(a, sum);
    for (std::size_t k = 0; clustered && k < size; ++k) scores[problem.keys[i]][k] += a[k];
  }
  for (const std::vector<double>& score : scores) add_square(score, sum);
  return sum;
}

double correction(const PanelProblem& problem, const PanelFit& fit) {
  const auto n = static_cast<double>(fit.observations);
  if (problem.covariance == PanelCovariance::kHc1) return n / fit.residual_dof;
  const auto groups = static_cast<double>(problem.key_count);
  const auto coefficients = static_cast<double>(fit.slopes.centered.kept.size()) + 1.0;
  return groups / (groups - 1.0) * (n - 1.0) / (n - coefficients);
}

std::vector<double> panel_filling(const PanelProblem& problem, const PanelData& data,
                                  const PanelFit& fit) {
  const std::size_t size = fit.slopes.centered.kept.size() + 1;
  const bool lone = problem.covariance == PanelCovariance::kClustered && problem.key_count < 2;
  if (fit.residual_dof == 0.0 || lone) return std::vector<double>(size * size, kUndefined);
  if (fit.exact) return std::vector<double>(size * size, 0.0);
  if (problem.covariance != PanelCovariance::kClassical) {
    std::vector<double> sum = summed_scores(problem, data, fit);
    const double factor = correction(problem, fit);
    for (double& entry : sum) entry *= factor;
    return sum;
  }
  std::vector<double> filling(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) filling[i * size + i] = fit.residual_variance;
  return filling;
}

void fill_f(const PanelProblem& problem, PanelFit& fit) {
  fit.f = fit.significance_f = kUndefined;
  const std::size_t slopes = fit.slopes.centered.kept.size();
  // The sums over the keys add up to 0: their squares have at most one rank less than keys.
  const bool clustered = problem.covariance == PanelCovariance::kClustered;
  if (clustered && slopes + 1 > problem.key_count) return;
  if (fit.exact || fit.constant_target || slopes == 0) return;
  fit.f = wald_f(fit.slopes, fit.filling);
  fit.significance_f = f_upper_tail(fit.f, static_cast<double>(slopes), fit.test_dof);
}

void fill_effects(PanelFit& fit) {
  if (fit.effects == PanelEffects::kNone) return;
  const std::vector<double> zeros(fit.slopes.coefficients.size());
  for (std::size_t key = 0; key < fit.key_count(); ++key) {
    const PanelValue effect = evaluate(fit, key, {zeros.data(), zeros.size()});
    fit.effect.push_back(effect.mean);
    fit.effect_error.push_back(std::sqrt(effect.variance));
  }
}

// NaN where one of them never changes beyond rounding of its size.
double squared_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr double kNothing = 1e-13;
  const auto n = static_cast<double>(a.size());
  double mean_a = 0.0;
  double mean_b = 0.0;
  double size_a = 0.0;
  double size_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean_a += a[i] / n;
    mean_b += b[i] / n;
    size_a += a[i] * a[i];
    size_b += b[i] * b[i];
  }
  double aa = 0.0;
  double bb = 0.0;
  double ab = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
    ab += (a[i] - mean_a) * (b[i] - mean_b);
  }
  const bool changes =
      std::sqrt(aa) > kNothing * std::sqrt(size_a) && std::sqrt(bb) > kNothing * std::sqrt(size_b);
  return changes ? std::fmin(ab / aa * (ab / bb), 1.0) : kUndefined;
}

// x'b without any constant.
std::vector<double> slope_parts(const PanelProblem& problem, const PanelFit& fit) {
  const CenteredForm& form = fit.slopes.centered;
  std::vector<double> out;
  for (std::size_t i = 0; i < problem.response.size(); ++i) {
    DoubleDouble sum;
    for (std::size_t k = 0; k < form.kept.size(); ++k)
      sum += form.slopes[k] * DoubleDouble(problem.design(i, form.kept[k]));
    out.push_back(sum.value());
  }
  return out;
}

// The means of the keys; the values lose them.
std::vector<double> split_means(const PanelProblem& problem, const PanelFit& fit,
                                std::vector<double>& values) {
  std::vector<DoubleDouble> sums(problem.key_count);
  for (std::size_t i = 0; i < values.size(); ++i) sums[problem.keys[i]] += values[i];
  for (std::size_t key = 0; key < sums.size(); ++key)
    sums[key] = sums[key] / static_cast<double>(fit.rows[key]);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = (DoubleDouble(values[i]) - sums[problem.keys[i]]).value();
  std::vector<double> means;
  for (const DoubleDouble& sum : sums) means.push_back(sum.value());
  return means;
}

}  // namespace

void fill_panel_inference(const PanelProblem& problem, const PanelData& data, PanelFit& fit) {
  fit.filling = panel_filling(problem, data, fit);
  const std::vector<double> covariance = covariance_of(fit.slopes, fit.filling);
  const std::size_t q = fit.coefficients.size();
  for (std::size_t b = 0; b < q; ++b)
    fit.standard_errors.push_back(
        std::isnan(fit.coefficients[b]) ? kUndefined : std::sqrt(covariance[b * q + b]));
  fill_f(problem, fit);
  fill_effects(fit);
}

void fill_panel_shares(const PanelProblem& problem, PanelFit& fit) {
  fit.r_squared = fit.constant_target ? kUndefined : 1.0 - fit.residual_ss / fit.total_ss;
  std::vector<double> y;
  for (std::size_t i = 0; i < problem.response.size(); ++i) y.push_back(problem.response[i]);
  std::vector<double> part = slope_parts(problem, fit);
  fit.r_squared_overall = squared_correlation(y, part);
  const std::vector<double> y_means = split_means(problem, fit, y);
  fit.r_squared_between = squared_correlation(y_means, split_means(problem, fit, part));
  fit.r_squared_within = squared_correlation(y, part);
}

std::vector<double> panel_distance(const PanelFit& fit, std::size_t key, VectorView row) {
  std::vector<double> out;
  const std::size_t p = row.size();
  for (std::size_t j = 0; j < p; ++j) {
    DoubleDouble value = row[j];
    if (fit.effects == PanelEffects::kFixed) value -= fit.column_means[key * p + j];
    out.push_back(value.value());
  }
  return out;
}

}  // namespace steppe::numerics::detail
