// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data of the tests of quantile and Huber regressions. Test support only.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reference_files.hpp"
#include "steppe/numerics/orthonormal_design.hpp"

namespace steppe::numerics::test {

struct RobustSample {
  std::size_t columns = 0;
  std::vector<double> x;  // row by row
  std::vector<double> y;

  RegressionRows rows() const {
    return {MatrixView(x.data(), y.size(), columns), VectorView(y.data(), y.size())};
  }
  LeastSquaresFit least_squares(bool intercept = true) const {
    auto fit = solve_least_squares({.design = rows().design,
                                    .response = rows().response,
                                    .weights = {},
                                    .intercept = intercept});
    if (!fit) ADD_FAILURE() << fit.error().message;
    return *std::move(fit);
  }
};

// The last column is the target.
inline RobustSample read_robust_sample(const std::string& set) {
  RobustSample sample;
  const auto rows = read_reference("robust/" + set + ".csv");
  sample.columns = rows.at(0).size() - 1;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < sample.columns; ++j) sample.x.push_back(number(rows[i][j]));
    sample.y.push_back(number(rows[i].back()));
  }
  return sample;
}

// Numbers without a pattern (xorshift64*, Vigna 2016).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2654435761u + 88172645463325252u) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 2685821657736338717u;
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() >> 33) % limit; }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  // Roughly normal: the sum of twelve uniform numbers.
  double bell() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

}  // namespace steppe::numerics::test
