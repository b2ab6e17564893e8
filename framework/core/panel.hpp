// SPDX-License-Identifier: Apache-2.0
#pragma once

// Many series that share columns, told apart by key columns. A table without key columns is a panel
// with one member whose key is empty.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/warning.hpp"

namespace steppe {

// rows_in = used + rejected + skipped, always.
struct RowAccounting {
  std::uint64_t rows_in = 0;
  std::uint64_t used = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;
  bool balanced() const { return rows_in == used + rejected + skipped; }
};

// The observations of one key: `count` consecutive dates from `first`, at [offset, offset + count)
// in every column of the panel.
struct PanelMember {
  std::string key;  // values of the key columns joined by kKeySeparator; empty without key columns
  std::int64_t first = 0;
  std::size_t count = 0;
  std::size_t offset = 0;
};

// Unit separator: cannot stand in a key (a source that delivers one is refused).
inline constexpr char kKeySeparator = '\x1f';

// "Abai/mining": a key for people, parts joined by '/'.
std::string display_key(std::string_view key);
std::vector<std::string> key_parts(std::string_view key);

// What was read from one source step. Members are sorted by key, byte by byte, and their rows by
// time, so that the order of the input does not matter. Values are NaN where missing.
struct Panel {
  std::string source;                    // step id
  std::vector<std::string> key_columns;  // may be empty
  std::string time_column;
  Calendar calendar;
  std::vector<PanelMember> members;
  std::vector<std::string> column_names;
  std::vector<std::vector<double>> columns;  // parallel to column_names
  RowAccounting rows;
  std::string snapshot;                                    // token of the source: "sha256:..."
  std::vector<Warning> warnings;                           // sorted, detected, ...
  std::vector<std::pair<std::string, std::string>> facts;  // texts of the source's report

  // Index of a column, or -1.
  int column_index(std::string_view name) const;
  std::span<const double> series(std::size_t member, std::size_t column) const {
    return {columns[column].data() + members[member].offset, members[member].count};
  }
};

}  // namespace steppe
