// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small matrix inverse for the fake regressions of the tests.

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace steppe::conformance::fakes {

// Gauss-Jordan with pivots; false where columns depend on one another.
inline bool invert(std::vector<double>& a, std::size_t p) {
  std::vector<double> inverse(p * p, 0);
  double largest = 0;
  for (std::size_t j = 0; j < p; ++j) {
    inverse[j * p + j] = 1;
    largest = std::fmax(largest, a[j * p + j]);
  }
  for (std::size_t c = 0; c < p; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c; r < p; ++r) {
      if (std::fabs(a[r * p + c]) > std::fabs(a[pivot * p + c])) pivot = r;
    }
    if (!(std::fabs(a[pivot * p + c]) > 1e-10 * largest)) return false;
    for (std::size_t k = 0; k < p; ++k) {
      std::swap(a[c * p + k], a[pivot * p + k]);
      std::swap(inverse[c * p + k], inverse[pivot * p + k]);
    }
    const double d = a[c * p + c];
    for (std::size_t k = 0; k < p; ++k) {
      a[c * p + k] /= d;
      inverse[c * p + k] /= d;
    }
    for (std::size_t r = 0; r < p; ++r) {
      const double f = a[r * p + c];
      for (std::size_t k = 0; r != c && k < p; ++k) {
        a[r * p + k] -= f * a[c * p + k];
        inverse[r * p + k] -= f * inverse[c * p + k];
      }
    }
  }
  a = inverse;
  return true;
}

}  // namespace steppe::conformance::fakes
