// SPDX-License-Identifier: Apache-2.0
#include "evaluation/rolling_origin.hpp"

#include <algorithm>

namespace steppe {

std::vector<OriginSplit> rolling_origins(std::size_t n, std::size_t minimum_train,
                                         std::size_t origins, std::size_t horizon) {
  std::vector<OriginSplit> splits;
  if (horizon == 0) return splits;
  const std::size_t first = std::max(minimum_train, n > origins ? n - origins : 0);
  for (std::size_t train = first; train < n; ++train) {
    splits.push_back({train, std::min(horizon, n - train)});
  }
  return splits;
}

}  // namespace steppe
