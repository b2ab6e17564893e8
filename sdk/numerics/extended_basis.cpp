// SPDX-License-Identifier: Apache-2.0
#include "extended_basis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace steppe::numerics::detail {
namespace {

using Columns = std::vector<std::vector<double>>;

double plain_dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// One Jacobi rotation that makes a and b orthogonal. Returns the cosine between them before.
double orthogonalise(std::vector<double>& a, std::vector<double>& b) {
  const double aa = plain_dot(a, a);
  const double bb = plain_dot(b, b);
  const double ab = plain_dot(a, b);
  if (ab == 0.0) return 0.0;
  const double zeta = (bb - aa) / (2.0 * ab);
  const double tangent = std::copysign(1.0, zeta) / (std::abs(zeta) + std::hypot(1.0, zeta));
  const double cosine = 1.0 / std::hypot(1.0, tangent);
  const double sine = cosine * tangent;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double before = a[i];
    a[i] = cosine * before - sine * b[i];
    b[i] = sine * before + cosine * b[i];
  }
  return std::abs(ab) / std::sqrt(aa * bb);
}

}  // namespace

// By one-sided Jacobi (Golub & Van Loan, 4th ed., 8.6.3).
double singular_value_ratio(Columns columns) {
  constexpr int kMaxSweeps = 60;  // converges in under ten for any size met in practice
  for (int sweep = 0; sweep < kMaxSweeps; ++sweep) {
    double worst = 0.0;
    for (std::size_t j = 1; j < columns.size(); ++j)
      for (std::size_t i = 0; i < j; ++i)
        worst = std::max(worst, orthogonalise(columns[i], columns[j]));
    if (!(worst > 1e-14)) break;
  }
  double smallest = std::numeric_limits<double>::infinity();
  double largest = 0.0;
  for (const auto& column : columns) {
    const double norm = std::sqrt(plain_dot(column, column));
    smallest = std::min(smallest, norm);
    largest = std::max(largest, norm);
  }
  return largest / smallest;
}

DoubleDouble dot(const ExtendedVector& a, const ExtendedVector& b) {
  DoubleDouble sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

ExtendedBasis::Projection ExtendedBasis::project(ExtendedVector column) const {
  Projection result{ExtendedVector(basis_.size()), std::move(column), {}};
  for (int pass = 0; pass < 2; ++pass) {  // twice is enough
    for (std::size_t k = 0; k < basis_.size(); ++k) {
      const DoubleDouble component = dot(basis_[k], result.remainder);
      result.along[k] += component;
      for (std::size_t i = 0; i < result.remainder.size(); ++i)
        result.remainder[i] -= component * basis_[k][i];
    }
  }
  result.norm = sqrt(dot(result.remainder, result.remainder));
  return result;
}

void ExtendedBasis::accept(Projection projection) {
  for (DoubleDouble& entry : projection.remainder) entry = entry / projection.norm;
  basis_.push_back(std::move(projection.remainder));
  r_.push_back(std::move(projection.along));
  r_.back().push_back(projection.norm);
}

ExtendedVector ExtendedBasis::solve(ExtendedVector components) const {
  for (std::size_t k = basis_.size(); k-- > 0;) {
    components[k] = components[k] / r_[k][k];
    for (std::size_t i = 0; i < k; ++i) components[i] -= components[k] * r_[k][i];
  }
  return components;
}

ExtendedVector ExtendedBasis::inverse_r() const {
  const std::size_t size = basis_.size();
  ExtendedVector inverse(size * size);
  for (std::size_t j = 0; j < size; ++j) {
    ExtendedVector unit(size);
    unit[j] = 1.0;
    const ExtendedVector column = solve(std::move(unit));
    for (std::size_t i = 0; i <= j; ++i) inverse[i * size + j] = column[i];
  }
  return inverse;
}

double ExtendedBasis::condition_number() const {
  if (basis_.size() < 2) return 1.0;
  Columns columns(basis_.size(), std::vector<double>(basis_.size(), 0.0));
  for (std::size_t k = 0; k < basis_.size(); ++k) {
    const DoubleDouble length = sqrt(dot(r_[k], r_[k]));
    for (std::size_t i = 0; i <= k; ++i) columns[k][i] = (r_[k][i] / length).value();
  }
  return singular_value_ratio(std::move(columns));
}

}  // namespace steppe::numerics::detail
