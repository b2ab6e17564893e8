// SPDX-License-Identifier: Apache-2.0
#pragma once

// The decompositions of small dense matrices that estimators need, by Eigen. They take long to
// compile, so this is the only place that has them: who includes this sees Eigen's core alone.
// Matrices are finite; every function that divides says what it does with a singular one.

#include <Eigen/Core>
#include <optional>
#include <vector>

namespace steppe::numerics::detail {

// matrix = u diag(singular) v', singular values decreasing, min(rows, columns) of them.
struct ThinSvd {
  Eigen::VectorXd singular;
  Eigen::MatrixXd u;
  Eigen::MatrixXd v;
};
ThinSvd thin_svd(const Eigen::MatrixXd& matrix);
Eigen::VectorXd singular_values(const Eigen::MatrixXd& matrix);

// Of a symmetric matrix, increasing. Only the lower triangle is read.
Eigen::VectorXd symmetric_eigenvalues(const Eigen::MatrixXd& matrix);

// R of matrix = Q R, min(rows, columns) x columns, zero below the diagonal.
Eigen::MatrixXd triangular_factor(const Eigen::MatrixXd& matrix);

// matrix = Q R, at least as many rows as columns, with Q left out: R and the first rows of Q'
// right.
struct FactoredSystem {
  Eigen::MatrixXd r;
  Eigen::VectorXd rotated;
};
FactoredSystem factored_system(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& right);

// matrix with its columns in the given order = Q R, diagonal of R decreasing; rank counts those
// above threshold times the largest.
struct PivotedFactor {
  Eigen::MatrixXd r;
  std::vector<Eigen::Index> order;
  Eigen::Index rank = 0;
};
PivotedFactor pivoted_factor(const Eigen::MatrixXd& matrix, double threshold);

// R^-1 right and R'^-1 right. Only the upper triangle of r is read; a zero on its diagonal gives
// values that are not finite.
Eigen::MatrixXd solve_upper(const Eigen::MatrixXd& r, const Eigen::MatrixXd& right);
Eigen::MatrixXd solve_upper_transposed(const Eigen::MatrixXd& r, const Eigen::MatrixXd& right);

// The second is empty for a singular matrix, the first then has values that are not finite.
Eigen::MatrixXd inverse_of(const Eigen::MatrixXd& matrix);
std::optional<Eigen::MatrixXd> inverse_if_regular(const Eigen::MatrixXd& matrix);

// For a symmetric positive semidefinite matrix, of which only the lower triangle is read.
Eigen::VectorXd solve_positive(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& right);

}  // namespace steppe::numerics::detail
