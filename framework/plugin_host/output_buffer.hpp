// SPDX-License-Identifier: Apache-2.0
#pragma once

// A buffer lent to a plugin. It is filled with a pattern first, a NaN that no arithmetic makes, so
// that cells left alone are found (P18), and has some more cells behind its end, so that a short
// write past it is found too (P12).

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "steppe/abi/views.h"

namespace steppe {

// A rule of the contract that a result breaks: name in the fault catalogue and what happened.
struct BrokenRule {
  std::string fault;
  std::string message;
  std::string rule = {};  // "R35" where the fault alone does not tell; see rules.hpp
};

class OutputBuffer {
 public:
  // rows x columns, row-major; `name` is how the contract calls it: "standard_error".
  OutputBuffer(const char* name, std::size_t rows, std::size_t columns);

  const steppe_output* view() const { return &view_; }
  double at(std::size_t row, std::size_t column) const { return cells_[row * columns_ + column]; }
  const double* data() const { return cells_.data(); }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t size() const { return rows_ * columns_; }

  // Cells beyond the end were written, or one inside was not.
  std::optional<BrokenRule> check_filled() const;
  // "mean in row 2 of series 5": names a cell in messages, counted from 1.
  std::string cell(std::size_t row, std::size_t column) const;
  bool has_nan() const;
  bool has_negative() const;

  // The numbers; the buffer is empty then.
  std::vector<double> take();

 private:
  static constexpr std::size_t kGuardCells = 8;
  const char* name_;
  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> cells_;
  steppe_output view_;
};

// Row k * rows + r of `quantiles` must not be below row (k - 1) * rows + r where both are defined.
std::optional<BrokenRule> check_quantile_order(const OutputBuffer& quantiles, std::size_t rows);

}  // namespace steppe
