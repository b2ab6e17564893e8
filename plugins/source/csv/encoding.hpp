// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the bytes of a file to UTF-8. UTF-8 itself is checked, single-byte encodings are converted
// by table. A byte of zero is text in none of them.

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe::csv {

enum class Encoding { kUtf8, kLatin1, kCp1251, kCp1252, kKoi8r, kCp866 };

// The names of the option `encoding`, in the order of the enumeration.
inline constexpr const char* kEncodingNames[] = {"utf-8",  "latin1", "cp1251",
                                                 "cp1252", "koi8-r", "cp866"};

// The encoding of that name; UTF-8 for any other.
Encoding encoding_of(std::string_view name);

// How far UTF-8 text is good.
struct Utf8Scan {
  std::size_t valid = 0;        // bytes before the first that is not text, or all
  bool incomplete = false;      // what follows may be a character cut short by the end
  bool unit_separator = false;  // U+001F was seen
};
Utf8Scan scan_utf8(const char* text, std::size_t size);

// Appends text in a single-byte encoding as UTF-8 to `out`, which has room for 3 bytes per byte.
// Stops at a byte that is zero or has no character; `used` says how many bytes were converted.
struct Conversion {
  std::size_t used = 0;
  std::size_t written = 0;
  bool unit_separator = false;
};
Conversion to_utf8(std::string_view bytes, Encoding encoding, char* out);

}  // namespace steppe::csv
