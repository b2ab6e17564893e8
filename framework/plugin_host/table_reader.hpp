// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reading of foreign C tables: copies texts, and keeps the first broken rule instead of stopping at
// each. After a failure the values are empty and reading goes on harmlessly.

#include <cstdint>
#include <string>
#include <string_view>

namespace steppe {

class TableReader {
 public:
  bool ok() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }
  const std::string& rule() const { return broken_rule_; }  // of the problem: "R9"

  // Where the reader is, for messages: "component trend.fast: option window".
  void enter(std::string place) { place_ = std::move(place); }
  // Which rule (docs/sdk-rules.md) the requirements that follow belong to.
  void under(std::string_view rule) { rule_ = rule; }
  bool require(bool condition, std::string_view what) { return check(condition, what, rule_); }
  // A text that is never null, valid UTF-8 on one line, at most kLongest bytes (R7).
  std::string text(const char* text, std::string_view what, bool may_be_empty = true);
  // struct_size at the head of a table this host needs `expected` bytes of (R6).
  bool size(std::uint32_t struct_size, std::size_t expected, std::string_view what);

  static constexpr std::size_t kLongest = 4096;

 private:
  bool check(bool condition, std::string_view what, std::string_view rule);

  std::string place_;
  std::string rule_ = "R6";
  std::string problem_;
  std::string broken_rule_;
};

// Letters a to z, digits, underscores; begins with a letter: names of options and tags.
bool is_snake_case(std::string_view name);

}  // namespace steppe
