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

  // Where the reader is, for messages: "component trend.fast: option window".
  void enter(std::string place) { place_ = std::move(place); }
  bool require(bool condition, std::string_view rule);
  // A text that is never null, valid UTF-8 on one line, at most kLongest bytes.
  std::string text(const char* text, std::string_view what, bool may_be_empty = true);
  // struct_size at the head of a table this host needs `expected` bytes of.
  bool size(std::uint32_t struct_size, std::size_t expected, std::string_view what);

  static constexpr std::size_t kLongest = 4096;

 private:
  std::string place_;
  std::string problem_;
};

// Letters a to z, digits, underscores; begins with a letter: names of options and tags.
bool is_snake_case(std::string_view name);

}  // namespace steppe
