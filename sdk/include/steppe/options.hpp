// SPDX-License-Identifier: Apache-2.0
#pragma once

// The option table of a component and the arguments it is created with.
//
//   static constexpr steppe::Option kOptions[] = {
//       {.name = "order", .type = steppe::OptionType::kInt64, .help = "degree of the polynomial",
//        .default_integer = 2, .minimum = 2, .maximum = 6}};

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "steppe/abi/options.h"

namespace steppe {

enum class OptionType : std::int32_t {
  kBool = STEPPE_TYPE_BOOL,
  kInt64 = STEPPE_TYPE_INT64,
  kDouble = STEPPE_TYPE_DOUBLE,
  kString = STEPPE_TYPE_STRING,
  kBoolList = STEPPE_TYPE_BOOL_LIST,
  kInt64List = STEPPE_TYPE_INT64_LIST,
  kDoubleList = STEPPE_TYPE_DOUBLE_LIST,
  kStringList = STEPPE_TYPE_STRING_LIST,
  kStringMap = STEPPE_TYPE_STRING_MAP,
};

// One row of the table. Everything it points to must have static storage. At most one default; an
// option that is neither required nor has a default is absent when not given.
struct Option {
  const char* name;
  OptionType type;
  const char* help;
  const char* unit = "";
  bool required = false;
  bool path = false;    // a file name; arrives absolute
  bool secret = false;  // never shown
  std::optional<bool> default_bool = {};
  std::optional<std::int64_t> default_integer = {};
  std::optional<double> default_double = {};
  const char* default_string = nullptr;
  std::optional<double> minimum = {};
  std::optional<double> maximum = {};
  bool exclusive_minimum = false;
  bool exclusive_maximum = false;
  std::span<const char* const> choices = {};
};

// The arguments of one `create` call, already checked by the host against the table. Asking for an
// option that is absent gives the fallback.
class Arguments {
 public:
  Arguments(const steppe_argument* const* arguments, std::size_t count)
      : arguments_(arguments, count) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }

  bool boolean(std::string_view name, bool fallback = false) const {
    const steppe_value* value = find(name, STEPPE_TYPE_BOOL);
    return value == nullptr ? fallback : value->integers[0] != 0;
  }
  std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const {
    const steppe_value* value = find(name, STEPPE_TYPE_INT64);
    return value == nullptr ? fallback : value->integers[0];
  }
  double number(std::string_view name, double fallback = 0) const {
    const steppe_value* value = find(name, STEPPE_TYPE_DOUBLE);
    return value == nullptr ? fallback : value->doubles[0];
  }
  std::string string(std::string_view name, std::string_view fallback = "") const {
    const steppe_value* value = find(name, STEPPE_TYPE_STRING);
    return std::string(value == nullptr ? fallback : value->strings[0]);
  }
  std::vector<std::int64_t> integers(std::string_view name) const {
    const steppe_value* value = find(name, STEPPE_TYPE_INT64_LIST);
    if (value == nullptr) return {};
    return {value->integers, value->integers + value->count};
  }
  std::vector<double> numbers(std::string_view name) const {
    const steppe_value* value = find(name, STEPPE_TYPE_DOUBLE_LIST);
    if (value == nullptr) return {};
    return {value->doubles, value->doubles + value->count};
  }
  std::vector<std::string> strings(std::string_view name) const {
    const steppe_value* value = find(name, STEPPE_TYPE_STRING_LIST);
    if (value == nullptr) return {};
    return {value->strings, value->strings + value->count};
  }
  std::vector<std::pair<std::string, std::string>> map(std::string_view name) const {
    const steppe_value* value = find(name, STEPPE_TYPE_STRING_MAP);
    std::vector<std::pair<std::string, std::string>> out;
    for (std::uint64_t i = 0; value != nullptr && i < value->count; ++i) {
      out.emplace_back(value->keys[i], value->strings[i]);
    }
    return out;
  }

 private:
  const steppe_value* find(std::string_view name) const {
    for (const steppe_argument* argument : arguments_) {
      if (name == argument->name) return argument->value;
    }
    return nullptr;
  }
  const steppe_value* find(std::string_view name, std::int32_t type) const {
    const steppe_value* value = find(name);
    return value != nullptr && value->type == type ? value : nullptr;
  }

  std::span<const steppe_argument* const> arguments_;
};

}  // namespace steppe
