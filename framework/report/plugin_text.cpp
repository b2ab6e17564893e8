// SPDX-License-Identifier: Apache-2.0
#include "report/plugin_text.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/fault.hpp"
#include "core/number_text.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

// By the index of OptionValue.
constexpr std::array<const char*, 9> kTypes = {
    "true or false",    "integer",         "number",        "text",        "list of true or false",
    "list of integers", "list of numbers", "list of texts", "map of texts"};

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

Json value_json(const OptionValue& value) {
  return std::visit(
      [](const auto& v) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(v)>, StringMap>) {
          Json object = Json::object();
          for (const auto& [key, text] : v) object[key] = text;
          return object;
        } else {
          return v;
        }
      },
      value);
}

std::string range_text(const OptionDescription& option) {
  const std::string low = option.minimum ? shortest_text(*option.minimum) : "";
  const std::string high = option.maximum ? shortest_text(*option.maximum) : "";
  const std::string above = option.exclusive_minimum ? "above " : "at least ";
  const std::string below = option.exclusive_maximum ? "below " : "at most ";
  if (option.minimum && option.maximum && !option.exclusive_minimum && !option.exclusive_maximum) {
    return ", " + low + " to " + high;
  }
  std::string text;
  if (option.minimum) text += ", " + above + low;
  if (option.maximum) text += ", " + below + high;
  return text;
}

std::string tags_text(const ComponentDescription& component) {
  std::string text;
  for (const TagDescription& tag : component.tags) {
    text += (text.empty() ? "" : ", ") + tag.name;
    if (tag.value != 1) text += "=" + std::to_string(tag.value);
  }
  return text;
}

}  // namespace

std::string option_values_text(const OptionDescription& option) {
  std::string text = kTypes[option.type];
  if (!option.choices.empty()) {
    text = "one of";
    for (const std::string& choice : option.choices) {
      text += (choice == option.choices.front() ? " \"" : ", \"") + escaped(choice) + "\"";
    }
  }
  text += range_text(option);
  if (!option.unit.empty() && option.unit != "1") text += ", in " + option.unit;
  if (option.required) text += ", required";
  if (option.default_value) text += ", default " + value_json(*option.default_value).dump();
  return text;
}

std::string components_text(const std::vector<ComponentDescription>& components) {
  std::size_t id_width = 0;
  for (const auto& component : components) id_width = std::max(id_width, component.id.size());
  std::string text;
  for (const auto& component : components) {
    text += padded(escaped(component.id), id_width + 2) + padded(escaped(component.version), 8) +
            escaped(component.summary) + "\n";
  }
  return text.empty() ? "no plugins were found; \"steppe plugins doctor\" says where it looked\n"
                      : text;
}

std::string component_text(const ComponentDescription& component) {
  std::string text = escaped(component.id) + " " + escaped(component.version) + "\n  " +
                     escaped(component.summary) + "\n";
  const std::string tags = tags_text(component);
  if (!tags.empty()) text += "  tags: " + escaped(tags) + "\n";
  text += component.options.empty() ? "\nIt has no options.\n" : "\nOptions:\n";
  for (const OptionDescription& option : component.options) {
    text += "  " + escaped(option.name) + "\n      " + escaped(option.help) + "\n      " +
            option_values_text(option) + "\n";
  }
  return text;
}

namespace {

Json to_json(const ComponentDescription& component) {
  Json object = {{"id", component.id},
                 {"version", component.version},
                 {"summary", component.summary},
                 {"tags", Json::object()},
                 {"capabilities", component.capabilities},
                 {"options", Json::array()}};
  for (const TagDescription& tag : component.tags) object["tags"][tag.name] = tag.value;
  for (const OptionDescription& option : component.options) {
    Json row = {{"name", option.name},
                {"type", kTypes[option.type]},
                {"unit", option.unit},
                {"help", option.help},
                {"required", option.required}};
    if (option.default_value) row["default"] = value_json(*option.default_value);
    if (option.minimum) row["minimum"] = *option.minimum;
    if (option.maximum) row["maximum"] = *option.maximum;
    if (!option.choices.empty()) row["choices"] = option.choices;
    object["options"].push_back(std::move(row));
  }
  return object;
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string components_json(const std::vector<ComponentDescription>& components) {
  Json list = Json::array();
  for (const auto& component : components) list.push_back(to_json(component));
  return dumped(list);
}

std::string component_json(const ComponentDescription& component) {
  return dumped(to_json(component));
}

}  // namespace steppe
