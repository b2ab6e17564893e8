// SPDX-License-Identifier: Apache-2.0
#pragma once

// One reading of a table, from one file or from several one after another: records in, batches of
// typed columns out, every row accounted for.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch_builder.hpp"
#include "header.hpp"
#include "input_list.hpp"
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
                                                   const SourceRequest& request, const Host& host);

  const std::vector<ColumnSchema>& schema() const { return schema_; }
  Result<std::optional<RecordBatch>> next(const Host& host);
  std::string locate(std::uint64_t row, std::uint64_t column) const;
  void report(Report& report) const;

 private:
  TableStream(const Settings& settings, std::vector<InputName> inputs);

  Result<void> start(const SourceRequest& request, const Host& host);
  Result<void> open_file(const Host& host);
  Result<void> settle_dialect();
  Result<std::vector<std::string>> read_header();
  Result<void> check_same_header(const std::vector<std::string>& names) const;
  Result<void> settle_columns(const SourceRequest& request);
  Result<void> read_on(const Host& host);
  Result<void> close_file();
  bool several_files() const { return inputs_.size() > 1; }
  bool last_file() const { return starts_.size() == inputs_.size(); }
  const std::string& file_name() const { return inputs_[starts_.size() - 1].name; }
  const std::string& file_of(std::uint64_t row) const;
  bool take_row(const Record& record);
  bool take_cell(std::size_t column, const Field& field);
  Result<void> refuse_row();
  Result<void> finish();
  Error error_of(const RowProblem& problem) const;
  std::uint64_t rows_in() const { return lines_.rows() + rejected_ + skipped_; }
  std::string dialect_text() const;
  void report_rejects(Report& report) const;

  Settings settings_;
  std::vector<InputName> inputs_;
  std::vector<std::uint64_t> starts_;     // the first row of each file opened so far
  std::unique_ptr<RecordReader> reader_;  // of the last of them
  std::vector<std::string> names_;        // in the header of the first
  MissingMarkers missing_;
  RejectsFile rejects_;
  std::vector<Output> outputs_;
  std::vector<ColumnSchema> schema_;
  std::optional<BatchBuilder> builder_;
  std::uint64_t fields_ = 0;     // per row
  std::uint64_t row_limit_ = 0;  // 0: none
  RowLines lines_;               // of the rows delivered
  std::uint64_t rejected_ = 0;
  std::uint64_t skipped_ = 0;       // lines left out above and below the table
  std::uint64_t footer_lines_ = 0;  // of all files
  std::string footer_;              // the first of them
  bool finished_ = false;
  bool detected_ = false;
  bool cut_short_ = false;                 // stopped at the row limit
  std::vector<std::string> digests_;       // "digest  name" of each file
  std::vector<std::string> without_rows_;  // files
  std::uint64_t bytes_read_ = 0;           // of the files before this one
  std::uint64_t bytes_in_all_ = 0;
  std::string snapshot_;
  RowProblem problem_;  // of the row that take_row() refused
  struct KeptReject {
    RowProblem problem;
    std::string file;
  };
  std::vector<KeptReject> kept_rejects_;  // the first of them
  std::string scratch_;
};

}  // namespace steppe::csv
