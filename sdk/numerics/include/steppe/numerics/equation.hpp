// SPDX-License-Identifier: Apache-2.0
#pragma once

// Equations as text. 15 significant digits, as a spreadsheet keeps them; never the locale.

#include <span>
#include <string>
#include <string_view>

namespace steppe::numerics {

// "16913.4711779267", "1e+300", "nan".
std::string number_text(double value);

struct Term {
  double coefficient;
  std::string_view variable;  // "t^2", "ln(t)"; "" for a constant
};

// "25734.525 - 3518.8494696969697 t + 733.198106060606 t^2"
std::string sum_text(std::span<const Term> terms);

}  // namespace steppe::numerics
