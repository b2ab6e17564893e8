// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/table_reader.hpp"

#include <algorithm>
#include <cstring>

#include "core/fault.hpp"

namespace steppe {

bool TableReader::check(bool condition, std::string_view what, std::string_view rule) {
  if (!condition && problem_.empty()) {
    problem_ = place_.empty() ? std::string(what) : place_ + ": " + std::string(what);
    broken_rule_ = rule;
  }
  return condition;
}

std::string TableReader::text(const char* text, std::string_view what, bool may_be_empty) {
  if (!check(text != nullptr, std::string(what) + " is null", "R6")) return {};
  const std::size_t length = strnlen(text, kLongest + 1);
  const std::string_view view(text, length);
  check(length <= kLongest,
        std::string(what) + " is longer than " + std::to_string(kLongest) + " bytes", "R7");
  check(may_be_empty || length > 0, std::string(what) + " is empty", "R7");
  check(escaped(view) == view, std::string(what) + " holds control characters or invalid UTF-8",
        "R7");
  return ok() ? std::string(view) : std::string();
}

bool TableReader::size(std::uint32_t struct_size, std::size_t expected, std::string_view what) {
  return check(struct_size >= expected,
               "struct_size of " + std::string(what) + " is " + std::to_string(struct_size) +
                   "; at least " + std::to_string(expected) + " is needed",
               "R6");
}

bool is_snake_case(std::string_view name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && letter(name[0]) && std::ranges::all_of(name, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace steppe
