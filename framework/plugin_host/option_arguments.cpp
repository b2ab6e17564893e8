// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/option_arguments.hpp"

#include <type_traits>

namespace steppe {

OptionArguments::OptionArguments(const Options& options) {
  for (const NamedOption& option : options) {
    steppe_value& value = values_.emplace_back();
    value.struct_size = sizeof(value);
    value.type = static_cast<std::int32_t>(option.value.index()) + STEPPE_TYPE_BOOL;
    value.count = 1;
    fill(option.value, value);
    pointers_.push_back(&arguments_.emplace_back(
        steppe_argument{sizeof(steppe_argument), 0, option.name.c_str(), &value}));
  }
}

void OptionArguments::point_to(const std::vector<std::int64_t>& integers, steppe_value& out) {
  out.integers = integers.data();
  out.count = integers.size();
}

void OptionArguments::point_to(const std::vector<const char*>& strings, steppe_value& out) {
  out.strings = strings.data();
  out.count = strings.size();
}

void OptionArguments::fill(const OptionValue& value, steppe_value& out) {
  const auto one = [&](const auto& v) {
    using T = std::decay_t<decltype(v)>;
    if constexpr (std::is_same_v<T, bool>) {
      point_to(integers_.emplace_back(1, v ? 1 : 0), out);
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
      out.integers = &v;
    } else if constexpr (std::is_same_v<T, double>) {
      out.doubles = &v;
    } else if constexpr (std::is_same_v<T, std::string>) {
      point_to(strings_.emplace_back(1, v.c_str()), out);
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      point_to(integers_.emplace_back(v.begin(), v.end()), out);
    } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
      point_to(v, out);
    } else if constexpr (std::is_same_v<T, std::vector<double>>) {
      out.doubles = v.data();
      out.count = v.size();
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      auto& strings = strings_.emplace_back();
      for (const std::string& s : v) strings.push_back(s.c_str());
      point_to(strings, out);
    } else {
      auto& keys = strings_.emplace_back();
      for (const auto& entry : v) keys.push_back(entry.first.c_str());
      auto& strings = strings_.emplace_back();
      for (const auto& entry : v) strings.push_back(entry.second.c_str());
      out.keys = keys.data();
      point_to(strings, out);
    }
  };
  std::visit(one, value);
}

}  // namespace steppe
