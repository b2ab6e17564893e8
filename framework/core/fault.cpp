// SPDX-License-Identifier: Apache-2.0
#include "core/fault.hpp"

#include <array>
#include <cstdint>

namespace steppe {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

// One character of UTF-8 text; length 0 when the bytes are not valid UTF-8.
struct Decoded {
  char32_t character = 0;
  std::size_t length = 0;
};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF (Unicode 15, table 3-7).
Decoded decode_first(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t character = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return {};
    character = (character << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (overlong || surrogate || character > 0x10FFFF) return {};
  return {character, length};
}

// Characters that change how the text around them is shown: C0 and C1 controls, DEL, marks and
// embeddings of writing direction, line and paragraph separators, the byte order mark.
bool is_unsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex_byte(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += "\\x";
  out += kHexDigits[value >> 4];
  out += kHexDigits[value & 0xFu];
}

void append_hex_character(std::string& out, char32_t character) {
  out += "\\u{";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHexDigits[(character >> shift) & 0xFu];
  out += '}';
}

std::string source_text(const Place& place) {
  std::string out = escaped(place.file);
  if (place.line != 0) out += (out.empty() ? "line " : ":") + std::to_string(place.line);
  if (place.column != 0) out += (out.empty() ? "column " : ":") + std::to_string(place.column);
  if (!place.json_path.empty()) {
    out += (out.empty() ? "(" : " (") + escaped(place.json_path) + ")";
  }
  if (!place.field.empty()) {
    out += (out.empty() ? "column " : " column ") + quoted(place.field);
  }
  return out;
}

std::string place_text(const Place& place, bool plugin_first) {
  const std::string series = place.series.empty() ? "" : "series=" + quoted(place.series);
  const std::string step = place.step.empty() ? "" : "step=" + escaped(place.step);
  const std::string plugin = place.plugin.empty() ? "" : "plugin=" + escaped(place.plugin);
  std::array<std::string, 4> parts = {source_text(place), series, step, plugin};
  if (plugin_first) parts = {source_text(place), plugin, step, series};
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += ' ';
    out += part;
  }
  return out;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Decoded decoded = decode_first(text);
    const std::size_t length = decoded.length == 0 ? 1 : decoded.length;
    if (decoded.length == 0 || (length == 1 && is_unsafe(decoded.character))) {
      append_hex_byte(out, text[0]);
    } else if (is_unsafe(decoded.character)) {
      append_hex_character(out, decoded.character);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t limit) {
  std::size_t shown = text.size();
  if (shown > limit) {
    shown = limit;
    while (shown > 0 && is_continuation(text[shown])) --shown;
  }
  std::string out = "\"";
  for (const char c : escaped(text.substr(0, shown))) {
    if (c == '"') out += '\\';
    out += c;
  }
  if (shown == text.size()) return out + "\"";
  return out + "...\" (" + std::to_string(text.size()) + " bytes)";
}

std::string to_text(const Place& place) { return place_text(place, false); }

std::string to_text(const Fault& fault) {
  std::string out = fault.code.empty() ? "error" : "error[" + escaped(fault.code) + "]";
  // Where a plugin is to blame, it is named before the series it stumbled over.
  const std::string place = place_text(fault.place, fault.kind == ErrorKind::kPluginFault);
  if (fault.code.empty()) out += ':';
  if (!place.empty()) out += " " + place + ":";
  return out + " " + escaped(fault.message);
}

}  // namespace steppe
