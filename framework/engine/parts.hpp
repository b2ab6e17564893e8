// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a block of borrowed series to parts that models can be fitted to: the rows wanted, complete
// series together, series with missing values at their ends apart, by the dates they have.

#include <functional>
#include <vector>

#include "engine/trend_runner.hpp"

namespace steppe {

struct PartRequest {
  const RowsSpec* rows = nullptr;
  MissingPolicy missing = MissingPolicy::kRefuse;
};

// Series that cannot be used get their reason through `refuse(index, error)`; those whose ends were
// cut get a warning through `warn(index, warning)`.
struct PartCallbacks {
  std::function<void(std::size_t, Error)> refuse;
  std::function<void(std::size_t, Warning)> warn;
};

std::vector<TrendPart> make_parts(const SeriesBlock& block, const PartRequest& request,
                                  const PartCallbacks& callbacks);

}  // namespace steppe
