// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text_cursor.hpp"

namespace steppe {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Removes the digits at the front; false when there is none.
bool take_digits(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && is_digit(rest[count])) ++count;
  rest.remove_prefix(count);
  return count > 0;
}

bool take_any(std::string_view& rest, std::string_view characters) {
  if (rest.empty() || characters.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

bool is_json_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_json_punctuation(char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

bool is_json_number(std::string_view token) {
  take_any(token, "-");
  const bool zero = !token.empty() && token.front() == '0';
  if (zero) {
    token.remove_prefix(1);
  } else if (!take_digits(token)) {
    return false;
  }
  if (take_any(token, ".") && !take_digits(token)) return false;
  if (take_any(token, "eE")) {
    take_any(token, "+-");
    if (!take_digits(token)) return false;
  }
  return token.empty();
}

void TextCursor::step() {
  const char c = text_[position_.offset++];
  const bool carriage_return = c == '\r' && (done() || front() != '\n');
  if (c == '\n' || carriage_return) {
    ++position_.line;
    position_.column = 1;
  } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) {
    ++position_.column;
  }
  // A character is counted at its first byte; the bytes after it belong to the same column, so a
  // position inside a character is one column too far. Positions are only taken at first bytes.
}

void TextCursor::move_to(std::size_t offset) {
  while (!done() && position_.offset < offset) step();
}

void TextCursor::skip_white_space() {
  while (!done() && is_json_white_space(front())) step();
}

void TextCursor::skip_separators() {
  while (!done() && (is_json_white_space(front()) || front() == ',' || front() == ':')) step();
}

std::string_view TextCursor::take_token() {
  const std::size_t begin = position_.offset;
  if (done()) return {};
  if (front() == '"') {
    skip_string();
  } else if (is_json_punctuation(front())) {
    step();
  } else {
    skip_word();
  }
  return text_.substr(begin, position_.offset - begin);
}

void TextCursor::skip_string() {
  step();
  while (!done() && front() != '"' && front() != '\n' && front() != '\r') {
    const bool escape = front() == '\\';
    step();
    if (escape && !done() && front() != '\n' && front() != '\r') step();
  }
  if (!done() && front() == '"') step();
}

void TextCursor::skip_word() {
  while (!done() && !is_json_white_space(front()) && !is_json_punctuation(front()) &&
         front() != '"') {
    step();
  }
}

}  // namespace steppe
