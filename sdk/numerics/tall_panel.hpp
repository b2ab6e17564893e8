// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "kernels/cross_products.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// Some rows of every column of a problem, for the kernels; see cross_products.hpp. Columns
// 0 .. p-1 are the regressors, p the response; then padding.
class Panel {
 public:
  explicit Panel(const LeastSquaresProblem& problem)
      : problem_(problem),
        regressors_(problem.design.columns()),
        width_((regressors_ + kernels_.tile) / kernels_.tile * kernels_.tile),
        cells_(width_ * kPanelRows, 0.0),
        shift_(regressors_ + 1, 0.0),
        no_shift_(regressors_ + 1, 0.0),
        at_(regressors_ + 1) {}

  std::size_t width() const { return width_; }
  const double* data() const { return cells_.data(); }
  const std::vector<double>& shift() const { return shift_; }
  std::vector<double>& shift() { return shift_; }

  // Copies the rows from `first` on, each column less its shift; adds up the columns.
  void take(std::size_t first, double* sums) {
    for (std::size_t j = 0; j <= regressors_; ++j) {
      const VectorView from = source(j);
      sums[j] = kernels_.take(row_of(from, first), from.stride(), rows_at(first), shift_[j],
                              cells_.data() + j * kPanelRows);
    }
  }

  // Where the columns go on at `first`; none for the last rows, or where they are not neighbours
  // in memory.
  const std::vector<const double*>& ahead(std::size_t first) {
    at_.clear();
    for (std::size_t j = 0; j <= regressors_ && first < rows(); ++j)
      if (source(j).stride() == 1) at_.push_back(row_of(source(j), first));
    return at_;
  }

  // The rows from `first` on where they lie, or copied if they are too few or not neighbours.
  PanelColumns look(std::size_t first) {
    bool in_place = rows_at(first) == kPanelRows;
    for (std::size_t j = 0; j <= regressors_; ++j) in_place = in_place && source(j).stride() == 1;
    at_.resize(regressors_ + 1);
    for (std::size_t j = 0; j <= regressors_; ++j) {
      const VectorView from = source(j);
      at_[j] = in_place ? row_of(from, first) : cells_.data() + j * kPanelRows;
      if (!in_place)
        kernels_.take(row_of(from, first), from.stride(), rows_at(first), shift_[j],
                      cells_.data() + j * kPanelRows);
    }
    return {at_.data(), in_place ? shift_.data() : no_shift_.data(), regressors_, in_place};
  }

  std::size_t rows_at(std::size_t first) const { return std::min(kPanelRows, rows() - first); }

 private:
  std::size_t rows() const { return problem_.response.size(); }
  VectorView source(std::size_t j) const {
    return j < regressors_ ? problem_.design.column(j) : problem_.response;
  }
  static const double* row_of(VectorView column, std::size_t row) {
    return column.data() + static_cast<std::ptrdiff_t>(row) * column.stride();
  }

  const CrossProductTable& kernels_ = cross_products();
  const LeastSquaresProblem& problem_;
  std::size_t regressors_;
  std::size_t width_;
  std::vector<double> cells_;
  std::vector<double> shift_;  // near the mean with an intercept, else 0
  std::vector<double> no_shift_;
  std::vector<const double*> at_;
};

}  // namespace steppe::numerics::detail
