// SPDX-License-Identifier: Apache-2.0
#pragma once

// One reading of a file: records in, batches of typed columns out, every row accounted for.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch_builder.hpp"
#include "header.hpp"
#include "missing.hpp"
#include "record_reader.hpp"
#include "rejects_file.hpp"
#include "row_lines.hpp"
#include "row_problem.hpp"
#include "settings.hpp"
#include "steppe/data_source.hpp"

namespace steppe::csv {

class TableStream {
 public:
  static Result<std::unique_ptr<TableStream>> open(const Settings& settings,
                                                   const SourceRequest& request);

  const std::vector<ColumnSchema>& schema() const { return schema_; }
  Result<std::optional<RecordBatch>> next(const Host& host);
  std::string locate(std::uint64_t row, std::uint64_t column) const;
  void report(Report& report) const;

 private:
  TableStream(const Settings& settings, TextInput input, std::uint64_t footer_lines);

  Result<void> start(const SourceRequest& request);
  Result<void> settle_dialect();
  Result<std::vector<std::string>> read_header();
  bool take_row(const Record& record);
  bool take_cell(std::size_t column, const Field& field);
  Result<void> refuse_row();
  Result<void> finish();
  Error error_of(const RowProblem& problem) const;
  std::uint64_t rows_in() const { return lines_.rows() + rejected_ + skipped_; }
  std::string dialect_text() const;
  void report_rejects(Report& report) const;

  Settings settings_;
  RecordReader reader_;
  MissingMarkers missing_;
  RejectsFile rejects_;
  std::vector<Output> outputs_;
  std::vector<ColumnSchema> schema_;
  std::optional<BatchBuilder> builder_;
  std::uint64_t fields_ = 0;     // per row
  std::uint64_t row_limit_ = 0;  // 0: none
  RowLines lines_;               // of the rows delivered
  std::uint64_t rejected_ = 0;
  std::uint64_t skipped_ = 0;  // lines left out above and below the table
  std::uint64_t footer_lines_ = 0;
  bool finished_ = false;
  bool detected_ = false;
  bool cut_short_ = false;  // stopped at the row limit
  std::string snapshot_;
  RowProblem problem_;                    // of the row that take_row() refused
  std::vector<RowProblem> kept_rejects_;  // the first of them
  std::string scratch_;
};

}  // namespace steppe::csv
