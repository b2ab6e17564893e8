// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether the parts of a model that was read fit one another, so that whoever uses it may rely on
// every index, size and range.

#include <optional>
#include <string>

#include "core/saved_model.hpp"

namespace steppe {

// What contradicts what, in words; nothing when all is well.
std::optional<std::string> problem_of(const SavedModel& model);

}  // namespace steppe
