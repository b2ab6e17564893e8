// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "conformance/runner.hpp"

namespace steppe::conformance {

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> out;
    for (const auto part :
         {load_cases(), memory_cases(), trend_semantics_cases(), regression_semantics_cases(),
          trend_statistics_cases(), regression_statistics_cases(), service_cases(), source_cases(),
          extra_cases()}) {
      out.insert(out.end(), part.begin(), part.end());
    }
    std::ranges::stable_sort(out, {}, &Case::level);
    return out;
  }();
  return cases;
}

}  // namespace steppe::conformance
