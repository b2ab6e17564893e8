// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/report_sink.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/first_sizes.hpp"
#include "plugin_host/table_reader.hpp"

namespace steppe {

namespace {

constexpr std::size_t kLongestText = 65536;
constexpr std::size_t kMostEntries = 10000;
constexpr std::uint64_t kMostCells = 10'000'000;

std::string copied(const char* text) {
  return text == nullptr ? std::string() : escaped({text, strnlen(text, kLongestText)});
}

std::vector<std::string> copied_list(const char* const* texts, std::uint64_t count) {
  std::vector<std::string> out;
  for (std::uint64_t i = 0; texts != nullptr && i < count; ++i) out.push_back(copied(texts[i]));
  return out;
}

template <typename List>
bool holds(const List& list, const std::string& name) {
  return std::ranges::any_of(list, [&](const auto& entry) { return entry.name == name; });
}

}  // namespace

ReportSink::ReportSink()
    : sink_{sizeof(sink_), 0, this, &add_scalar, &add_text, &add_table, &add_warning} {}

// The frame above is a plugin's: nothing may be thrown through it.
template <typename Body>
void ReportSink::guarded(void* self, Body&& body) {
  auto& sink = *static_cast<ReportSink*>(self);
  try {
    if (sink.admit()) body(sink);
  } catch (...) {
    sink.problem_.assign("the report needs too much memory", 32);
  }
}

bool ReportSink::admit() {
  const std::size_t entries = report_.scalars.size() + report_.texts.size() +
                              report_.tables.size() + report_.warnings.size();
  if (entries >= kMostEntries) refuse("the report has too many entries");
  return problem_.empty();
}

void ReportSink::refuse(const std::string& problem) {
  if (problem_.empty()) problem_ = problem;
}

std::string ReportSink::checked_name(const char* name, const char* what) {
  std::string out = copied(name);
  if (!is_snake_case(out)) {
    refuse(std::string("the name \"") + out + "\" of a " + what + " is not snake_case");
  }
  return out;
}

void ReportSink::add_scalar(void* self, const char* name, double value, const char* unit) {
  guarded(self, [&](ReportSink& sink) {
    std::string own = sink.checked_name(name, "scalar");
    if (holds(sink.report_.scalars, own)) sink.refuse("the scalar " + own + " is there twice");
    sink.report_.scalars.push_back({std::move(own), value, copied(unit)});
  });
}

void ReportSink::add_text(void* self, const char* name, const char* value) {
  guarded(self, [&](ReportSink& sink) {
    std::string own = sink.checked_name(name, "text");
    if (holds(sink.report_.texts, own)) sink.refuse("the text " + own + " is there twice");
    sink.report_.texts.push_back({std::move(own), copied(value)});
  });
}

void ReportSink::add_table(void* self, const steppe_table* table) {
  guarded(self, [&](ReportSink& sink) {
    if (table == nullptr || table->struct_size < kFirstSize<steppe_table>) {
      return sink.refuse("a table is null or its struct_size is too small");
    }
    ReportTable out;
    out.name = sink.checked_name(table->name, "table");
    if (holds(sink.report_.tables, out.name)) {
      sink.refuse("the table " + out.name + " is there twice");
    }
    const std::uint64_t rows = table->row_count;
    const std::uint64_t columns = table->column_count;
    if (rows > kMostCells || columns > kMostCells || rows * columns > kMostCells) {
      return sink.refuse("the table " + out.name + " is too large");
    }
    if ((columns > 0 && table->column_names == nullptr) ||
        (rows * columns > 0 && table->values == nullptr)) {
      return sink.refuse("the table " + out.name + " has no column names or no values");
    }
    out.columns = copied_list(table->column_names, columns);
    out.rows = copied_list(table->row_names, rows);
    out.units = copied_list(table->units, columns);
    if (rows * columns > 0) out.values.assign(table->values, table->values + rows * columns);
    sink.report_.tables.push_back(std::move(out));
  });
}

void ReportSink::add_warning(void* self, const char* code, const char* text) {
  guarded(self, [&](ReportSink& sink) {
    sink.report_.warnings.push_back({sink.checked_name(code, "warning"), copied(text)});
  });
}

}  // namespace steppe
