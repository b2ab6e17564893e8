// SPDX-License-Identifier: Apache-2.0
#pragma once

// Says what is wrong at the place where a JSON parser gave up: one fault with the offending token,
// what was expected, and a hint for what people really write (comments, NaN, trailing commas).

#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/fault_list.hpp"

namespace steppe {

// What the last complete token was.
enum class SyntaxState {
  kStart,         // nothing yet
  kEnd,           // the whole document
  kObjectOpened,  // {
  kObjectKey,     // a key
  kObjectValue,   // a member's value
  kArrayOpened,   // [
  kArrayItem,     // an item
};

struct SyntaxContext {
  TextPosition position;  // after the last complete token
  std::string path;
  std::size_t skipped_bytes = 0;  // before the text, for byte offsets
  SyntaxState after = SyntaxState::kStart;
  bool overflow = false;  // a number beyond the range of a double
};

void explain_syntax_error(std::string_view text, const SyntaxContext& context, FaultList& faults);

// A run of characters that is no JSON value: NaN, 01, 'a', // and the like.
void explain_bad_word(std::string_view word, const Where& where, FaultList& faults);

}  // namespace steppe
