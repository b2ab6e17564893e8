// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regular file read once from front to back. It is hashed on the way, and at the end it must
// still be the file that was opened. Read with read(2), not mapped: a mapping of a file that
// somebody truncates kills the process with SIGBUS.

#include <nettle/sha2.h>
#include <sys/stat.h>

#include <cstdint>
#include <string>

#include "steppe/result.hpp"

namespace steppe::csv {

class InputFile {
 public:
  // Refuses, without blocking, whatever is not a readable regular file.
  static Result<InputFile> open(const std::string& path);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;

  // Bytes read into `out`, 0 at the end of the file.
  Result<std::size_t> read(char* out, std::size_t capacity);

  // Where the last `count` lines begin; 0 when there are no more than that. A line break at the
  // very end belongs to the last line, empty lines after it are passed over.
  Result<std::uint64_t> offset_of_last_lines(std::uint64_t count) const;

  // The file that was opened still has its size, its time of change and its place (C23).
  Result<void> check_unchanged() const;

  // Of what has been read so far: "sha256:" and 64 hexadecimal digits.
  std::string digest() const;

  const std::string& name() const { return name_; }  // without its folders
  std::uint64_t size() const { return static_cast<std::uint64_t>(opened_.st_size); }
  std::uint64_t bytes_read() const { return bytes_read_; }
  bool at_end() const { return at_end_; }

 private:
  InputFile(std::string path, int descriptor, const struct stat& opened);

  std::string path_;
  std::string name_;
  int descriptor_;
  struct stat opened_;
  std::uint64_t bytes_read_ = 0;
  bool at_end_ = false;
  sha256_ctx hash_;
};

}  // namespace steppe::csv
