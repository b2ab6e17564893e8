// SPDX-License-Identifier: Apache-2.0
#include "text_input.hpp"

#include <algorithm>
#include <cstring>

namespace steppe::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kKeptOfFooter = 4096;

std::string hexadecimal(unsigned char byte) {
  constexpr const char* kHex = "0123456789ABCDEF";
  return {'0', 'x', kHex[byte >> 4], kHex[byte & 15]};
}

}  // namespace

Result<std::size_t> TextInput::read(char* out, std::size_t capacity) {
  if (pending_) return *pending_;
  return encoding_ == Encoding::kUtf8 ? read_utf8(out, capacity) : read_single_byte(out, capacity);
}

Result<std::size_t> TextInput::read_raw(char* out, std::size_t capacity) {
  const std::uint64_t before = file_.content_read();
  auto got = file_.read(out, capacity);
  if (!got || before + *got <= end_) return got;
  const auto kept = static_cast<std::size_t>(end_ > before ? end_ - before : 0);
  const std::size_t room = kKeptOfFooter - std::min(kKeptOfFooter, left_out_.size());
  left_out_.append(out + kept, std::min(room, *got - kept));
  return kept;
}

Result<std::size_t> TextInput::read_utf8(char* out, std::size_t capacity) {
  for (;;) {
    std::memcpy(out, carry_.data(), carried_);
    auto got = read_raw(out + carried_, capacity - carried_);
    if (!got) return got;
    const bool last = *got == 0;
    std::size_t size = carried_ + *got;
    carried_ = 0;
    if (!started_ && (size >= kByteOrderMark.size() || last)) {
      started_ = true;
      if (std::string_view(out, size).starts_with(kByteOrderMark)) {
        size -= kByteOrderMark.size();
        handed_on_ += kByteOrderMark.size();
        std::memmove(out, out + kByteOrderMark.size(), size);
      }
    }
    const Utf8Scan scan = scan_utf8(out, size);
    unit_separator_seen_ = unit_separator_seen_ || scan.unit_separator;
    handed_on_ += scan.valid;
    if (scan.valid < size) {
      if (scan.incomplete && !last) {
        carried_ = size - scan.valid;
        std::memcpy(carry_.data(), out + scan.valid, carried_);
      } else {
        pending_ = bad_byte(handed_on_, static_cast<unsigned char>(out[scan.valid]));
        if (scan.valid == 0) return *pending_;
      }
    }
    if (scan.valid > 0 || last) return scan.valid;
  }
}

Result<std::size_t> TextInput::read_single_byte(char* out, std::size_t capacity) {
  raw_.resize(capacity / 3);  // no character of these encodings takes more than 3 bytes of UTF-8
  auto got = read_raw(raw_.data(), raw_.size());
  if (!got || *got == 0) return got;
  const Conversion done = to_utf8({raw_.data(), *got}, encoding_, out);
  unit_separator_seen_ = unit_separator_seen_ || done.unit_separator;
  handed_on_ += done.used;
  if (done.used < *got) {
    pending_ = bad_byte(handed_on_, static_cast<unsigned char>(raw_[done.used]));
    if (done.written == 0) return *pending_;
  }
  return done.written;
}

Error TextInput::bad_byte(std::uint64_t offset, unsigned char byte) const {
  const std::string place =
      " at byte offset " + std::to_string(offset) + (file_.packed() ? " of the unpacked text" : "");
  if (byte == 0) {
    return {ErrorKind::kInvalidData,
            "a zero byte" + place + "; the file is not text, or not in " +
                kEncodingNames[static_cast<std::size_t>(encoding_)],
            "", "C8"};
  }
  if (encoding_ != Encoding::kUtf8) {
    return {ErrorKind::kInvalidData,
            "byte " + hexadecimal(byte) + place + " is no character of " +
                kEncodingNames[static_cast<std::size_t>(encoding_)] + "; set encoding",
            "", "C9"};
  }
  const bool utf16 = offset == 0 && (byte == 0xFF || byte == 0xFE);
  return {ErrorKind::kInvalidData,
          "byte " + hexadecimal(byte) + place + " is not valid UTF-8; " +
              (utf16 ? "the file looks like UTF-16: convert it to UTF-8" : "set encoding"),
          "", "C9"};
}

Result<void> TextInput::drain() {
  raw_.resize(std::max<std::size_t>(raw_.size(), 64 * 1024));
  for (;;) {
    auto got = read_raw(raw_.data(), raw_.size());
    if (!got) return std::move(got).error();
    if (file_.at_end()) return {};
  }
}

std::string TextInput::left_out() const {
  if (encoding_ == Encoding::kUtf8) {
    return left_out_.substr(0, scan_utf8(left_out_.data(), left_out_.size()).valid);
  }
  std::string out(left_out_.size() * 3, '\0');
  out.resize(to_utf8(left_out_, encoding_, out.data()).written);
  return out;
}

}  // namespace steppe::csv
