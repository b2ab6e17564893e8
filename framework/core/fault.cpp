// SPDX-License-Identifier: Apache-2.0
#include "core/fault.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"

namespace steppe {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

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
  // Nearly every text is plain, and every name of every report comes through here.
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Utf8Character first = first_character(text);
    const std::size_t length = first.length == 0 ? 1 : first.length;
    if (first.length == 0 || (length == 1 && is_unsafe(first.value))) {
      append_hex_byte(out, text[0]);
    } else if (is_unsafe(first.value)) {
      append_hex_character(out, first.value);
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
    while (shown > 0 && (static_cast<unsigned char>(text[shown]) & 0xC0u) == 0x80u) --shown;
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
