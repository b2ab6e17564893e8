// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "steppe/numerics/double_double.hpp"

namespace steppe::numerics::detail {

using ExtendedVector = std::vector<DoubleDouble>;

DoubleDouble dot(const ExtendedVector& a, const ExtendedVector& b);

// Largest singular value over the smallest of the matrix with these columns.
double singular_value_ratio(std::vector<std::vector<double>> columns);

// Orthonormal basis Q and triangular factor R of the columns accepted so far, in double-double:
// modified Gram-Schmidt with one reorthogonalisation. Internal to the numerics library.
class ExtendedBasis {
 public:
  // What is left of a column when the basis is taken out of it.
  struct Projection {
    ExtendedVector along;      // k components in the basis
    ExtendedVector remainder;  // n
    DoubleDouble norm;         // of the remainder
  };

  [[nodiscard]] Projection project(ExtendedVector column) const;
  // The projected column becomes basis vector k. Its norm must be positive.
  void accept(Projection projection);
  // Components in the basis -> factors of the accepted columns (back substitution).
  [[nodiscard]] ExtendedVector solve(ExtendedVector components) const;
  // k x k row-major upper triangular.
  [[nodiscard]] ExtendedVector inverse_r() const;
  // 2-norm condition number of the accepted columns scaled to unit length; 1 for none or one.
  [[nodiscard]] double condition_number() const;

  [[nodiscard]] std::size_t size() const { return basis_.size(); }
  [[nodiscard]] const ExtendedVector& operator[](std::size_t k) const { return basis_[k]; }

 private:
  std::vector<ExtendedVector> basis_;  // k vectors of n
  std::vector<ExtendedVector> r_;      // column k: k + 1 entries
};

}  // namespace steppe::numerics::detail
