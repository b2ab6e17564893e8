// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "dense_factors.hpp"
#include "quadratic_form.hpp"
#include "steppe/numerics/distributions.hpp"
#include "test_columns.hpp"

namespace steppe::numerics {
namespace {

using detail::OrthogonalBasis;

double watson_ratio(const std::vector<double>& e) {
  double changes = 0.0;
  for (std::size_t i = 1; i < e.size(); ++i) changes += std::pow(e[i] - e[i - 1], 2);
  return changes / detail::dot(e, e);
}

// A v with A the matrix of the sum of squared differences: 2 on the diagonal, 1 at its ends, -1
// beside it.
std::vector<double> differenced_twice(const std::vector<double>& v) {
  std::vector<double> out(v.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (i > 0) out[i] += v[i] - v[i - 1];
    if (i + 1 < v.size()) out[i] += v[i] - v[i + 1];
  }
  return out;
}

// Of M A M, M = I - QQ': what is left of A beside the regressors. The n - rank largest.
std::vector<double> watson_eigenvalues(const OrthogonalBasis& basis) {
  const auto n = static_cast<Eigen::Index>(basis.rows());
  Eigen::MatrixXd matrix(n, n);
  for (Eigen::Index c = 0; c < n; ++c) {
    std::vector<double> unit(basis.rows(), 0.0);
    unit[static_cast<std::size_t>(c)] = 1.0;
    const auto column = basis.residual(differenced_twice(basis.residual(std::move(unit))));
    for (Eigen::Index r = 0; r < n; ++r) matrix(r, c) = column[static_cast<std::size_t>(r)];
  }
  const Eigen::MatrixXd symmetric = 0.5 * (matrix + matrix.transpose());
  const Eigen::VectorXd values = detail::symmetric_eigenvalues(symmetric);
  const auto first = values.data() + basis.rank();
  return {first, values.data() + n};
}

double exact_p(const OrthogonalBasis& basis, double ratio) {
  std::vector<double> weights = watson_eigenvalues(basis);
  for (double& weight : weights) weight -= ratio;
  return detail::negative_probability(weights);
}

// Mean and variance of the statistic for normal errors.
double approximate_p(const OrthogonalBasis& basis, double ratio) {
  const double n = static_cast<double>(basis.rows());
  const double dof = n - static_cast<double>(basis.rank());
  double trace = 2.0 * (n - 1.0);          // of MA
  double squared = 2.0 * (3.0 * n - 4.0);  // trace of (MA)^2
  for (std::size_t i = 0; i < basis.rank(); ++i) {
    const auto a = differenced_twice(basis[i]);
    squared -= 2.0 * detail::dot(a, a);
    for (std::size_t j = 0; j < basis.rank(); ++j) {
      const double entry = detail::dot(a, basis[j]);
      if (i == j) trace -= entry;
      squared += entry * entry;
    }
  }
  const double mean = trace / dof;
  const double variance = 2.0 / (dof * (dof + 2.0)) * (squared - trace * mean);
  return normal_cdf((ratio - mean) / std::sqrt(variance));
}

}  // namespace

TestResult durbin_watson(const RegressionResiduals& fit) {
  std::string reason = detail::exact_reason(fit);
  if (!reason.empty()) return detail::undefined_test(std::move(reason));
  const OrthogonalBasis basis = detail::basis_of(fit.design, fit.intercept);
  if (basis.rank() >= basis.rows())
    return detail::undefined_test("as many coefficients as observations");
  TestResult out;
  out.statistic = watson_ratio(detail::unit_residuals(fit.residuals));
  out.p = basis.rows() <= kExactDurbinWatson ? exact_p(basis, out.statistic)
                                             : approximate_p(basis, out.statistic);
  return out;
}

}  // namespace steppe::numerics
