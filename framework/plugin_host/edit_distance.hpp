// SPDX-License-Identifier: Apache-2.0
#pragma once

// The nearest of several names, for "did you mean".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

// Insertions, deletions and replacements that lead from a to b (Levenshtein 1966).
std::size_t edit_distance(std::string_view a, std::string_view b);

// Empty when none is near: more than a third of the name's length, and more than 2, away.
std::string nearest_name(std::string_view name, const std::vector<std::string>& names);

}  // namespace steppe
