// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/equation.hpp"

#include <charconv>
#include <cmath>

namespace steppe::numerics {

std::string number_text(double value) {
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 15);
  return {buffer, end.ptr};
}

std::string sum_text(std::span<const Term> terms) {
  std::string text;
  for (const Term& term : terms) {
    double coefficient = term.coefficient;
    if (!text.empty()) {
      text += std::signbit(coefficient) ? " - " : " + ";
      coefficient = std::fabs(coefficient);
    }
    text += number_text(coefficient);
    if (!term.variable.empty()) text.append(" ").append(term.variable);
  }
  return text;
}

}  // namespace steppe::numerics
