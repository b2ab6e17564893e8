// SPDX-License-Identifier: Apache-2.0
#pragma once

// Typed option values: what a pipeline gives a component after checking. JSON stays in `pipeline`,
// C structs stay in `plugin_host`.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace steppe {

using StringMap = std::vector<std::pair<std::string, std::string>>;

// In the order of STEPPE_TYPE_BOOL .. STEPPE_TYPE_STRING_MAP.
using OptionValue = std::variant<bool, std::int64_t, double, std::string, std::vector<bool>,
                                 std::vector<std::int64_t>, std::vector<double>,
                                 std::vector<std::string>, StringMap>;

struct NamedOption {
  std::string name;
  OptionValue value;
  bool operator==(const NamedOption&) const = default;
};

// Complete options of one component, in the order of its option table.
using Options = std::vector<NamedOption>;

// The option table of a component, copied out of its plugin. `type` is the index of OptionValue.
struct OptionDescription {
  std::string name;
  std::size_t type = 0;
  std::string unit;
  std::string help;
  bool required = false;
  bool path = false;
  bool secret = false;
  std::optional<OptionValue> default_value;
  std::optional<double> minimum;
  std::optional<double> maximum;
  bool exclusive_minimum = false;
  bool exclusive_maximum = false;
  std::vector<std::string> choices;
};

struct TagDescription {
  std::string name;
  std::int64_t value = 1;
};

// Who a component is and what it takes; kind and name are the two halves of the id.
struct ComponentDescription {
  std::string id;  // "trend.exponential"
  std::string version;
  std::string summary;
  std::vector<OptionDescription> options;
  std::vector<TagDescription> tags;
  std::vector<std::string> capabilities;  // "steppe.trend_model/1"

  std::string kind() const { return id.substr(0, id.find('.')); }
  std::string name() const {
    const auto dot = id.find('.');
    return dot == std::string::npos ? id : id.substr(dot + 1);
  }
};

}  // namespace steppe
