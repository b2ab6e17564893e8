// SPDX-License-Identifier: Apache-2.0
#pragma once

// Accuracy of judged forecasts, by horizon and together.

#include <cstddef>
#include <span>
#include <vector>

#include "core/backtest.hpp"

namespace steppe {

// One entry per horizon that occurs, ascending, then one for all (step 0). `coverages` is the
// number of intervals of each row. Empty without rows.
std::vector<HorizonAccuracy> forecast_accuracy(std::span<const BacktestSeries> series,
                                               std::size_t coverages);

}  // namespace steppe
