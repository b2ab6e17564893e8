// SPDX-License-Identifier: Apache-2.0
#include "pipeline/json_syntax.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "pipeline/text_cursor.hpp"

namespace steppe {
namespace {

constexpr std::size_t kTokenLimit = 40;

bool starts_with_any(std::string_view word, std::string_view characters) {
  return !word.empty() && characters.find(word.front()) != std::string_view::npos;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_literal(std::string_view word) {
  return word == "true" || word == "false" || word == "null";
}

bool is_not_a_number_word(std::string_view word) {
  std::string plain = lower(word);
  if (starts_with_any(plain, "+-")) plain.erase(0, 1);
  constexpr std::array<std::string_view, 5> kWords = {"nan", "inf", "infinity", "na", "n/a"};
  return std::find(kWords.begin(), kWords.end(), plain) != kWords.end();
}

// What stands where something else should.
std::string number_hint(std::string_view word) {
  if (starts_with_any(word, "+")) return "; write it without +";
  std::string_view digits = word;
  if (starts_with_any(digits, "-")) digits.remove_prefix(1);
  if (digits.size() > 1 && digits[0] == '0' && std::isdigit(digits[1]) != 0) {
    return "; write it without leading zeros";
  }
  if (digits.substr(0, 2) == "0x") return "; write it in decimal";
  if (starts_with_any(digits, ".") || (!digits.empty() && digits.back() == '.')) {
    return "; write digits on both sides of the point";
  }
  return "";
}

struct Escape {
  std::size_t length = 0;             // bytes of the escape
  std::optional<unsigned> code = {};  // of \uXXXX
};

std::optional<unsigned> hex_value(std::string_view digits) {
  unsigned value = 0;
  if (digits.size() != 4) return std::nullopt;
  for (const char c : digits) {
    const char l = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!((l >= '0' && l <= '9') || (l >= 'a' && l <= 'f'))) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(l <= '9' ? l - '0' : l - 'a' + 10);
  }
  return value;
}

// The escape at the front; length 0 when it is none of JSON's.
Escape read_escape(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != '\\') return {};
  if (std::string_view("\"\\/bfnrt").find(rest[1]) != std::string_view::npos) return {2, {}};
  if (rest[1] != 'u') return {};
  const auto code = hex_value(rest.substr(2, 4));
  return code ? Escape{6, code} : Escape{};
}

bool is_high(unsigned code) { return code >= 0xD800 && code <= 0xDBFF; }
bool is_low(unsigned code) { return code >= 0xDC00 && code <= 0xDFFF; }

struct StringProblem {
  std::string code;
  std::size_t offset = 0;  // in the token
  std::string message;
};

std::optional<StringProblem> escape_problem(std::string_view token, std::size_t at,
                                            std::size_t& length) {
  const Escape escape = read_escape(token.substr(at));
  length = escape.length;
  if (escape.length == 0) {
    return StringProblem{"J1", at,
                         "unknown escape " + steppe::quoted(token.substr(at, 2)) +
                             R"(; JSON has \" \\ \/ \b \f \n \r \t \uXXXX; write \\ for one \)"};
  }
  if (!escape.code || (!is_high(*escape.code) && !is_low(*escape.code))) return std::nullopt;
  const Escape second = read_escape(token.substr(at + escape.length));
  if (is_high(*escape.code) && second.code && is_low(*second.code)) {
    length += second.length;
    return std::nullopt;
  }
  return StringProblem{
      "J8", at,
      "lone surrogate " + std::string(token.substr(at, escape.length)) + " is not a character"};
}

// What makes a token that begins with a quote no JSON string.
std::optional<StringProblem> string_problem(std::string_view token) {
  std::size_t at = 1;
  while (at < token.size() && token[at] != '"') {
    std::size_t length = 1;
    if (token[at] == '\\') {
      const auto problem = escape_problem(token, at, length);
      if (problem) return problem;
    } else if (static_cast<unsigned char>(token[at]) < 0x20) {
      return StringProblem{"J1", at,
                           "control character " + escaped(token.substr(at, 1)) +
                               R"( in a string; write it as an escape such as \t)"};
    }
    at += length;
  }
  if (at < token.size()) return std::nullopt;
  return StringProblem{"J1", 0,
                       "the string " + steppe::quoted(token.substr(1), kTokenLimit) +
                           " has no closing quote on its line"};
}

std::string expected_after(SyntaxState state, char separator) {
  switch (state) {
    case SyntaxState::kStart:
      return "'{'";
    case SyntaxState::kEnd:
      return "the end of the file";
    case SyntaxState::kObjectOpened:
      return "a key in double quotes or '}'";
    case SyntaxState::kObjectKey:
      return separator == ':' ? "a value" : "':'";
    case SyntaxState::kObjectValue:
      return separator == ',' ? "a key in double quotes" : "',' or '}'";
    case SyntaxState::kArrayOpened:
      return "a value or ']'";
    case SyntaxState::kArrayItem:
      return separator == ',' ? "a value" : "',' or ']'";
  }
  return "";
}

// The separators that may stand between the last complete token and the offending one.
bool fits_as_separator(SyntaxState state, char separator, std::string_view token) {
  if (separator != '\0') return false;
  if (state == SyntaxState::kObjectKey) return token == ":";
  const bool in_list = state == SyntaxState::kObjectValue || state == SyntaxState::kArrayItem;
  return in_list && token == ",";
}

void explain_token(std::string_view token, const Where& where, const std::string& expected,
                   FaultList& faults) {
  faults.refuse("J1", where,
                "unexpected " +
                    (token.empty() ? "end of file" : steppe::quoted(token, kTokenLimit)) +
                    "; expected " + expected);
}

}  // namespace

