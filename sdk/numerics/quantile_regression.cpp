// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/quantile_regression.hpp"

#include <algorithm>
#include <cmath>

#include "quantile_simplex.hpp"

namespace steppe::numerics {
namespace {

double check_loss(double residual, double quantile) {
  return residual * (residual < 0.0 ? quantile - 1.0 : quantile);
}

// The smallest sum of losses that a constant reaches.
double constant_objective(VectorView response, double quantile) {
  std::vector<double> sorted;
  for (std::size_t i = 0; i < response.size(); ++i) sorted.push_back(response[i]);
  // Any quantile between the order statistics on both sides of n tau is one.
  const double rank = std::ceil(quantile * static_cast<double>(sorted.size())) - 1.0;
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 0.0));
  std::nth_element(sorted.begin(), at, sorted.end());
  const double level = *at;
  double sum = 0.0;
  for (const double y : sorted) sum += check_loss(y - level, quantile);
  return sum;
}

void fill_goodness(const RegressionRows& data, QuantileFit& fit) {
  fit.objective = 0.0;
  fit.below = 0;
  double reference = 0.0;
  for (const double residual : fit.linear.residuals)
    fit.objective += check_loss(residual, fit.quantile);
  for (std::size_t i = 0; i < fit.linear.residuals.size(); ++i) {
    const bool on_fit = std::abs(fit.linear.residuals[i]) <= fit.design.rounding[i];
    if (!on_fit && fit.linear.residuals[i] < 0.0) ++fit.below;
    reference += check_loss(data.response[i], fit.quantile);
  }
  if (fit.linear.intercept) reference = constant_objective(data.response, fit.quantile);
  fit.r1 = reference > 0.0 ? 1.0 - fit.objective / reference : kUndefined;
}

// Every row lies on the least squares fit, whatever the quantile.
QuantileFit exact_fit(QuantileFit fit, const RegressionRows& data) {
  fit.exact = true;
  fit.on_fit.clear();
  fit.basis.clear();
  fit.subgradient.clear();
  std::ranges::fill(fit.design.response, 0.0);
  std::ranges::fill(fit.linear.residuals, 0.0);
  for (std::size_t i = 0; i < fit.linear.fitted.size(); ++i) {
    fit.linear.fitted[i] = data.response[i];
    fit.on_fit.push_back(i);
  }
  fill_goodness(data, fit);
  return fit;
}

// Passes the fit through the rows of the vertex exactly.
Result<void> stand_on(const detail::QuantileVertex& vertex, const RegressionRows& data,
                      QuantileFit& fit) {
  const auto shift = shift_through(fit.linear, data, vertex.basis);
  if (!shift)
    return Error{ErrorKind::kRankDeficient,
                 "rounding leaves no rows that determine the coefficients",
                 {},
                 "N4"};
  move_fit(*shift, data, fit.linear, fit.design);
  for (const std::size_t row : vertex.basis) {
    fit.linear.residuals[row] = fit.design.response[row] = 0.0;
    fit.linear.fitted[row] = data.response[row];
  }
  return {};
}

}  // namespace

Result<QuantileFit> fit_quantile(LeastSquaresFit start, const RegressionRows& data, double quantile,
                                 const Cancelled& cancelled) {
  QuantileFit fit;
  fit.linear = std::move(start);
  fit.quantile = quantile;
  fit.design = orthonormal_design(fit.linear, data);
  if (fit.linear.is_exact() || fit.linear.residual_dof() == 0)
    return exact_fit(std::move(fit), data);
  calm_start(data, fit.linear, fit.design);
  // Rows far off spoil the last digits of every residual of the start: the vertex is sought again
  // about itself, until it stays.
  constexpr int kRounds = 4;
  for (int round = 0; round < kRounds; ++round) {
    auto vertex =
        detail::solve_quantile(fit.design, quantile, {.basis = fit.basis, .cancelled = cancelled});
    if (!vertex) return vertex.error();
    fit.iterations += vertex->iterations;
    const bool stays = vertex->basis == fit.basis;
    fit.basis = vertex->basis;
    fit.on_fit = vertex->on_fit;
    fit.unique = vertex->unique;
    fit.excess = vertex->excess;
    fit.subgradient = std::move(vertex->subgradient);
    if (stays) break;
    if (auto moved = stand_on(*vertex, data, fit); !moved) return moved.error();
  }
  if (fit.on_fit.size() == fit.design.rows) return exact_fit(std::move(fit), data);
  fill_goodness(data, fit);
  return fit;
}

Result<std::vector<double>> shift_to_quantile(const QuantileFit& fit, double quantile,
                                              const Cancelled& cancelled) {
  if (fit.exact) return std::vector<double>(fit.design.rank, 0.0);
  auto vertex = detail::solve_quantile(fit.design, quantile, {.basis = {}, .cancelled = cancelled});
  if (!vertex) return vertex.error();
  return std::move(vertex->shift);
}

}  // namespace steppe::numerics
