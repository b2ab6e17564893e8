// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data sources in C++. A source is a component (see plugin.hpp) with
//
//   Result<std::unique_ptr<Stream>> open(const SourceRequest&, const Host&) const;
//
// where Stream has
//   const std::vector<ColumnSchema>& schema() const         the columns, in the order requested
//   Result<std::optional<RecordBatch>> next(const Host&)    nullopt at the end
//   std::string locate(uint64_t row, uint64_t column) const  where a delivered cell stands
//   void report(Report&) const                              see abi/data_source.h
//
// The SDK turns batches into Arrow arrays. Cells that are missing are invalid in the batch; a cell
// that cannot be read as asked is an error.

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "steppe/abi/data_source.h"
#include "steppe/plugin.hpp"
#include "steppe/report.hpp"
#include "steppe/result.hpp"

namespace steppe {

enum class ColumnRole : std::int32_t {
  kNumber = STEPPE_COLUMN_NUMBER,
  kText = STEPPE_COLUMN_TEXT,
  kTime = STEPPE_COLUMN_TIME,
};

struct ColumnRequest {
  std::string name;
  ColumnRole role;
};

struct SourceRequest {
  std::vector<ColumnRequest> columns;  // empty: all, as text
  std::string time_from;               // ISO date, or empty
  std::string time_to;
  std::uint64_t row_limit = 0;  // 0: none
};

enum class ColumnType { kFloat64, kInt64, kUtf8 };

struct ColumnSchema {
  std::string name;
  ColumnType type;
};

// The cells of one column of a batch. Only the members of its type are used.
struct Column {
  std::vector<double> numbers = {};         // kFloat64
  std::vector<std::int64_t> integers = {};  // kInt64
  std::vector<std::int32_t> offsets = {};   // kUtf8: length + 1 of them, starting with 0
  std::string text = {};                    // kUtf8: under 2 GiB
  std::vector<bool> valid = {};             // empty when every cell is present
};

struct RecordBatch {
  std::uint64_t length = 0;
  std::vector<Column> columns;
};

template <typename S>
concept SourceStream = requires(S stream, const S& constant, const Host& host, Report& report) {
  { constant.schema() } -> std::convertible_to<const std::vector<ColumnSchema>&>;
  { stream.next(host) } -> std::same_as<Result<std::optional<RecordBatch>>>;
  { constant.locate(std::uint64_t{}, std::uint64_t{}) } -> std::convertible_to<std::string>;
  { constant.report(report) };
};

template <typename S>
concept DataSource = requires(const S source, const SourceRequest& request, const Host& host) {
  typename S::Stream;
  { source.open(request, host) } -> std::same_as<Result<std::unique_ptr<typename S::Stream>>>;
} && SourceStream<typename S::Stream>;

}  // namespace steppe

#include "steppe/detail/arrow_export.hpp"
#include "steppe/detail/source_table.hpp"
