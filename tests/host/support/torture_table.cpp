// SPDX-License-Identifier: Apache-2.0
#include "support/torture_table.hpp"

#include <algorithm>
#include <fstream>

namespace steppe::testing {

namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  for (std::size_t start = 1; start < line.size();) {
    const std::size_t end = std::min(line.find('|', start), line.size());
    out.push_back(trimmed(line.substr(start, end - start)));
    start = end + 1;
  }
  return out;
}

}  // namespace

std::vector<TortureRow> torture_table() {
  std::vector<TortureRow> out;
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/host/torture/README.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const auto cells = cells_of(line);
    if (cells.size() < 4) continue;
    out.push_back({cells[0].substr(1, cells[0].size() - 2), cells[2], cells[3],
                   cells.size() > 4 ? cells[4] : std::string()});
  }
  return out;
}

std::vector<TortureRow> torture_rows(const std::string& what) {
  std::vector<TortureRow> out;
  for (const TortureRow& row : torture_table()) {
    if (row.host == what) out.push_back(row);
  }
  return out;
}

std::string torture_module(const std::string& name) {
  return std::string(STEPPE_TORTURE_MODULES) + "/" + name + ".so";
}

}  // namespace steppe::testing
