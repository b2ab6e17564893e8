// SPDX-License-Identifier: Apache-2.0
#pragma once

// A data source under test, called through its C table: whole tables as texts, so that two ways of
// reading the same data can be compared.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/harness.hpp"
#include "core/fit_report.hpp"

namespace steppe::conformance {

// A column wanted, with its role (STEPPE_COLUMN_...).
struct Wanted {
  std::string name;
  std::int32_t role = STEPPE_COLUMN_TEXT;
};

struct SourceRequest {
  std::vector<Wanted> columns = {};  // empty: all, as text
  std::string time_from = {};        // ISO date, or empty
  std::string time_to = {};
  std::uint64_t row_limit = 0;
};

// Cells as texts, column by column; nothing for a missing cell.
using Cell = std::optional<std::string>;
struct SourceTable {
  std::vector<std::string> names;
  std::vector<std::string> formats;  // as Arrow spells them: "u", "g", "l"
  std::vector<std::vector<Cell>> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns[0].size(); }
  std::vector<Cell> row(std::size_t i) const;
};

// An open stream; released before its handle is closed.
class OpenSource {
 public:
  OpenSource(const steppe_data_source& table, void* handle, const ArrowArrayStream& stream);
  ~OpenSource();
  OpenSource(const OpenSource&) = delete;
  OpenSource& operator=(const OpenSource&) = delete;

  // Names and formats; leaves by fail() when it is not a struct of columns.
  SourceTable schema();
  // The next array; nothing at the end. The caller releases it.
  std::optional<ArrowArray> next();
  // Null when all is well; else the errno-like number of a failed call.
  int try_next(ArrowArray& array) { return stream_.get_next(&stream_, &array); }
  Error last_error() const;
  const char* stream_error() { return stream_.get_last_error(&stream_); }
  FitReport report() const;
  std::string locate(std::uint64_t row, std::uint64_t column) const;
  void release_stream();

 private:
  const steppe_data_source* table_;
  void* handle_;
  ArrowArrayStream stream_;
};

class SourceSubject {
 public:
  explicit SourceSubject(const CaseContext& context);

  // Null when open answered with an error.
  std::unique_ptr<OpenSource> try_open(const SourceRequest& request, Answer& answer) const;
  std::unique_ptr<OpenSource> open(const SourceRequest& request = {}) const;
  // Everything, to the end; `report` takes what is said afterwards.
  SourceTable read(const SourceRequest& request = {}, FitReport* report = nullptr) const;
  // Nothing when some cell cannot be read as asked.
  std::optional<SourceTable> try_read(const SourceRequest& request) const;

 private:
  Instance instance_;
  const steppe_data_source* table_;
};

// Adds the cells of one array to the table. Leaves by fail() for a wrong number of columns, types
// that the contract does not have and buffers that are not there.
void add_cells(const ArrowArray& array, SourceTable& table);

// Releases the array and looks that the callback marked it as released.
void release(ArrowArray& array);

}  // namespace steppe::conformance
