// SPDX-License-Identifier: Apache-2.0
#pragma once

// Choosing one model among several by a number per model. Pure: it knows neither models nor data.

#include <cstddef>
#include <optional>
#include <span>

namespace steppe {

// Index of the best value among those that are defined (not NaN); the first of equals wins, so that
// the order of the candidates decides ties. Empty when none is defined.
std::optional<std::size_t> best_index(std::span<const double> values, bool larger_is_better);

}  // namespace steppe
