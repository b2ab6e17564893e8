// SPDX-License-Identifier: Apache-2.0
#include "dialect.hpp"

#include <algorithm>
#include <array>

namespace steppe::csv {
namespace {

constexpr std::array kCandidates = {',', ';', '\t', '|'};
constexpr std::size_t kSampleRecords = 1000;

bool ends_line(char c) { return c == '\n' || c == '\r'; }

// End of a quoted field that opens at `at`: the position after its closing quote, or the end.
std::size_t skip_quoted(std::string_view text, std::size_t at, char quote) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != quote) continue;
    if (at + 1 == text.size() || text[at + 1] != quote) return at + 1;
    ++at;
  }
  return text.size();
}

// Fields per record; blank lines do not count, nor does a last record that may be cut short.
std::vector<std::size_t> field_counts(std::string_view text, char delimiter, char quote,
                                      bool complete) {
  std::vector<std::size_t> counts;
  std::size_t at = 0;
  while (at < text.size() && counts.size() < kSampleRecords) {
    const std::size_t start = at;
    std::size_t fields = 1;
    bool field_starts = true;
    while (at < text.size() && !ends_line(text[at])) {
      if (field_starts && quote != 0 && text[at] == quote) {
        at = skip_quoted(text, at, quote);
        field_starts = false;
        continue;
      }
      field_starts = text[at] == delimiter;
      if (field_starts) ++fields;
      ++at;
    }
    if (at == text.size() && !complete) break;
    if (at > start) counts.push_back(fields);
    ++at;
  }
  return counts;
}

struct Vote {
  char delimiter;
  std::size_t fields;     // in the first record
  std::size_t agreement;  // records with as many
  bool unanimous;
};

Vote vote_for(std::string_view sample, char delimiter, const Dialect& dialect, bool complete) {
  const auto counts = field_counts(sample, delimiter, dialect.quote, complete);
  if (counts.empty()) return {delimiter, 1, 0, true};
  const auto agreement =
      static_cast<std::size_t>(std::count(counts.begin(), counts.end(), counts.front()));
  return {delimiter, counts.front(), agreement, agreement == counts.size()};
}

std::string quoted_or_none(char c) {
  return c == 0 ? std::string("none") : '"' + std::string(1, c) + '"';
}

}  // namespace

std::string text_of(const NumberFormat& format) {
  return "{decimal " + quoted_or_none(format.decimal) + ", group " + quoted_or_none(format.group) +
         "}";
}

std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? "\"\\t\"" : quoted_or_none(delimiter);
}

std::string text_of(const Dialect& dialect) {
  const std::string quote = dialect.quote == '"' ? "\"\\\"\"" : quoted_or_none(dialect.quote);
  return "delimiter " + delimiter_name(dialect.delimiter) + ", quote " + quote + ", trim " +
         (dialect.trim ? "true" : "false");
}

Result<char> detect_delimiter(std::string_view sample, bool complete, const Dialect& dialect) {
  std::vector<Vote> unanimous;
  Vote best{',', 1, 0, false};
  for (const char candidate : kCandidates) {
    const Vote vote = vote_for(sample, candidate, dialect, complete);
    if (vote.fields < 2) continue;
    if (vote.unanimous) unanimous.push_back(vote);
    if (vote.agreement > best.agreement) best = vote;
  }
  if (unanimous.size() > 1) {
    const auto clause = [](const Vote& vote) {
      return delimiter_name(vote.delimiter) + " (" + std::to_string(vote.fields) +
             " fields in each row)";
    };
    return Error{ErrorKind::kInvalidData,
                 "the delimiter could be " + clause(unanimous[0]) + " or " + clause(unanimous[1]) +
                     "; set delimiter",
                 "", "C2"};
  }
  return unanimous.empty() ? best.delimiter : unanimous.front().delimiter;
}

}  // namespace steppe::csv
