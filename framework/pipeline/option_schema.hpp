// SPDX-License-Identifier: Apache-2.0
#pragma once

// One row of an option table as a JSON Schema.

#include <string>

#include "core/option_value.hpp"

namespace steppe {

// JSON text: type, bounds, choices, default, and help with the unit as description.
std::string option_schema(const OptionDescription& option);

}  // namespace steppe
