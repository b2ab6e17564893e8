// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "dense_factors.hpp"
#include "test_columns.hpp"

namespace steppe::numerics {
namespace {

using detail::OrthogonalBasis;

constexpr double kRowDecidesAlone = 1.0 - 1e-12;  // the residual there is rounding

void fill_row_influence(const RegressionResiduals& fit, const OrthogonalBasis& basis,
                        Influence& out) {
  const std::size_t n = basis.rows();
  const double k = static_cast<double>(basis.rank());
  const double dof = static_cast<double>(n) - k;
  const bool exact = is_exact_fit(fit);
  const auto e = detail::unit_residuals(fit.residuals);
  const double residual_ss = detail::dot(e, e);
  for (std::size_t i = 0; i < n; ++i) {
    double h = 0.0;
    for (std::size_t c = 0; c < basis.rank(); ++c) h += basis[c][i] * basis[c][i];
    out.leverage.push_back(std::min(h, 1.0));
    const bool defined = !exact && h < kRowDecidesAlone && dof > 0.0;
    const double own = defined ? e[i] * e[i] / (1.0 - h) : kUndefined;
    const double variance_without = dof > 1.0 ? (residual_ss - own) / (dof - 1.0) : kUndefined;
    const double t = e[i] / std::sqrt(variance_without * (1.0 - h));
    out.studentized.push_back(std::isfinite(t) ? t : kUndefined);
    out.cooks_distance.push_back(own * h / (1.0 - h) * dof / (k * residual_ss));
    out.dffits.push_back(out.studentized.back() * std::sqrt(h / (1.0 - h)));
  }
}

// Columns of unit length beside the constant; R of their factorisation. Its smallest singular value
// gives the condition number, the rows of its inverse the variance inflation.
void fill_collinearity(const RegressionResiduals& fit, Influence& out) {
  OrthogonalBasis basis(fit.design.rows());
  if (fit.intercept) basis.add(std::vector<double>(fit.design.rows(), 1.0));
  const std::size_t constant = basis.rank();
  std::vector<std::size_t> kept;
  std::vector<std::vector<double>> columns;
  for (std::size_t c = 0; c < fit.design.columns(); ++c) {
    auto column = detail::column_of(fit.design.column(c));
    OrthogonalBasis mean(basis.rows());
    if (fit.intercept) mean.add(std::vector<double>(basis.rows(), 1.0));
    auto centred = mean.residual(detail::unit_residuals({column.data(), column.size()}));
    if (!basis.add(std::move(column))) continue;
    const double length = std::sqrt(detail::dot(centred, centred));
    for (double& value : centred) value /= length;
    columns.push_back(std::move(centred));
    kept.push_back(c);
  }
  out.variance_inflation.assign(fit.design.columns(), std::numeric_limits<double>::infinity());
  const auto p = static_cast<Eigen::Index>(kept.size());
  if (p == 0) return;
  Eigen::MatrixXd r = Eigen::MatrixXd::Zero(p, p);
  for (Eigen::Index i = 0; i < p; ++i)
    for (Eigen::Index j = i; j < p; ++j)
      r(i, j) = detail::dot(basis[constant + static_cast<std::size_t>(i)],
                            columns[static_cast<std::size_t>(j)]);
  const Eigen::VectorXd singular = detail::singular_values(r);
  out.condition_number = singular(0) / singular(p - 1);
  const Eigen::MatrixXd inverse = detail::solve_upper(r, Eigen::MatrixXd::Identity(p, p));
  for (Eigen::Index i = 0; i < p; ++i)
    out.variance_inflation[kept[static_cast<std::size_t>(i)]] = inverse.row(i).squaredNorm();
}

}  // namespace

Influence influence(const RegressionResiduals& fit) {
  Influence out;
  const OrthogonalBasis basis = detail::basis_of(fit.design, fit.intercept);
  out.rank = basis.rank();
  fill_row_influence(fit, basis, out);
  fill_collinearity(fit, out);
  return out;
}

}  // namespace steppe::numerics
