// SPDX-License-Identifier: Apache-2.0
#pragma once

// Walks over JSON text and counts lines and characters. Knows where tokens begin and end, not
// whether their order makes sense: that is the parser's business.

#include <string_view>

#include "pipeline/json_value.hpp"

namespace steppe {

class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : text_(text) {}

  const TextPosition& position() const { return position_; }
  bool done() const { return position_.offset >= text_.size(); }
  char front() const { return text_[position_.offset]; }

  void step();  // one byte on
  void move_to(std::size_t offset);
  void skip_white_space();
  void skip_separators();  // white space, commas and colons

  // Moves over the token that begins here and returns its text: one of {}[],: or a string up to its
  // closing quote (or the end of the line when there is none), or a run of other characters.
  std::string_view take_token();

 private:
  void skip_string();
  void skip_word();

  std::string_view text_;
  TextPosition position_;
};

bool is_json_white_space(char c);
bool is_json_punctuation(char c);  // {}[],:

// Whether the token is a number by the grammar of RFC 8259, section 6.
bool is_json_number(std::string_view token);

}  // namespace steppe
