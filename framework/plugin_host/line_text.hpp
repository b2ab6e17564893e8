// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values as text on one line, for the formats of verdicts and their cache.

#include <optional>
#include <string>
#include <string_view>

namespace steppe {

// One value: backslash, newline and other control bytes as \\, \n, \xNN. The inverse refuses
// anything else.
std::string escape_value(std::string_view value);
std::optional<std::string> unescape_value(std::string_view value);

// The next line without its newline; moves `text` behind it. Nothing when no newline is left.
std::optional<std::string_view> next_line(std::string_view& text);

}  // namespace steppe
