// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regular file read once from front to back. It is hashed on the way, and at the end it must
// still be the file that was opened. Read with read(2), not mapped: a mapping of a file that
// somebody truncates kills the process with SIGBUS. A file that begins like gzip is unpacked on the
// way, within limits; its hash is that of the packed bytes.

#include <nettle/sha2.h>
#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <string>

#include "gzip_reader.hpp"
#include "steppe/host.hpp"
#include "steppe/result.hpp"

namespace steppe::csv {

// How far a packed file may unfold (C24).
struct UnpackLimits {
  std::uint64_t bytes = std::uint64_t{8} << 30;
  std::uint64_t ratio = 250;  // unpacked to packed; of more than kFreeOfRatio bytes
  static constexpr std::uint64_t kFreeOfRatio = std::uint64_t{16} << 20;
};

class InputFile {
 public:
  // Refuses, without blocking, whatever is not a readable regular file. Messages call it `name`.
  static Result<InputFile> open(const std::string& path, std::string name,
                                const UnpackLimits& limits);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;

  // Bytes of the content put into `out`, 0 at its end.
  Result<std::size_t> read(char* out, std::size_t capacity);

  // Where in the content the last `count` lines begin; 0 when there are no more than that. A line
  // break at the very end belongs to the last line, empty lines after it are passed over. Reads a
  // packed file once more, a plain one from its end.
  Result<std::uint64_t> offset_of_last_lines(std::uint64_t count, const Host& host) const;

  // The file that was opened still has its size, its time of change and its place (C23).
  Result<void> check_unchanged() const;

  // Of what has been read so far: "sha256:" and 64 hexadecimal digits.
  std::string digest() const;

  const std::string& name() const { return name_; }
  bool packed() const { return unpacking_ != nullptr; }
  // Of the file as it stands on disk.
  std::uint64_t size() const { return static_cast<std::uint64_t>(opened_.st_size); }
  std::uint64_t bytes_read() const { return bytes_read_; }
  std::uint64_t content_read() const { return content_read_; }
  bool at_end() const { return packed() ? unpacking_->at_end() : at_end_; }
  // The whole content has been read, though its end may not have been met yet.
  bool all_read() const { return packed() ? unpacking_->at_end() : bytes_read_ >= size(); }

 private:
  InputFile(std::string path, std::string name, int descriptor, const UnpackLimits& limits);
  Result<std::size_t> read_stored(char* out, std::size_t capacity);
  Result<std::size_t> read_unpacked(char* out, std::size_t capacity);
  Result<std::uint64_t> offset_in_packed(std::uint64_t count, const Host& host) const;
  Result<void> check_unpacked(std::uint64_t bytes) const;
  Error named(Error error) const;

  std::string path_;
  std::string name_;
  int descriptor_;
  struct stat opened_{};
  UnpackLimits limits_;
  std::unique_ptr<GzipReader> unpacking_;  // null: a plain file
  std::uint64_t bytes_read_ = 0;
  std::uint64_t content_read_ = 0;
  bool at_end_ = false;
  sha256_ctx hash_;
};

// "sha256:" and 64 hexadecimal digits.
std::string digest_of(const std::string& text);

}  // namespace steppe::csv
