// SPDX-License-Identifier: Apache-2.0
#include "pipeline/option_schema.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

enum Type : std::size_t {
  kBool,
  kInteger,
  kDouble,
  kString,
  kBoolList,
  kIntegerList,
  kDoubleList,
  kStringList,
  kStringMap
};

// Bounds that are whole numbers are written as such.
Json number(double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (std::floor(value) == value && std::abs(value) <= kExact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

void add_bounds(Json& out, const OptionDescription& option) {
  if (option.minimum) {
    out[option.exclusive_minimum ? "exclusiveMinimum" : "minimum"] = number(*option.minimum);
  }
  if (option.maximum) {
    out[option.exclusive_maximum ? "exclusiveMaximum" : "maximum"] = number(*option.maximum);
  }
}

Json scalar_schema(std::size_t type, const OptionDescription& option) {
  Json out = Json::object();
  switch (type) {
    case kBool:
      out["type"] = "boolean";
      break;
    case kInteger:
      out["type"] = "integer";
      add_bounds(out, option);
      break;
    case kDouble:
      out["type"] = "number";
      add_bounds(out, option);
      break;
    default:
      out["type"] = "string";
      if (option.path) out["minLength"] = 1;
      if (!option.choices.empty()) out["enum"] = option.choices;
  }
  return out;
}

Json type_schema(const OptionDescription& option) {
  if (option.type < kBoolList) return scalar_schema(option.type, option);
  if (option.type < kStringMap) {
    return {{"type", "array"}, {"items", scalar_schema(option.type - kBoolList, option)}};
  }
  return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
}

struct ToJson {
  Json operator()(const StringMap& map) const {
    Json out = Json::object();
    for (const auto& [key, value] : map) out[key] = value;
    return out;
  }
  template <typename T>
  Json operator()(const T& value) const {
    return value;
  }
};

}  // namespace

std::string option_schema(const OptionDescription& option) {
  Json out = type_schema(option);
  std::string description = option.help;
  if (!option.unit.empty() && option.unit != "1") description += " [" + option.unit + "]";
  if (!description.empty()) out["description"] = description;
  if (option.default_value) out["default"] = std::visit(ToJson{}, *option.default_value);
  return out.dump();
}

}  // namespace steppe
