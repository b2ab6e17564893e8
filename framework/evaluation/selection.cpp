// SPDX-License-Identifier: Apache-2.0
#include "evaluation/selection.hpp"

#include <cmath>

namespace steppe {

std::optional<std::size_t> best_index(std::span<const double> values, bool larger_is_better) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    if (!best || (larger_is_better ? values[i] > values[*best] : values[i] < values[*best])) {
      best = i;
    }
  }
  return best;
}

}  // namespace steppe
