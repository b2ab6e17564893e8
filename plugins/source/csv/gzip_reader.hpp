// SPDX-License-Identifier: Apache-2.0
#pragma once

// Unpacks gzip data (RFC 1952) piece by piece, in memory that does not grow with it: several
// members one after another are one text, zeros after the last are padding. Checksums are checked.
// Not for zip, bzip2 or xz. Errors (C24): invalid_data for data that are damaged or cut short.

#include <zlib.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include "steppe/result.hpp"

namespace steppe::csv {

// The two bytes with which every gzip file begins.
inline constexpr std::array<unsigned char, 2> kGzipMagic = {0x1F, 0x8B};

class GzipReader {
 public:
  // Packed bytes read into a buffer; 0 at the end of the file.
  using More = std::function<Result<std::size_t>(char* out, std::size_t capacity)>;

  GzipReader();
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;  // zlib's state points to it
  GzipReader& operator=(const GzipReader&) = delete;

  // Unpacked bytes; fewer than `capacity` at the end only, where at_end() becomes true.
  Result<std::size_t> read(char* out, std::size_t capacity, const More& more);

  bool at_end() const { return at_end_; }
  // The last error was that the data end too early.
  bool cut_short() const { return cut_short_; }

 private:
  Result<bool> fill(const More& more);
  Result<bool> begin_member();
  Result<void> unpack();

  static constexpr std::size_t kChunk = 64 * 1024;
  z_stream stream_{};
  std::unique_ptr<char[]> packed_;
  std::uint64_t taken_ = 0;     // packed bytes given to zlib or passed over, with those in hand
  bool inside_member_ = false;  // else before the first, or between two
  bool any_member_ = false;
  bool at_end_ = false;
  bool cut_short_ = false;
};

}  // namespace steppe::csv
