// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where a component puts results that are not arrays: see abi/sink.h for names and meaning.

#include <string>
#include <vector>

#include "steppe/abi/sink.h"
#include "steppe/views.hpp"

namespace steppe {

// A table of numbers; values row by row, NaN for undefined.
struct Table {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> rows = {};  // row names; empty for none
  std::vector<double> values = {};
  std::vector<std::string> units = {};  // one per column; empty for none

  void add_row(std::string row_name, std::initializer_list<double> row_values) {
    rows.push_back(std::move(row_name));
    values.insert(values.end(), row_values);
  }
};

class Report {
 public:
  explicit Report(const steppe_sink* sink) : sink_(sink) {}

  // unit "" for a pure number. A NaN value wants a warning that says why it is undefined.
  void scalar(const char* name, double value, const char* unit = "") {
    sink_->scalar(sink_->self, name, value, unit);
  }
  void text(const char* name, const std::string& value) {
    sink_->text(sink_->self, name, value.c_str());
  }
  void warning(const char* code, const std::string& message) {
    sink_->warning(sink_->self, code, message.c_str());
  }
  void table(const Table& table) {
    const auto columns = pointers(table.columns);
    const auto rows = pointers(table.rows);
    const auto units = pointers(table.units);
    steppe_table out{};
    out.struct_size = sizeof(out);
    out.name = table.name.c_str();
    out.column_count = columns.size();
    out.row_count = columns.empty() ? 0 : table.values.size() / columns.size();
    out.row_names = rows.empty() ? nullptr : rows.data();
    out.column_names = columns.data();
    out.units = units.empty() ? nullptr : units.data();
    out.values = table.values.data();
    sink_->table(sink_->self, &out);
  }

 private:
  static std::vector<const char*> pointers(const std::vector<std::string>& strings) {
    std::vector<const char*> out;
    out.reserve(strings.size());
    for (const std::string& s : strings) out.push_back(s.c_str());
    return out;
  }

  const steppe_sink* sink_;
};

}  // namespace steppe
