// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "core/utf8.hpp"

namespace steppe {
namespace {

void append_unit(std::string& out, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(unit >> shift) & 0xFu];
}

// Controls, marks of writing direction and line separators; all of them lie below U+10000.
bool is_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const Utf8Character first = first_character(text);
    const std::size_t length = first.length == 0 ? 1 : first.length;
    if (first.length == 0) {
      append_unit(out, 0xFFFD);
    } else if (first.value == '"' || first.value == '\\') {
      out += '\\';
      out += text[0];
    } else if (first.value == '\n') {
      out += "\\n";
    } else if (is_escaped(first.value)) {
      append_unit(out, first.value);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

}  // namespace

void JsonText::new_line() {
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

void JsonText::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) out_ += ',';
  if (level.layout == Layout::kIndented) {
    new_line();
  } else if (!level.empty) {
    out_ += ' ';
  }
  level.empty = false;
}

JsonText& JsonText::open(char opening, Layout layout) {
  before_value();
  out_ += opening;
  const bool one_line = layout_ == Layout::kOneLine || layout == Layout::kOneLine ||
                        (!levels_.empty() && levels_.back().layout == Layout::kOneLine);
  levels_.push_back({opening == '{' ? '}' : ']', one_line ? Layout::kOneLine : Layout::kIndented});
  return *this;
}

JsonText& JsonText::end() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.layout == Layout::kIndented && !level.empty) new_line();
  out_ += level.closing;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  before_value();
  append_string(out_, name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonText& JsonText::token(std::string_view text) {
  before_value();
  out_ += text;
  return *this;
}

JsonText& JsonText::value(double number) {
  return token(std::isfinite(number) ? shortest_text(number) : "null");
}

JsonText& JsonText::value(std::string_view text) {
  before_value();
  append_string(out_, text);
  return *this;
}

}  // namespace steppe
