// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include "core/number_text.hpp"

namespace steppe {

// Writes a CSV table cell by cell: RFC 4180, "\n" line ends, a number in shortest round-trip form,
// NaN as an empty cell.
class CsvText {
 public:
  // As it is: words of Steppe's own.
  void cell(std::string_view content);
  // X9: text from outside. A spreadsheet runs text that starts like a formula; a quote before it
  // makes it text again.
  void text(std::string_view content);
  void number(double value) { cell(std::isnan(value) ? "" : shortest_text(value)); }
  void end_row();

  std::string take() && { return std::move(out_); }

 private:
  std::string out_;
  bool first_ = true;
};

}  // namespace steppe
