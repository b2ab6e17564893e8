// SPDX-License-Identifier: Apache-2.0
#pragma once

// Records and their fields (RFC 4180, any single delimiter), in memory that does not grow with the
// file: a field is at most `max_field` bytes, a record at most 16 times that (and at least 16 MiB).
//
// Lines end with LF, CRLF or CR, mixed as they may be. Empty lines at the end of the file are not
// records; an empty line before another record is one, with one empty field.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect.hpp"
#include "separator_scanner.hpp"
#include "text_input.hpp"

namespace steppe::csv {

struct Field {
  const char* begin = nullptr;
  std::uint32_t size = 0;
  bool doubled_quotes = false;  // the text holds "" for "
  std::string_view raw() const { return {begin, size}; }
};

// Points into the reader's memory until the next call of next().
struct Record {
  std::vector<Field> fields;           // the first kMaximumFields of them
  std::uint64_t field_count = 0;       // all of them
  std::uint64_t line = 0;              // of the file, from 1, in which it starts
  std::string_view text;               // as it stands in the file, without its line end
  std::uint64_t malformed_column = 0;  // text follows the closing quote of this field; 0: none
  bool blank() const { return text.empty(); }
};

inline constexpr std::size_t kMaximumFields = 65536;

// How many lines end in the text: at LF, CRLF or CR.
std::uint64_t line_ends_in(std::string_view text);

class RecordReader {
 public:
  static constexpr std::size_t kChunk = 256 * 1024;  // read at a time; stays in the cache
  RecordReader(TextInput input, std::uint64_t max_field);
  RecordReader(const RecordReader&) = delete;  // points into itself
  RecordReader& operator=(const RecordReader&) = delete;

  // The beginning of the text, for detect_delimiter(). To be asked before anything else.
  Result<std::string_view> sample();
  bool sample_is_complete() const { return input_ended_; }
  // Passes over lines; the number there were, at most `count`.
  Result<std::uint64_t> skip_lines(std::uint64_t count);
  void set_dialect(const Dialect& dialect);

  // False at the end and after an error.
  bool next();
  const Record& record() const { return *current_; }
  // The record just read is returned by next() once more.
  void unread() { unread_ = true; }
  // The field without its doubled quotes; `scratch` holds it when it had any. kTextPadding bytes
  // after the text may be read, whatever they are.
  static constexpr std::size_t kTextPadding = 32;
  std::string_view text_of(const Field& field, std::string& scratch) const {
    return field.doubled_quotes ? unescaped(field, scratch) : field.raw();
  }

  const std::optional<Error>& error() const { return error_; }
  const TextInput& input() const { return input_; }
  TextInput& input() { return input_; }
  // Lines after the current record, when the rest of the text is in memory.
  std::optional<std::uint64_t> lines_left() const;

 private:
  enum class Outcome { kRecord, kEnd, kIncomplete, kError };
  enum class Quoted { kClosed, kOpen };

  std::string_view unescaped(const Field& field, std::string& scratch) const;
  bool read_record();
  Outcome parse_record();
  Quoted pass_quoted(const char*& at, Field& field);
  const char* take_special(const char* at, Field& field, SeparatorScanner& scanner);
  Outcome end_record(const char* last_field, const char* separator);
  Outcome incomplete(const char* field_start, std::uint64_t column, bool quote_is_open);
  Outcome too_long(const Field& field, std::uint64_t column);
  bool fill();
  void make_room();
  bool fail(Error error);
  bool check_open_field();
  std::string place(std::uint64_t line, std::uint64_t column = 0) const;

  TextInput input_;
  std::uint64_t max_field_;
  Dialect dialect_;
  SeparatorScanner scanner_;
  // Not a vector: filling it with zeros would touch every page for a file of a few lines.
  std::size_t capacity_ = kChunk;  // without the padding behind it
  std::unique_ptr<char[]> buffer_;
  char* cursor_;  // where the next record starts
  char* end_;     // of the text in memory
  bool input_ended_ = false;
  bool unread_ = false;
  bool held_ = false;                 // record_ waits behind blank lines
  std::uint64_t blanks_ = 0;          // blank lines still to be returned
  std::uint64_t line_ = 1;            // of cursor_
  std::uint64_t inner_lines_ = 0;     // line ends inside quotes of the record being parsed
  const char* open_field_ = nullptr;  // start of the field that the end of memory cuts
  std::uint64_t open_column_ = 0;
  bool open_quote_ = false;
  Record record_;
  Record blank_;
  const Record* current_ = &record_;
  std::optional<Error> error_;
};

}  // namespace steppe::csv
