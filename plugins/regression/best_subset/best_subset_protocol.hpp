// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.best_subset knows of a fit, how it is reported, and its form as bytes.

#include <cstdint>
#include <string>

#include "steppe/numerics/selected_regression.hpp"

namespace steppe::best_subset {

struct Protocol {
  numerics::LinearProtocol chosen;
  numerics::SubsetCriterion criterion = numerics::SubsetCriterion::kAicc;
  numerics::SubsetSearch search;
  bool all_judged = true;  // false: saved when cv looked at 10 subsets of each size only

  void write_report(Report& out) const;
  void save(Writer& writer) const;
};

constexpr std::uint32_t kSavedSchema = 1;
Result<Protocol> load(Reader& reader);

}  // namespace steppe::best_subset
