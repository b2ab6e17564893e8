// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "kernels/cross_products.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// Some rows of every column of a problem, side by side for the kernels; see cross_products.hpp.
// Columns 0 .. p-1 are the regressors, p the response, then ones for the sums; then padding.
class Panel {
 public:
  explicit Panel(const LeastSquaresProblem& problem)
      : problem_(problem),
        regressors_(problem.design.columns()),
        width_((regressors_ + 2 + kPanelColumns - 1) / kPanelColumns * kPanelColumns),
        cells_(width_ * kPanelRows, 0.0),
        shift_(regressors_ + 1, 0.0) {}

  std::size_t width() const { return width_; }
  std::size_t ones() const { return regressors_ + 1; }
  const double* data() const { return cells_.data(); }
  double* column(std::size_t j) { return cells_.data() + j * kPanelRows; }
  const std::vector<double>& shift() const { return shift_; }
  std::vector<double>& shift() { return shift_; }
  VectorView source(std::size_t j) const {
    return j < regressors_ ? problem_.design.column(j) : problem_.response;
  }

  // The rows from `first` on, each column less its shift; the number of rows there were.
  std::size_t take(std::size_t first) {
    const std::size_t rows = std::min(kPanelRows, problem_.response.size() - first);
    for (std::size_t j = 0; j <= regressors_; ++j) {
      const VectorView from = source(j);
      kernels_.take(from.data() + static_cast<std::ptrdiff_t>(first) * from.stride(), from.stride(),
                    rows, shift_[j], column(j));
    }
    std::fill_n(column(ones()), kPanelRows, 0.0);
    std::fill_n(column(ones()), rows, 1.0);
    return rows;
  }

 private:
  const CrossProductTable& kernels_ = cross_products();
  const LeastSquaresProblem& problem_;
  std::size_t regressors_;
  std::size_t width_;
  std::vector<double> cells_;
  std::vector<double> shift_;  // about the mean with an intercept, else 0
};

}  // namespace steppe::numerics::detail
