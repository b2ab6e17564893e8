// SPDX-License-Identifier: Apache-2.0
#include "pipeline/option_line.hpp"

#include <array>

#include "core/fault.hpp"
#include "core/number_text.hpp"
#include "pipeline/fields.hpp"

namespace steppe {
namespace {

constexpr std::array<const char*, 9> kTypeNames = {
    "true or false",   "whole number",          "number",
    "string",          "list of true or false", "list of whole numbers",
    "list of numbers", "list of strings",       "map of strings"};

std::string range_text(const OptionDescription& option) {
  const std::string low = option.minimum ? shortest_text(*option.minimum) : "";
  const std::string high = option.maximum ? shortest_text(*option.maximum) : "";
  if (option.minimum && option.maximum && !option.exclusive_minimum && !option.exclusive_maximum) {
    return ", " + low + " to " + high;
  }
  std::string out;
  if (option.minimum) out += (option.exclusive_minimum ? ", above " : ", at least ") + low;
  if (option.maximum) out += (option.exclusive_maximum ? ", below " : ", at most ") + high;
  return out;
}

struct ValueText {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return shortest_text(value); }
  std::string operator()(const std::string& value) const { return steppe::quoted(value); }
  std::string operator()(const StringMap& value) const {
    std::string out;
    for (const auto& [key, text] : value) {
      out += (out.empty() ? "" : ", ") + steppe::quoted(key) + ": " + steppe::quoted(text);
    }
    return "{" + out + "}";
  }
  template <typename T>
  std::string operator()(const std::vector<T>& values) const {
    std::string out;
    for (const T& value : values) out += (out.empty() ? "" : ", ") + (*this)(value);
    return "[" + out + "]";
  }
};

}  // namespace

std::string text_of(const OptionValue& value) { return std::visit(ValueText{}, value); }

std::string option_line(const OptionDescription& option, const std::string& component) {
  std::string out = option.name + " of " + component + ": " + kTypeNames.at(option.type);
  out += range_text(option);
  if (!option.choices.empty()) out += ", one of " + quoted_list(option.choices);
  if (!option.unit.empty() && option.unit != "1") out += ", in " + option.unit;
  if (option.required) out += ", required";
  if (option.default_value) out += ", default " + text_of(*option.default_value);
  return option.help.empty() ? out : out + " (" + option.help + ")";
}

}  // namespace steppe
