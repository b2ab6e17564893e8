// SPDX-License-Identifier: Apache-2.0
#pragma once

// A JSON document as a tree in which every key and value knows where it stands. Members keep the
// order of the file; keys are unique (the second of two equal keys is refused and not in the tree).
// Numbers keep their text, so that no integer ever goes through a double.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

// Line and column count from 1, columns in characters; offset counts bytes from 0.
struct TextPosition {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t offset = 0;
};

struct JsonMember;

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  std::string text = {};     // of a string its value, of a number its token
  std::string written = {};  // of a string in which ${NAME} was expanded: as in the file
  TextPosition position = {};
  std::vector<JsonValue> items = {};
  std::vector<JsonMember> members = {};

  // The member's index, or npos.
  std::size_t find(std::string_view key) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

struct JsonMember {
  std::string key;
  TextPosition position;
  JsonValue value;
};

// "a string", "an object", ... for messages.
std::string_view name_of(JsonValue::Kind kind);

// A value for messages: "12" in quotes when a string, 12 when a number, {...} and [...] else. Shows
// ${NAME} and not its value, which may be a secret.
std::string shown(const JsonValue& value);

}  // namespace steppe
