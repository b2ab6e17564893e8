// SPDX-License-Identifier: Apache-2.0
#include "orthogonal_basis.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::numerics::detail {
namespace {

// Columns printed with 15 digits that depend on one another leave about 1e-15; a polynomial of
// degree ten, centred, leaves 1e-9.
constexpr double kDependent = 1e-11;

void scale_to(double size, std::vector<double>& column) {
  for (double& value : column) value /= size;
}

double largest(const std::vector<double>& column) {
  double out = 0.0;
  for (const double value : column) out = std::max(out, std::fabs(value));
  return out;
}

}  // namespace

// Four sums side by side: one addition need not wait for the one before it.
double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sums[4] = {0.0, 0.0, 0.0, 0.0};
  const std::size_t whole = a.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4)
    for (std::size_t k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
  for (std::size_t i = whole; i < a.size(); ++i) sums[i - whole] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

std::vector<double> column_of(VectorView view) {
  std::vector<double> out(view.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = view[i];
  return out;
}

OrthogonalBasis::Column OrthogonalBasis::residual(Column v) const {
  for (int pass = 0; pass < 2; ++pass) {
    for (const Column& q : columns_) {
      const double factor = dot(q, v);
      for (std::size_t i = 0; i < v.size(); ++i) v[i] -= factor * q[i];
    }
  }
  return v;
}

bool OrthogonalBasis::add(Column column) {
  const double size = largest(column);
  if (!(size > 0.0)) return false;
  scale_to(size, column);
  const double before = std::sqrt(dot(column, column));
  column = residual(std::move(column));
  const double after = std::sqrt(dot(column, column));
  if (!(after > kDependent * before) || rank() >= rows_) return false;
  scale_to(after, column);
  columns_.push_back(std::move(column));
  return true;
}

OrthogonalBasis basis_of(MatrixView design, bool intercept) {
  OrthogonalBasis basis(design.rows());
  if (intercept) basis.add(std::vector<double>(design.rows(), 1.0));
  for (std::size_t c = 0; c < design.columns(); ++c) basis.add(column_of(design.column(c)));
  return basis;
}

bool is_rounding(double residual_ss, double response_ss) {
  constexpr double kRounding = 1e-14;
  return std::sqrt(residual_ss) <= kRounding * std::sqrt(response_ss);
}

}  // namespace steppe::numerics::detail
