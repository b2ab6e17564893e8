// SPDX-License-Identifier: Apache-2.0
#include "core/panel.hpp"

#include <algorithm>

namespace steppe {

std::string display_key(std::string_view key) {
  std::string out(key);
  std::replace(out.begin(), out.end(), kKeySeparator, '/');
  return out;
}

std::vector<std::string> key_parts(std::string_view key) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = key.find(kKeySeparator);
    parts.emplace_back(key.substr(0, end));
    if (end == std::string_view::npos) return parts;
    key.remove_prefix(end + 1);
  }
}

int Panel::column_index(std::string_view name) const {
  const auto found = std::find(column_names.begin(), column_names.end(), name);
  return found == column_names.end() ? -1 : static_cast<int>(found - column_names.begin());
}

}  // namespace steppe
