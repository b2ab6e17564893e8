// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "core/utf8.hpp"
#include "data/arrow_batch.hpp"
#include "data/cell_values.hpp"
#include "data/counted_faults.hpp"
#include "data/table_rows.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {
namespace {

constexpr std::uint64_t kMaxRows = UINT32_MAX - 1;  // rows are ordered by 32-bit numbers

// Takes ":14" off the end of "sales.csv:14".
std::size_t take_number(std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon + 1 == text.size()) return 0;
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, number);
  if (read.ec != std::errc() || read.ptr != end || number == 0) return 0;
  text.resize(colon);
  return number;
}

Fault cell_fault(const char* code, std::string message) {
  return {code, ErrorKind::kInvalidData, ExitCode::kDataRefused, {}, std::move(message)};
}

// A schema or batch that broke the contract is the plugin's fault; a type that is not read is the
// operator's to convert.
Fault batch_fault(const BatchError& problem, const SourceStream& stream,
                  const PanelRequest& request) {
  Fault fault;
  fault.kind = problem.error.kind;
  fault.exit =
      fault.kind == ErrorKind::kPluginFault ? ExitCode::kPluginFailed : ExitCode::kDataRefused;
  fault.place.plugin = stream.label();
  fault.place.step = request.source;
  if (problem.column >= 0) {
    const DataRequest wanted = data_request_of(request);
    fault.place.field = wanted.columns[static_cast<std::size_t>(problem.column)].name;
  }
  fault.message = problem.error.message;
  if (fault.kind == ErrorKind::kPluginFault) fault.message = with_rule(fault.message, "R50");
  return fault;
}

class RowReader {
 public:
  RowReader(SourceStream& stream, const PanelRequest& request)
      : stream_(stream), request_(request), wanted_(data_request_of(request)) {
    rows_.values.resize(request.value_columns.size());
    rows_.missing.resize(request.value_columns.size());
    if (request.key_columns.empty()) rows_.keys.id_of("");
  }

  Result<TableRows, Faults> read();

 private:
  Outcome<std::vector<ArrowType>> read_schema();
  void read_batch(const ArrowBatch& batch, const std::vector<ArrowType>& types);
  void read_times(const ColumnCells& cells, std::int64_t rows);
  void read_keys(const std::vector<ColumnCells>& cells, std::int64_t rows);
  void append_key_part(const ColumnCells& cells, std::int64_t row, std::size_t column);
  void read_numbers(const ColumnCells& cells, std::int64_t rows, std::size_t value_column);
  void refuse(std::int64_t row, std::size_t column, const char* code, const std::string& message);

  SourceStream& stream_;
  const PanelRequest& request_;
  DataRequest wanted_;
  TableRows rows_;
  std::uint64_t batch_start_ = 0;  // rows before the batch at hand
  CountedFaults faults_{"cells like these"};
  std::string key_;  // of the row at hand
  std::string previous_text_;
  PackedTime previous_time_ = 0;
};

Outcome<std::vector<ArrowType>> RowReader::read_schema() {
  Outcome<ArrowSchema> schema = stream_.schema();
  if (!schema) return std::move(schema).error();
  auto types = batch_types(*schema, wanted_.columns);
  if (schema->release != nullptr) schema->release(&*schema);
  if (!types) return batch_fault(types.error(), stream_, request_);
  return std::move(*types);
}

Result<TableRows, Faults> RowReader::read() {
  const auto with_step = [this](Fault fault) {
    if (fault.place.step.empty()) fault.place.step = request_.source;
    return Faults{std::move(fault)};
  };
  const Outcome<std::vector<ArrowType>> types = read_schema();
  if (!types) return with_step(types.error());
  for (;;) {
    const Outcome<ArrowArray> next = stream_.next();
    if (!next) return with_step(next.error());
    const ArrowBatch batch(*next);
    if (batch.at_end()) break;
    const auto checked = batch.check(*types);
    if (!checked) return with_step(batch_fault(checked.error(), stream_, request_));
    if (static_cast<std::uint64_t>(batch.rows()) > kMaxRows - batch_start_) {
      return with_step({"",
                        ErrorKind::kResourceLimit,
                        ExitCode::kResourceLimit,
                        {},
                        "more than " + std::to_string(kMaxRows) + " rows; split the source"});
    }
    read_batch(batch, *types);
  }
  if (!faults_.empty()) return std::move(faults_).take();
  return std::move(rows_);
}

void RowReader::read_batch(const ArrowBatch& batch, const std::vector<ArrowType>& types) {
  const std::size_t keys = request_.key_columns.size();
  read_times(batch.cells(0, types[0]), batch.rows());
  std::vector<ColumnCells> key_cells;
  for (std::size_t i = 0; i < keys; ++i) key_cells.push_back(batch.cells(1 + i, types[1 + i]));
  if (keys != 0) read_keys(key_cells, batch.rows());
  for (std::size_t i = 0; i < request_.value_columns.size(); ++i) {
    const std::size_t column = 1 + keys + i;
    read_numbers(batch.cells(column, types[column]), batch.rows(), i);
  }
  batch_start_ += static_cast<std::uint64_t>(batch.rows());
}

