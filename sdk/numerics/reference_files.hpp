// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads the plain comma-separated reference files of the tests. Test support only.

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace steppe::numerics::test {

using Cells = std::vector<std::string>;

inline std::vector<Cells> read_reference(const std::string& name) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/" + name);
  std::vector<Cells> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Cells cells(1);
    for (const char c : line) {
      if (c == ',')
        cells.emplace_back();
      else
        cells.back() += c;
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

// NaN for an empty cell or one that is not a number.
inline double number(const std::string& text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size()
             ? value
             : std::numeric_limits<double>::quiet_NaN();
}

// Correct digits: -log10 of the relative error (absolute for an expected 0), at most 16.
inline double correct_digits(double computed, double expected) {
  if (computed == expected) return 16.0;
  const double error = std::abs(computed - expected);
  const double digits = -std::log10(expected == 0.0 ? error : error / std::abs(expected));
  return std::isnan(digits) ? 0.0 : std::min(digits, 16.0);
}

}  // namespace steppe::numerics::test
