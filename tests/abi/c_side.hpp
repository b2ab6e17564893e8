// SPDX-License-Identifier: Apache-2.0
#pragma once

// The host's side of the border for these tests, written against the C contract alone: views over
// vectors, a sink that remembers, and the way from a plugin's entry to a capability table.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "steppe/abi/abi.h"

namespace c_side {

inline steppe_error empty_error() {
  steppe_error error{};
  error.struct_size = sizeof(error);
  return error;
}

inline steppe_vector vector_of(const std::vector<double>& values) {
  return {sizeof(steppe_vector), 0, values.data(), values.size(), 1};
}

// Row-major, rows x columns.
inline steppe_matrix matrix_of(const std::vector<double>& values, std::uint64_t columns) {
  return {sizeof(steppe_matrix),
          0,
          values.data(),
          values.size() / columns,
          columns,
          static_cast<std::int64_t>(columns),
          1,
          nullptr};
}

// A buffer of rows x columns full of a number no model gives, so that unwritten cells show.
struct Buffer {
  static constexpr double kUnwritten = -7e77;

  Buffer(std::uint64_t rows, std::uint64_t columns)
      : cells(rows * columns, kUnwritten), view{sizeof(steppe_output),
                                                0,
                                                cells.data(),
                                                rows,
                                                columns,
                                                static_cast<std::int64_t>(columns),
                                                1} {}
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  std::vector<double> cells;
  steppe_output view;
};

// Remembers what a component reports.
struct Sink {
  struct SinkTable {
    std::vector<std::string> rows, columns, units;
    std::vector<double> values;
  };
  std::map<std::string, std::pair<double, std::string>> scalars;
  std::map<std::string, std::string> texts, warnings;
  std::map<std::string, SinkTable> tables;

  steppe_sink c_sink() { return {sizeof(steppe_sink), 0, this, &scalar, &text, &table, &warning}; }

 private:
  static Sink& of(void* self) { return *static_cast<Sink*>(self); }
  static void scalar(void* self, const char* name, double value, const char* unit) {
    of(self).scalars[name] = {value, unit};
  }
  static void text(void* self, const char* name, const char* value) {
    of(self).texts[name] = value;
  }
  static void warning(void* self, const char* code, const char* value) {
    of(self).warnings[code] = value;
  }
  static void table(void* self, const steppe_table* t) {
    SinkTable& out = of(self).tables[t->name];
    out.values.assign(t->values, t->values + t->row_count * t->column_count);
    out.columns.assign(t->column_names, t->column_names + t->column_count);
    if (t->row_names != nullptr) out.rows.assign(t->row_names, t->row_names + t->row_count);
    if (t->units != nullptr) out.units.assign(t->units, t->units + t->column_count);
  }
};

// An instance of a component, made without options and destroyed at the end.
class Instance {
 public:
  explicit Instance(const steppe_component* component) : component_(component) {
    steppe_error error = empty_error();
    component->create(component, nullptr, 0, nullptr, &instance_, &error);
  }
  ~Instance() { component_->destroy(instance_); }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const void* get() const { return instance_; }
  template <typename Table>
  const Table* query(const char* id) const {
    return static_cast<const Table*>(component_->query(component_, id));
  }

 private:
  const steppe_component* component_;
  void* instance_ = nullptr;
};

}  // namespace c_side
