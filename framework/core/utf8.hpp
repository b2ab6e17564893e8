// SPDX-License-Identifier: Apache-2.0
#pragma once

// UTF-8 as Steppe accepts it: no overlong forms, no surrogates, nothing above U+10FFFF (Unicode,
// table "Well-Formed UTF-8 Byte Sequences").

#include <cstddef>
#include <string_view>

namespace steppe {

// One character; length 0 when the bytes at the start of the text are not valid UTF-8.
struct Utf8Character {
  char32_t value = 0;
  std::size_t length = 0;
};

// The first character of a text that is not empty.
Utf8Character first_character(std::string_view text);

bool is_valid_utf8(std::string_view text);

// Columns a terminal needs for a text: one per character, two for East Asian wide characters, none
// for combining marks. An approximation that keeps tables aligned in the scripts tables are in.
std::size_t display_width(std::string_view text);

}  // namespace steppe
