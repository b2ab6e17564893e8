// SPDX-License-Identifier: Apache-2.0
#include "core/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace steppe {

std::string shortest_text(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string significant_text(double value, int digits) {
  if (!std::isfinite(value)) return shortest_text(value);
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, digits - 1)
                       .ptr;
  double rounded = 0;
  std::from_chars(buffer.data(), end, rounded);
  const double size = std::fabs(rounded);
  if (size != 0 && (size < 1e-5 || size >= 1e15)) return shortest_text(rounded);
  std::array<char, 64> fixed;
  const auto fixed_end =
      std::to_chars(fixed.data(), fixed.data() + fixed.size(), rounded, std::chars_format::fixed)
          .ptr;
  return {fixed.data(), fixed_end};
}

}  // namespace steppe
