// SPDX-License-Identifier: Apache-2.0
#include "record_reader.hpp"

#include <algorithm>
#include <cstring>

#include "message.hpp"

namespace steppe::csv {
namespace {

bool blank_char(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::uint64_t line_ends_in(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] == '\n' || (text[i] == '\r' && !crlf)) ++count;
  }
  return count;
}

RecordReader::RecordReader(TextInput input, std::uint64_t max_field)
    : input_(std::move(input)),
      max_field_(max_field),
      scanner_(','),
      buffer_(std::make_unique_for_overwrite<char[]>(capacity_ + SeparatorScanner::kPadding)),
      cursor_(buffer_.get()),
      end_(buffer_.get()) {
  std::memset(end_, 0, SeparatorScanner::kPadding);
}

void RecordReader::set_dialect(const Dialect& dialect) {
  dialect_ = dialect;
  scanner_ = SeparatorScanner(dialect.delimiter);
  scanner_.start(cursor_, end_);
}

bool RecordReader::next() {
  if (unread_) {
    unread_ = false;
    return true;
  }
  if (blanks_ > 0) {
    --blanks_;
    ++blank_.line;
    return true;
  }
  current_ = &record_;
  if (held_) {
    held_ = false;
    return true;
  }
  if (!read_record()) return false;
  if (!record_.blank()) return true;
  // An empty line is a record only when another record follows.
  static constexpr char kNothing[kTextPadding] = {};
  blank_.fields.assign(1, {kNothing, 0, false});
  blank_.field_count = 1;
  blank_.line = record_.line;
  std::uint64_t more = 0;
  while (record_.blank()) {
    if (!read_record()) return false;
    if (record_.blank()) ++more;
  }
  blanks_ = more;
  held_ = true;
  current_ = &blank_;
  return true;
}

bool RecordReader::read_record() {
  for (;;) {
    switch (parse_record()) {
      case Outcome::kRecord:
        return true;
      case Outcome::kIncomplete:
        if (!fill()) return false;
        scanner_.start(cursor_, end_);
        break;
      case Outcome::kEnd:
      case Outcome::kError:
        return false;
    }
  }
}

// Local copies keep the state of the loop in registers: this is where reading spends its time.
RecordReader::Outcome RecordReader::parse_record() {
  record_.field_count = 0;
  record_.malformed_column = 0;
  inner_lines_ = 0;
  const char* at = cursor_;
  const char* const end = end_;
  if (at == end) return input_ended_ ? Outcome::kEnd : incomplete(at, 1, false);
  SeparatorScanner scanner = scanner_;
  const char quote = dialect_.quote;
  const char delimiter = dialect_.delimiter;
  const std::uint64_t longest = max_field_;
  const bool special = dialect_.trim;
  std::uint64_t count = 0;
  const char* separator = nullptr;
  for (;; at = separator + 1) {
    if (count == record_.fields.size() && count <= kMaximumFields) record_.fields.emplace_back();
    // Past kMaximumFields the last one is written again and again: only counting goes on.
    Field& field = record_.fields[std::min<std::uint64_t>(count, kMaximumFields)];
    ++count;
    if (special || *at == quote) {
      record_.field_count = count - 1;
      separator = take_special(at, field, scanner);
      if (separator == nullptr) return incomplete(field.begin, count, true);
    } else {
      separator = scanner.next();
      field.begin = at;
      field.size = static_cast<std::uint32_t>(separator - at);
      field.doubled_quotes = false;
    }
    if (field.size > longest && (separator < end || input_ended_)) return too_long(field, count);
    if (separator == end || *separator != delimiter) break;
  }
  scanner_ = scanner;
  record_.field_count = count;
  return end_record(at, separator);
}

