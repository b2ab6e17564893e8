// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.stepwise knows of a fit, how it is reported, and its form as bytes.

#include <cstdint>

#include "steppe/numerics/selected_regression.hpp"

namespace steppe::stepwise {

struct Protocol {
  numerics::LinearProtocol chosen;
  numerics::SubsetCriterion criterion = numerics::SubsetCriterion::kAicc;
  numerics::StepwisePath path;

  void write_report(Report& out) const;
  void save(Writer& writer) const;
};

constexpr std::uint32_t kSavedSchema = 1;
Result<Protocol> load(Reader& reader);

}  // namespace steppe::stepwise
