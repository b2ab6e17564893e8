// SPDX-License-Identifier: Apache-2.0
#include "gzip_reader.hpp"

#include <algorithm>
#include <new>
#include <string>

namespace steppe::csv {
namespace {

Error damaged(std::uint64_t offset, const std::string& what) {
  return {ErrorKind::kInvalidData,
          "the gzip data are damaged at byte offset " + std::to_string(offset) + ": " + what +
              "; fetch or pack the file again",
          "", "C24"};
}

}  // namespace

GzipReader::GzipReader() : packed_(std::make_unique_for_overwrite<char[]>(kChunk)) {
  constexpr int kGzipOnly = 16;
  if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
}

GzipReader::~GzipReader() { inflateEnd(&stream_); }

// False at the end of the file.
Result<bool> GzipReader::fill(const More& more) {
  if (stream_.avail_in > 0) return true;
  auto got = more(packed_.get(), kChunk);
  if (!got) return std::move(got).error();
  stream_.next_in = reinterpret_cast<Bytef*>(packed_.get());
  stream_.avail_in = static_cast<uInt>(*got);
  taken_ += *got;
  return *got > 0;
}

// Passes over padding. False where none of the bytes in hand begins a member.
Result<bool> GzipReader::begin_member() {
  while (any_member_ && stream_.avail_in > 0 && *stream_.next_in == 0) {
    ++stream_.next_in;
    --stream_.avail_in;
  }
  if (stream_.avail_in == 0) return false;
  if (*stream_.next_in != kGzipMagic[0]) {
    return damaged(taken_ - stream_.avail_in, "what follows is no gzip data");
  }
  if (any_member_ && inflateReset(&stream_) != Z_OK) throw std::bad_alloc();
  inside_member_ = true;
  any_member_ = true;
  return true;
}

Result<void> GzipReader::unpack() {
  const int status = inflate(&stream_, Z_NO_FLUSH);
  if (status == Z_MEM_ERROR) throw std::bad_alloc();
  if (status == Z_STREAM_END) inside_member_ = false;
  if (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR) return {};
  return damaged(taken_ - stream_.avail_in,
                 stream_.msg == nullptr ? "not what gzip writes" : stream_.msg);
}

Result<std::size_t> GzipReader::read(char* out, std::size_t capacity, const More& more) {
  constexpr std::size_t kLongest = std::size_t{1} << 30;  // zlib counts in unsigned int
  capacity = std::min(capacity, kLongest);
  stream_.next_out = reinterpret_cast<Bytef*>(out);
  stream_.avail_out = static_cast<uInt>(capacity);
  while (stream_.avail_out > 0 && !at_end_) {
    auto filled = fill(more);
    if (!filled) return std::move(filled).error();
    if (!*filled && inside_member_) {
      cut_short_ = true;
      return Error{ErrorKind::kInvalidData,
                   "the gzip data are cut short: they end after " + std::to_string(taken_) +
                       " bytes, before their end; fetch or pack the file again",
                   "", "C24"};
    }
    at_end_ = !*filled;
    if (at_end_) break;
    if (!inside_member_) {
      auto begun = begin_member();
      if (!begun) return std::move(begun).error();
      if (!*begun) continue;
    }
    if (auto unpacked = unpack(); !unpacked) return std::move(unpacked).error();
  }
  return capacity - stream_.avail_out;
}

}  // namespace steppe::csv
