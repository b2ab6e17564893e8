// SPDX-License-Identifier: Apache-2.0
#pragma once

// The text of a file as checked UTF-8, piece by piece. A byte order mark is passed over; lines at
// the end that are left out are read (the file's hash covers them) but not handed on.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "encoding.hpp"
#include "input_file.hpp"

namespace steppe::csv {

class TextInput {
 public:
  // `end` is the offset in the file's content at which the text to hand on ends.
  TextInput(InputFile file, Encoding encoding, std::uint64_t end)
      : file_(std::move(file)), encoding_(encoding), end_(end) {}

  // Smallest capacity for read().
  static constexpr std::size_t kMinimumCapacity = 4096;

  // Appends text at `out`; 0 bytes at the end. The text before a byte that is no text is handed on
  // first, then comes the error (C8, C9) with the byte's offset; its place is the caller's to give.
  Result<std::size_t> read(char* out, std::size_t capacity);

  // Reads what is left of the file, so that its hash is whole.
  Result<void> drain();

  bool unit_separator_seen() const { return unit_separator_seen_; }
  // The beginning of what was left out at the end, as far as it is text.
  std::string left_out() const;
  const InputFile& file() const { return file_; }

 private:
  Result<std::size_t> read_utf8(char* out, std::size_t capacity);
  Result<std::size_t> read_single_byte(char* out, std::size_t capacity);
  // Bytes of the file before end_; what comes after it is kept aside.
  Result<std::size_t> read_raw(char* out, std::size_t capacity);
  Error bad_byte(std::uint64_t offset, unsigned char byte) const;

  InputFile file_;
  Encoding encoding_;
  std::uint64_t end_;
  std::uint64_t handed_on_ = 0;  // offset in the content of the next byte to hand on
  std::array<char, 4> carry_{};  // a character cut short by the end of a piece
  std::size_t carried_ = 0;
  bool started_ = false;
  bool unit_separator_seen_ = false;
  std::optional<Error> pending_;
  std::vector<char> raw_;
  std::string left_out_;
};

}  // namespace steppe::csv