void RowReader::refuse(std::int64_t row, std::size_t column, const char* code,
                       const std::string& message) {
  if (!faults_.shows_next()) return faults_.add_unseen();
  Fault fault = cell_fault(code, message);
  fault.place = place_in_source(stream_, request_, batch_start_ + static_cast<std::uint64_t>(row),
                                static_cast<int>(column));
  faults_.add(std::move(fault));
}

void RowReader::read_times(const ColumnCells& cells, std::int64_t rows) {
  const bool text = cells.type().type == CellType::kText;
  for (std::int64_t row = 0; row < rows; ++row) {
    rows_.times.push_back(0);
    const auto written = text ? cells.text(row) : std::nullopt;
    if (text ? !written : cells.is_null(row)) {
      refuse(row, 0, "C22", "the date is missing; every row needs one");
      continue;
    }
    if (written && !previous_text_.empty() && *written == previous_text_) {
      rows_.times.back() = previous_time_;
      continue;
    }
    const Result<CivilTime> time = written ? parse_civil_time(*written) : time_at(cells, row);
    if (!time) {
      refuse(row, 0, time.error().fault.c_str(), time.error().message);
      continue;
    }
    rows_.times.back() = pack(*time);
    if (!written) continue;
    previous_text_ = *written;
    previous_time_ = rows_.times.back();
  }
}

void RowReader::append_key_part(const ColumnCells& cells, std::int64_t row, std::size_t column) {
  const auto part = cells.text(row);
  if (!part) {
    refuse(row, column, "C26", "the key is missing; every row needs one");
    return;
  }
  if (part->find(kKeySeparator) != std::string_view::npos) {
    refuse(row, column, "C26",
           "the key " + quoted(*part) +
               " holds the character U+001F, which separates the parts of a key; remove it");
    return;
  }
  key_ += *part;
}

void RowReader::read_keys(const std::vector<ColumnCells>& cells, std::int64_t rows) {
  for (std::int64_t row = 0; row < rows; ++row) {
    key_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) key_ += kKeySeparator;
      append_key_part(cells[i], row, 1 + i);
    }
    const std::size_t known = rows_.keys.size();
    rows_.key_ids.push_back(rows_.keys.id_of(key_));
    if (rows_.keys.size() > known && !is_valid_utf8(key_)) {
      refuse(row, 1, "C9", "the key " + quoted(key_) + " is not valid UTF-8; convert the source");
    }
  }
}

void RowReader::read_numbers(const ColumnCells& cells, std::int64_t rows, std::size_t value) {
  std::vector<double>& numbers = rows_.values[value];
  const std::size_t column = 1 + request_.key_columns.size() + value;
  const std::size_t start = numbers.size();
  append_any_numbers(cells, rows, numbers);
  for (std::int64_t row = 0; row < rows; ++row) {
    double& number = numbers[start + static_cast<std::size_t>(row)];
    if (cells.is_null(row)) {
      number = std::numeric_limits<double>::quiet_NaN();
      ++rows_.missing[value];
    } else if (!std::isfinite(number)) {
      refuse(row, column, "C17",
             shortest_text(number) +
                 " is not a finite number; leave the cell empty for a missing value");
    } else if (cells.type().type == CellType::kInt64 && !is_exact(cells.integer(row))) {
      refuse(row, column, "C16",
             std::to_string(cells.integer(row)) +
                 " has more digits than a double holds exactly; change its unit or round it in the "
                 "source");
    }
  }
}

}  // namespace

DataRequest data_request_of(const PanelRequest& request) {
  DataRequest out;
  out.columns.push_back({request.time_column, STEPPE_COLUMN_TIME});
  for (const std::string& key : request.key_columns) {
    out.columns.push_back({key, STEPPE_COLUMN_TEXT});
  }
  for (const std::string& value : request.value_columns) {
    out.columns.push_back({value, STEPPE_COLUMN_NUMBER});
  }
  return out;
}

Place place_in_source(const SourceStream& stream, const PanelRequest& request, std::uint64_t row,
                      int column) {
  const DataRequest wanted = data_request_of(request);
  const auto index = column < 0 ? wanted.columns.size() : static_cast<std::size_t>(column);
  Place place;
  place.step = request.source;
  if (column >= 0) place.field = wanted.columns[index].name;
  place.file = stream.locate(row, index);
  if (place.file.empty()) place.file = "row " + std::to_string(row + 1);
  const std::size_t last = take_number(place.file);
  const std::size_t before_last = take_number(place.file);
  place.line = before_last == 0 ? last : before_last;
  place.column = before_last == 0 ? 0 : last;
  return place;
}

std::string row_text(const SourceStream& stream, const PanelRequest& request, std::uint64_t row) {
  Place place = place_in_source(stream, request, row, -1);
  place.step.clear();
  return to_text(place);
}

Result<TableRows, Faults> read_rows(SourceStream& stream, const PanelRequest& request) {
  return RowReader(stream, request).read();
}

}  // namespace steppe
