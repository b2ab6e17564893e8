// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rolling-origin evaluation: a model is fitted to the first `origin` observations and judged on the
// following ones, for several origins. Source: Tashman 2000, International Journal of Forecasting
// 16(4), 437-450; Hyndman & Athanasopoulos, FPP3, section 5.10.

#include <cstddef>
#include <vector>

namespace steppe {

// Fit on rows [0, train), judge on rows [train, train + test).
struct OriginSplit {
  std::size_t train = 0;
  std::size_t test = 0;
};

// The last `origins` origins of n observations with at least `minimum_train` to fit on, each judged
// over at most `horizon` steps. Fewer splits, or none, when the series is short; never an empty
// test.
std::vector<OriginSplit> rolling_origins(std::size_t n, std::size_t minimum_train,
                                         std::size_t origins, std::size_t horizon);

}  // namespace steppe
