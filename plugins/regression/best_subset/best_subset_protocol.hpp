// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.best_subset knows of a fit, how it is reported, and its form as bytes (schema 1).

#include <cstdint>
#include <string>

#include "steppe/numerics/selected_regression.hpp"

namespace steppe::best_subset {

struct Protocol {
  numerics::LinearProtocol chosen;
  numerics::SubsetCriterion criterion = numerics::SubsetCriterion::kAicc;
  numerics::SubsetSearch search;
};

void write_report(const Protocol& protocol, Report& out);

constexpr std::uint32_t kSavedSchema = 1;

void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::best_subset