void explain_bad_word(std::string_view word, const Where& where, FaultList& faults) {
  const std::string name = steppe::quoted(word, kTokenLimit);
  if (starts_with_any(word, "/#")) {
    faults.refuse("J7", where, "JSON has no comments; remove " + name);
  } else if (is_not_a_number_word(word)) {
    faults.refuse("J7", where, name + " is not JSON; write a number, or null for none");
  } else if (starts_with_any(word, "'`")) {
    faults.refuse("J1", where, "unexpected " + name + "; strings stand in double quotes");
  } else if (starts_with_any(word, "+-.0123456789")) {
    faults.refuse("J1", where, name + " is not a JSON number" + number_hint(word));
  } else if (is_literal(lower(word)) || word == "None") {
    const std::string plain = word == "None" ? "null" : lower(word);
    faults.refuse("J1", where, "unexpected " + name + "; write " + plain);
  } else {
    faults.refuse("J1", where, "unexpected " + name + "; text stands in double quotes");
  }
}

void explain_syntax_error(std::string_view text, const SyntaxContext& context, FaultList& faults) {
  TextCursor cursor(text);
  cursor.move_to(context.position.offset);
  char separator = '\0';
  Where comma;
  for (;;) {
    cursor.skip_white_space();
    const Where where = {cursor.position(), context.path};
    const std::string expected = expected_after(context.after, separator);
    const std::string_view token = cursor.take_token();
    if (fits_as_separator(context.after, separator, token)) {
      separator = token.front();
      comma = where;
      continue;
    }
    if (separator == ',' && (token == "}" || token == "]")) {
      faults.refuse(
          "J7", comma,
          "trailing comma before " + std::string(token) + "; JSON allows none, remove it");
      return;
    }
    if (starts_with_any(token, "\"")) {
      const auto problem = string_problem(token);
      if (!problem) return explain_token(token, where, expected, faults);
      TextCursor inside(text);
      inside.move_to(where.position.offset + problem->offset);
      const bool at_byte = problem->code == "J8";
      const std::string offset = std::to_string(inside.position().offset + context.skipped_bytes);
      faults.refuse(problem->code, {inside.position(), context.path},
                    problem->message + (at_byte ? " (byte offset " + offset + ")" : ""));
      return;
    }
    const bool word = !token.empty() && !is_json_punctuation(token.front());
    if (word && context.overflow && is_json_number(token)) {
      faults.refuse("J6", where,
                    steppe::quoted(token, kTokenLimit) +
                        " is too large for a number; the largest is 1.7976931348623157e308");
    } else if (word && context.after != SyntaxState::kEnd && !is_literal(token) &&
               !is_json_number(token)) {
      explain_bad_word(token, where, faults);
    } else {
      explain_token(token, where, expected, faults);
    }
    return;
  }
}

}  // namespace steppe
