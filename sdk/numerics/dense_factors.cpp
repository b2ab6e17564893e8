// SPDX-License-Identifier: Apache-2.0
#include "dense_factors.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>

namespace steppe::numerics::detail {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index kManyColumns = 100;  // from here on divide and conquer is quicker
constexpr unsigned kThin = Eigen::ComputeThinU | Eigen::ComputeThinV;

template <typename Svd>
ThinSvd parts_of(const Svd& svd) {
  return {svd.singularValues(), svd.matrixU(), svd.matrixV()};
}

}  // namespace

ThinSvd thin_svd(const MatrixXd& matrix) {
  if (std::min(matrix.rows(), matrix.cols()) < kManyColumns)
    return parts_of(Eigen::JacobiSVD<MatrixXd>(matrix, kThin));
  return parts_of(Eigen::BDCSVD<MatrixXd>(matrix, kThin));
}

VectorXd singular_values(const MatrixXd& matrix) {
  return Eigen::JacobiSVD<MatrixXd>(matrix).singularValues();
}

VectorXd symmetric_eigenvalues(const MatrixXd& matrix) {
  return Eigen::SelfAdjointEigenSolver<MatrixXd>(matrix, Eigen::EigenvaluesOnly).eigenvalues();
}

MatrixXd triangular_factor(const MatrixXd& matrix) {
  const Eigen::HouseholderQR<MatrixXd> qr(matrix);
  const Index rows = std::min(matrix.rows(), matrix.cols());
  return qr.matrixQR().topRows(rows).template triangularView<Eigen::Upper>();
}

FactoredSystem factored_system(const MatrixXd& matrix, const VectorXd& right) {
  const Eigen::HouseholderQR<MatrixXd> qr(matrix);
  const Index k = matrix.cols();
  const VectorXd rotated = qr.householderQ().adjoint() * right;
  return {qr.matrixQR().topRows(k).template triangularView<Eigen::Upper>(), rotated.head(k)};
}

PivotedFactor pivoted_factor(const MatrixXd& matrix, double threshold) {
  Eigen::ColPivHouseholderQR<MatrixXd> qr(matrix);
  qr.setThreshold(threshold);
  const auto& order = qr.colsPermutation().indices();
  return {qr.matrixR(), {order.data(), order.data() + order.size()}, qr.rank()};
}

MatrixXd solve_upper(const MatrixXd& r, const MatrixXd& right) {
  return r.triangularView<Eigen::Upper>().solve(right);
}

MatrixXd solve_upper_transposed(const MatrixXd& r, const MatrixXd& right) {
  return r.triangularView<Eigen::Upper>().transpose().solve(right);
}

MatrixXd inverse_of(const MatrixXd& matrix) {
  return Eigen::PartialPivLU<MatrixXd>(matrix).inverse();
}

std::optional<MatrixXd> inverse_if_regular(const MatrixXd& matrix) {
  const Eigen::FullPivLU<MatrixXd> lu(matrix);
  if (!lu.isInvertible()) return std::nullopt;
  return lu.inverse();
}

VectorXd solve_positive(const MatrixXd& matrix, const VectorXd& right) {
  return matrix.selfadjointView<Eigen::Lower>().ldlt().solve(right);
}

}  // namespace steppe::numerics::detail
