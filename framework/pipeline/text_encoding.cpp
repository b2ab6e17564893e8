// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text_encoding.hpp"

#include <algorithm>
#include <string>

#include "core/utf8.hpp"
#include "pipeline/text_cursor.hpp"

namespace steppe {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t npos = std::string_view::npos;

// Offset of the first byte that is not part of a valid character, or npos.
std::size_t first_invalid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
    const std::size_t length = ascii ? 1 : first_character(text.substr(at)).length;
    if (length == 0) return at;
    at += length;
  }
  return npos;
}

Where where_of(std::string_view text, std::size_t offset) {
  TextCursor cursor(text);
  cursor.move_to(offset);
  return {cursor.position(), ""};
}

std::string hex(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 0xFu]};
}

// UTF-16 and UTF-32 by their marks, or by a NUL beside the first character.
bool looks_like_utf16(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const std::string_view start = bytes.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") return true;
  return (start[0] == '\0') != (start[1] == '\0');
}

}  // namespace

std::string_view checked_text(std::string_view bytes, FaultList& faults) {
  if (looks_like_utf16(bytes)) {
    faults.refuse("J8", where_of(bytes, 0),
                  "not UTF-8 at byte offset 0: this looks like UTF-16; save the file as UTF-8");
    return {};
  }
  const std::size_t mark = bytes.substr(0, 3) == kByteOrderMark ? 3 : 0;
  const std::string_view text = bytes.substr(mark);
  if (text.substr(0, 3) == kByteOrderMark) {
    faults.refuse("J8", where_of(text, 0), "a second byte order mark at byte offset 3; remove it");
    return {};
  }
  const std::size_t invalid = first_invalid(text);
  const std::size_t nul = text.substr(0, invalid).find('\0');
  if (nul != npos) {
    faults.refuse("J4", where_of(text, nul),
                  "NUL byte at byte offset " + std::to_string(mark + nul) + "; remove it");
  } else if (invalid != npos) {
    faults.refuse("J8", where_of(text, invalid),
                  "invalid UTF-8 byte " + hex(static_cast<unsigned char>(text[invalid])) +
                      " at byte offset " + std::to_string(mark + invalid) +
                      "; save the file as UTF-8");
  } else if (std::all_of(text.begin(), text.end(), is_json_white_space)) {
    faults.refuse("J14", {{0, 0, 0}, ""},
                  "the file is empty; a pipeline is a JSON object with time, horizon and steps");
  }
  return text;
}

}  // namespace steppe
