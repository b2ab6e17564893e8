// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/conformance.hpp"
#include "core/option_value.hpp"

namespace steppe::conformance {

// Every capability and tag of the components, and what the cases say of it. `only`: the id of the
// one component that was tried, or empty.
std::vector<ClaimRecord> claims_of(const std::vector<ComponentDescription>& components,
                                   const std::string& only, const std::vector<CaseRecord>& records);

}  // namespace steppe::conformance
