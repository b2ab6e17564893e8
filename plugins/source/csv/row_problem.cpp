// SPDX-License-Identifier: Apache-2.0
#include "row_problem.hpp"

#include <algorithm>

#include "message.hpp"
#include "number.hpp"

namespace steppe::csv {
namespace {

constexpr std::uint64_t kFooterLines = 4;  // a footnote is looked for in the last lines only

bool begins_with_letter(std::string_view text) {
  if (text.empty()) return false;
  const char c = text[0];
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80);
}

// Lines from this record to the end, when they are few.
std::optional<std::uint64_t> footer_lines(const RecordReader& reader) {
  const auto left = reader.lines_left();
  if (!left || *left >= kFooterLines) return {};
  return *left + 1;
}

std::string footer_hint(std::uint64_t lines) {
  return "; if it stands below the table, set footer_rows=" + std::to_string(lines);
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The last field and the one before it look like the two halves of a number such as 1,5.
bool split_decimal_comma(const Record& record, std::uint64_t expected, const Dialect& dialect) {
  if (dialect.delimiter != ',' || record.field_count <= expected) return false;
  if (record.field_count > kMaximumFields) return false;
  const auto last = static_cast<std::size_t>(record.field_count - 1);
  const std::string_view before = record.fields[last - 1].raw();
  return all_digits(record.fields[last].raw()) && !before.empty() &&
         all_digits(before.substr(before.size() - 1));
}

// Another delimiter splits the row into as many fields as the header has; 0: none does.
char other_delimiter(const Record& record, std::uint64_t expected, const Dialect& dialect) {
  for (const char candidate : {',', ';', '\t', '|'}) {
    if (candidate == dialect.delimiter || expected < 2) continue;
    const auto count = std::count(record.text.begin(), record.text.end(), candidate);
    if (static_cast<std::uint64_t>(count) + 1 == expected) return candidate;
  }
  return 0;
}

}  // namespace

std::string RowProblem::place(const std::string& file) const {
  std::string out = file + ':' + std::to_string(line);
  if (column != 0) out += ':' + std::to_string(column);
  if (!name.empty()) out += " column " + quoted(name);
  return out;
}

RowProblem shape_problem(const RecordReader& reader, std::uint64_t expected,
                         const Dialect& dialect) {
  const Record& record = reader.record();
  if (record.malformed_column > 0) {
    return {record.line,
            record.malformed_column,
            "",
            "C10",
            "text follows the closing quote of the field; a quote inside a field is doubled",
            false};
  }
  RowProblem problem{record.line, 0, "", "C12", "", true};
  problem.message =
      record.blank() ? "an empty line inside the table" : counted(record.field_count, "field");
  problem.message += ", header has " + std::to_string(expected);
  if (split_decimal_comma(record, expected, dialect)) {
    problem.fault = "C3";
    problem.column = expected + 1;
    problem.message +=
        "; numbers with a decimal comma need quotes or another delimiter in a comma-separated file";
  } else if (const char other = other_delimiter(record, expected, dialect)) {
    problem.fault = "C13";
    problem.message += "; with delimiter " + delimiter_name(other) + " it would have " +
                       std::to_string(expected) + ", the rows above have " +
                       delimiter_name(dialect.delimiter);
  } else if (const auto lines = footer_lines(reader);
             lines && record.field_count < expected && !record.blank() &&
             begins_with_letter(record.fields.front().raw())) {
    problem.fault = "C18";
    problem.message += footer_hint(*lines);
  }
  return problem;
}

RowProblem number_problem(const RecordReader& reader, const Output& output, std::string_view text,
                          const NumberFormat& format) {
  RowProblem problem{reader.record().line, output.field + 1, output.name, "C16", "", false};
  if (text.empty()) {
    problem.message = "the cell is empty; list \"\" in missing if that marks a missing value";
    return problem;
  }
  NumberComplaint complaint = complain_number(text, format);
  problem.fault = complaint.fault;
  problem.message = complaint.message;
  const auto lines = footer_lines(reader);
  if (problem.fault == "C16" && lines && text.size() > 3 && begins_with_letter(text)) {
    problem.fault = "C18";
    problem.message += footer_hint(*lines);
  }
  return problem;
}

RowProblem separator_problem(const RecordReader& reader, const Output& output,
                             std::string_view text) {
  return {reader.record().line,
          output.field + 1,
          output.name,
          "C26",
          quoted(text) + " holds the unit separator U+001F, which text may not hold",
          false};
}

}  // namespace steppe::csv
