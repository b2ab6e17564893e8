// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/line_text.hpp"

#include <charconv>

namespace steppe {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string escape_value(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::string> unescape_value(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\') {
      out += value[i];
      continue;
    }
    const char kind = ++i < value.size() ? value[i] : '\0';
    if (kind == '\\' || kind == 'n') {
      out += kind == 'n' ? '\n' : '\\';
    } else if (kind == 'x' && i + 2 < value.size()) {
      unsigned byte = 0;
      const char* const digits = value.data() + i + 1;
      if (std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) return std::nullopt;
      out += static_cast<char>(byte);
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::optional<std::string_view> next_line(std::string_view& text) {
  const auto newline = text.find('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline + 1);
  return line;
}

}  // namespace steppe
