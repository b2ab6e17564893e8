// SPDX-License-Identifier: Apache-2.0

// The memory of a RecordReader: what is kept of the text, how it grows, when it must not.

#include <algorithm>
#include <cstring>

#include "message.hpp"
#include "record_reader.hpp"

namespace steppe::csv {

Result<std::string_view> RecordReader::sample() {
  while (!input_ended_ && end_ - cursor_ < static_cast<std::ptrdiff_t>(kChunk / 2)) {
    if (!fill()) return *error_;
  }
  return std::string_view(cursor_, static_cast<std::size_t>(end_ - cursor_));
}

Result<std::uint64_t> RecordReader::skip_lines(std::uint64_t count) {
  std::uint64_t skipped = 0;
  while (skipped < count) {
    const char* const found =
        std::find_if(cursor_, end_, [](char c) { return c == '\n' || c == '\r'; });
    const bool cut = found == end_ || (*found == '\r' && found + 1 == end_);
    if (cut && !input_ended_) {
      open_field_ = cursor_;
      open_column_ = 1;
      open_quote_ = false;
      if (!fill()) return *error_;
      continue;
    }
    if (found == end_) {
      if (cursor_ < end_) ++skipped;
      cursor_ = end_;
      break;
    }
    const bool crlf = *found == '\r' && found + 1 < end_ && found[1] == '\n';
    cursor_ += (found - cursor_) + (crlf ? 2 : 1);
    ++skipped;
    ++line_;
  }
  open_field_ = nullptr;
  return skipped;
}

bool RecordReader::check_open_field() {
  if (open_field_ == nullptr) return true;
  const auto length = static_cast<std::uint64_t>(end_ - open_field_);
  const std::uint64_t record = static_cast<std::uint64_t>(end_ - cursor_);
  const std::uint64_t record_limit = 16 * std::max<std::uint64_t>(max_field_, 1 << 20);
  if (length > max_field_ + 2 && open_quote_) {  // with its quotes
    return fail({ErrorKind::kInvalidData,
                 "the quote that opens here is not closed within " + std::to_string(max_field_) +
                     " bytes; close it, or raise max_field",
                 place(line_ + inner_lines_, open_column_), "C10"});
  }
  if (length > max_field_ + 2) {
    return fail({ErrorKind::kResourceLimit,
                 "a field of more than " + std::to_string(max_field_) +
                     " bytes; allowed are that many (max_field)",
                 place(line_, open_column_), "C11"});
  }
  if (record > record_limit) {
    return fail({ErrorKind::kResourceLimit,
                 "a row of more than " + std::to_string(record_limit) + " bytes", place(line_),
                 "C11"});
  }
  return true;
}

void RecordReader::make_room() {
  const auto kept = static_cast<std::size_t>(end_ - cursor_);
  if (kept > capacity_ / 2) {
    const std::size_t doubled = capacity_ * 2 + SeparatorScanner::kPadding;
    auto larger = std::make_unique_for_overwrite<char[]>(doubled);
    std::memcpy(larger.get(), cursor_, kept);
    buffer_ = std::move(larger);
    capacity_ *= 2;
  } else {
    std::memmove(buffer_.get(), cursor_, kept);
  }
  cursor_ = buffer_.get();
  end_ = cursor_ + kept;
}

// More text behind what is in memory. False after an error.
bool RecordReader::fill() {
  if (!check_open_field()) return false;
  open_field_ = nullptr;
  make_room();
  const auto kept = static_cast<std::size_t>(end_ - cursor_);
  const std::size_t room = capacity_ - kept;
  auto got = input_.read(end_, std::min(room, std::max(kChunk, kept)));
  if (!got) {
    Error error = std::move(got).error();
    if (error.where.empty()) error.where = place(line_ + line_ends_in({cursor_, end_}));
    return fail(std::move(error));
  }
  input_ended_ = *got == 0;
  end_ += *got;
  std::memset(end_, 0, SeparatorScanner::kPadding);
  return true;
}

}  // namespace steppe::csv
