// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "steppe/views.hpp"

namespace steppe {

// Consecutive observations of one variable; NaN is missing.
struct History {
  std::int64_t first = 0;
  std::span<const double> values = {};

  // Value at an ordinal; NaN outside.
  double at(std::int64_t ordinal) const {
    const std::int64_t row = ordinal - first;
    if (row < 0 || row >= static_cast<std::int64_t>(values.size())) return kUndefined;
    return values[static_cast<std::size_t>(row)];
  }
};

}  // namespace steppe
