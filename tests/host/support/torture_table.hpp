// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rows of tests/host/torture/README.md.

#include <ostream>
#include <string>
#include <vector>

namespace steppe::testing {

struct TortureRow {
  std::string name;
  std::string rule;   // "R6"; "none" for the sound twins
  std::string host;   // "refuses", "notes", "stops", "restores", "nothing", "clash", "accepts"
  std::string words;  // what the host says
};

// How a failed test shows it.
inline void PrintTo(const TortureRow& row, std::ostream* out) { *out << row.name; }

std::vector<TortureRow> torture_table();

// The rows in which the host does `what`.
std::vector<TortureRow> torture_rows(const std::string& what);

std::string torture_module(const std::string& name);

}  // namespace steppe::testing
