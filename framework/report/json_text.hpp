// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes JSON text: indented, but small objects on one line each, so that a forecast reads as a
// table. Doubles in shortest round-trip form, NaN and infinities as null. Characters that could
// mislead a terminal are written as \uXXXX; invalid UTF-8 becomes U+FFFD.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

class JsonText {
 public:
  enum class Layout { kIndented, kOneLine };  // everything inside one line stays on it

  explicit JsonText(Layout layout = Layout::kIndented) : layout_(layout) {}

  // Containers. Inside an object every value follows a key().
  JsonText& object(Layout layout = Layout::kIndented) { return open('{', layout); }
  JsonText& array(Layout layout = Layout::kIndented) { return open('[', layout); }
  JsonText& end();

  JsonText& key(std::string_view name);
  JsonText& value(double number);
  JsonText& value(std::int64_t number) { return token(std::to_string(number)); }
  JsonText& value(std::uint64_t number) { return token(std::to_string(number)); }
  JsonText& value(int number) { return token(std::to_string(number)); }
  JsonText& value(bool flag) { return token(flag ? "true" : "false"); }
  JsonText& value(std::string_view text);
  JsonText& value(const char* text) { return value(std::string_view(text)); }

  template <typename T>
  JsonText& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  // The finished text; every container must have been ended.
  std::string take() && { return std::move(out_); }

 private:
  struct Level {
    char closing;
    Layout layout;
    bool empty = true;
  };

  JsonText& open(char opening, Layout layout);
  JsonText& token(std::string_view text);
  void before_value();
  void new_line();

  Layout layout_;
  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace steppe
