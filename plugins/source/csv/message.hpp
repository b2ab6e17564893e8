// SPDX-License-Identifier: Apache-2.0
#pragma once

// Words for messages: what a cell holds, how many, which name was meant.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe::csv {

// In quotes, control characters as \xNN, cut after 60 bytes at a character's boundary.
std::string quoted(std::string_view text);

// Shortest decimal that reads back as the same double, whatever the locale.
std::string text_of(double value);

// "1 field", "3 fields".
std::string counted(std::uint64_t count, const char* noun);

// Without the blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

// The name with the fewest edits from `name` (at most a third of its length), or "".
std::string nearest_name(const std::string& name, const std::vector<std::string>& names);

// `"a", "b", "c"`, at most 20 of them.
std::string list_of(const std::vector<std::string>& names);

}  // namespace steppe::csv
