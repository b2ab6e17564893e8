// SPDX-License-Identifier: Apache-2.0
#pragma once

// Replaces ${NAME} by the value of an environment variable, inside string values only and once:
// what a variable holds is never looked at again, so it cannot change the structure of a pipeline
// (J16).

#include <functional>
#include <optional>
#include <string>

#include "pipeline/fault_list.hpp"
#include "pipeline/json_value.hpp"

namespace steppe {

using Environment = std::function<std::optional<std::string>(const std::string&)>;

// In every string value below `root`; keys stay as they are. JsonValue::written keeps the text of
// the file, so that messages never show a variable's value, which may be a secret.
void expand_environment(JsonValue& root, const Environment& environment, FaultList& faults);

}  // namespace steppe