// A field that may be quoted or have blanks round it: the separator behind it, null when its quote
// is not closed in memory.
const char* RecordReader::take_special(const char* at, Field& field, SeparatorScanner& scanner) {
  const char* start = at;
  while (dialect_.trim && blank_char(*start) && *start != dialect_.delimiter) ++start;
  if (*start != dialect_.quote || dialect_.quote == 0) {
    const char* const separator = scanner.next();
    const std::string_view whole(at, static_cast<std::size_t>(separator - at));
    const std::string_view text = dialect_.trim ? trimmed(whole) : whole;
    field.begin = text.data();
    field.size = static_cast<std::uint32_t>(text.size());
    field.doubled_quotes = false;
    return separator;
  }
  const char* after = start;
  if (pass_quoted(after, field) == Quoted::kOpen) {
    field.begin = start;
    return nullptr;
  }
  scanner.start(after, end_);
  const char* const separator = scanner.next();
  const std::string_view rest(after, static_cast<std::size_t>(separator - after));
  const bool clean = dialect_.trim ? trimmed(rest).empty() : rest.empty();
  if (!clean && record_.malformed_column == 0) record_.malformed_column = record_.field_count + 1;
  return separator;
}

// Behind the last field: passes over the line end.
RecordReader::Outcome RecordReader::end_record(const char* last_field, const char* separator) {
  if (separator == end_ && !input_ended_) return incomplete(last_field, record_.field_count, false);
  const char* following = separator + (separator < end_ ? 1 : 0);
  if (separator < end_ && *separator == '\r') {
    if (following == end_ && !input_ended_)
      return incomplete(last_field, record_.field_count, false);
    if (following < end_ && *following == '\n') following = scanner_.next() + 1;
  }
  record_.text = {cursor_, static_cast<std::size_t>(separator - cursor_)};
  record_.line = line_;
  cursor_ += following - cursor_;
  line_ += inner_lines_ + 1;
  return Outcome::kRecord;
}

// From the opening quote to the position after the closing one.
RecordReader::Quoted RecordReader::pass_quoted(const char*& at, Field& field) {
  field.begin = ++at;
  field.doubled_quotes = false;
  for (;;) {
    const auto left = static_cast<std::size_t>(end_ - at);
    const void* const found = std::memchr(at, dialect_.quote, left);
    if (found == nullptr) return Quoted::kOpen;
    const char* const quote = static_cast<const char*>(found);
    if (quote + 1 == end_ && !input_ended_) return Quoted::kOpen;
    at = quote + 1;
    if (at < end_ && *at == dialect_.quote) {
      field.doubled_quotes = true;
      ++at;
      continue;
    }
    field.size = static_cast<std::uint32_t>(quote - field.begin);
    inner_lines_ += line_ends_in(field.raw());
    return Quoted::kClosed;
  }
}

RecordReader::Outcome RecordReader::incomplete(const char* field_start, std::uint64_t column,
                                               bool quote_is_open) {
  open_field_ = field_start;
  open_column_ = column;
  open_quote_ = quote_is_open;
  if (input_ended_) {  // only an open quote comes here
    fail({ErrorKind::kInvalidData,
          "the quote that opens here is never closed; close it, or set quote to another character",
          place(line_ + inner_lines_, open_column_), "C10"});
    return Outcome::kError;
  }
  return Outcome::kIncomplete;
}

RecordReader::Outcome RecordReader::too_long(const Field& field, std::uint64_t column) {
  fail({ErrorKind::kResourceLimit,
        "a field of " + std::to_string(field.size) + " bytes; allowed are " +
            std::to_string(max_field_) + " (max_field)",
        place(line_, column), "C11"});
  return Outcome::kError;
}

bool RecordReader::fail(Error error) {
  error_ = std::move(error);
  return false;
}

std::string RecordReader::place(std::uint64_t line, std::uint64_t column) const {
  std::string out = input_.file().name() + ':' + std::to_string(line);
  return column == 0 ? out : out + ':' + std::to_string(column);
}

std::string_view RecordReader::unescaped(const Field& field, std::string& scratch) const {
  scratch.clear();
  scratch.reserve(field.size + kTextPadding);
  const std::string_view raw = field.raw();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    scratch += raw[i];
    if (raw[i] == dialect_.quote) ++i;  // the second of the pair
  }
  const std::size_t size = scratch.size();
  scratch.append(kTextPadding, '\0');
  return std::string_view(scratch).substr(0, size);
}

std::optional<std::uint64_t> RecordReader::lines_left() const {
  const InputFile& file = input_.file();
  if (!input_ended_ && !file.all_read()) return {};
  std::string_view rest(cursor_, static_cast<std::size_t>(end_ - cursor_));
  while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
  return rest.empty() ? 0 : line_ends_in(rest) + 1;
}

}  // namespace steppe::csv
