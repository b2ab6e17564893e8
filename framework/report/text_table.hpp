// SPDX-License-Identifier: Apache-2.0
#pragma once

// Building blocks of the readable summary: numbers for people, aligned columns, sparklines.

#include <string>
#include <string_view>
#include <vector>

namespace steppe {

// Six significant digits, thousands apart from 10 000 on, "-" for NaN: "489 412 000", "0.830053".
std::string readable_number(double value);

// "Significance F" for "significance_f", "R squared" for "r_squared".
std::string readable_name(std::string_view name);

// Heights as block characters, the lowest value at the bottom; a blank where a value is missing.
// `scale` lists the values that set the range, so that two lines can share it.
std::string sparkline(const std::vector<double>& values, const std::vector<double>& scale);

// Rows of cells; a column is as wide as its widest cell. `alignment` has one letter per column, l
// or r; its last letter goes for all further columns. Cells must be safe to print.
class TextTable {
 public:
  explicit TextTable(std::string_view alignment) : alignment_(alignment) {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // Each line starts with `indent` and ends without blanks.
  std::string text(std::string_view indent) const;

 private:
  bool is_left(std::size_t column) const {
    return alignment_[column < alignment_.size() ? column : alignment_.size() - 1] == 'l';
  }

  std::string alignment_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace steppe
