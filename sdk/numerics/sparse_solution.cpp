// SPDX-License-Identifier: Apache-2.0

// What is said of a solution once it is found: degrees of freedom, covariance, whether it is the
// only one.

#include <algorithm>
#include <cmath>

#include "dense_factors.hpp"
#include "sparse_solver.hpp"

namespace steppe::numerics::detail {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kSameGradient = 1e-8;  // of the largest gradient: columns that might be in

using Columns = std::vector<std::size_t>;

Eigen::Map<const MatrixXd> matrix_of(const ReducedProblem& problem) {
  return {problem.r.data(), static_cast<Index>(problem.rows), static_cast<Index>(problem.columns)};
}

MatrixXd selected(const ReducedProblem& problem, const Columns& columns) {
  const auto r = matrix_of(problem);
  MatrixXd out(r.rows(), static_cast<Index>(columns.size()));
  for (Index k = 0; k < out.cols(); ++k)
    out.col(k) = r.col(static_cast<Index>(columns[static_cast<std::size_t>(k)]));
  return out;
}

// R of A'A + smooth = R'R.
MatrixXd smoothed_factor(const MatrixXd& columns, double smooth) {
  if (smooth == 0.0) return triangular_factor(columns);
  const Index k = columns.cols();
  MatrixXd stack = MatrixXd::Zero(columns.rows() + k, k);
  stack.topRows(columns.rows()) = columns;
  stack.bottomRows(k).diagonal().setConstant(std::sqrt(smooth));
  return triangular_factor(stack);
}

}  // namespace

double active_trace(const ReducedProblem& problem, const Columns& active, double smooth) {
  const double count = static_cast<double>(active.size());
  if (smooth == 0.0 || active.empty()) return count;
  const MatrixXd factor = smoothed_factor(selected(problem, active), smooth);
  const Index k = factor.cols();
  const MatrixXd inverse = solve_upper(factor, MatrixXd::Identity(k, k));
  return count - smooth * inverse.squaredNorm();
}

std::vector<double> active_covariance(const ReducedProblem& problem, const Columns& active,
                                      double smooth) {
  const MatrixXd columns = selected(problem, active);
  const Index k = columns.cols();
  std::vector<double> out(static_cast<std::size_t>(k * k));
  if (k == 0) return out;
  const MatrixXd factor = smoothed_factor(columns, smooth);
  // (A'A + smooth)^-1 A', whose product with its transpose is the covariance.
  const MatrixXd half = solve_upper(factor, solve_upper_transposed(factor, columns.transpose()));
  Eigen::Map<MatrixXd>(out.data(), k, k) = half * half.transpose();
  return out;
}

Columns exchangeable_columns(const ReducedProblem& problem, const SparseSolution& solution,
                             double sparse) {
  const auto r = matrix_of(problem);
  if (r.cols() == 0) return {};
  const Eigen::Map<const VectorXd> c(problem.c.data(), r.rows());
  const Eigen::Map<const VectorXd> beta(solution.coefficients.data(), r.cols());
  const VectorXd slope = r.transpose() * (c - r * beta);
  const double scale = (r.transpose() * c).cwiseAbs().maxCoeff();
  Columns columns;
  for (Index j = 0; j < r.cols(); ++j)
    if (r.col(j).squaredNorm() > 0.0 && std::abs(slope[j]) >= sparse - kSameGradient * scale)
      columns.push_back(static_cast<std::size_t>(j));
  if (columns.empty() || columns.size() > problem.rows) return columns;
  const MatrixXd factor = triangular_factor(selected(problem, columns));
  ReducedProblem equal;
  equal.rows = equal.columns = columns.size();
  equal.r.assign(factor.data(), factor.data() + factor.size());
  Columns found;
  for (const std::size_t i : dependent_columns(equal)) found.push_back(columns[i]);
  return found;
}

}  // namespace steppe::numerics::detail
