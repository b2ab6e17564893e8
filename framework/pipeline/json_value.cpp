// SPDX-License-Identifier: Apache-2.0
#include "pipeline/json_value.hpp"

#include "core/fault.hpp"

namespace steppe {

std::size_t JsonValue::find(std::string_view key) const {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].key == key) return i;
  }
  return npos;
}

std::string_view name_of(JsonValue::Kind kind) {
  switch (kind) {
    case JsonValue::Kind::kNull:
      return "null";
    case JsonValue::Kind::kBoolean:
      return "a truth value";
    case JsonValue::Kind::kNumber:
      return "a number";
    case JsonValue::Kind::kString:
      return "a string";
    case JsonValue::Kind::kArray:
      return "a list";
    case JsonValue::Kind::kObject:
      return "an object";
  }
  return "nothing";
}

std::string shown(const JsonValue& value) {
  constexpr std::size_t kNumberLimit = 40;
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return "null";
    case JsonValue::Kind::kBoolean:
      return value.boolean ? "true" : "false";
    case JsonValue::Kind::kNumber:
      if (value.text.size() <= kNumberLimit) return value.text;
      return value.text.substr(0, kNumberLimit) + "...";
    case JsonValue::Kind::kString:
      return steppe::quoted(value.written.empty() ? value.text : value.written);
    case JsonValue::Kind::kArray:
      return value.items.empty() ? "[]" : "[...]";
    case JsonValue::Kind::kObject:
      return value.members.empty() ? "{}" : "{...}";
  }
  return {};
}

}  // namespace steppe
