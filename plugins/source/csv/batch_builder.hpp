// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fills one batch after another, cell by cell; a row may be taken back before it is complete.

#include <cstring>
#include <string_view>
#include <vector>

#include "header.hpp"
#include "steppe/data_source.hpp"
#include "steppe/views.hpp"

namespace steppe::csv {

class BatchBuilder {
 public:
  static constexpr std::size_t kRows = 8192;
  // A batch ends early when its text grows past this, so that offsets stay far from 2^31.
  static constexpr std::size_t kText = std::size_t{16} << 20;

  explicit BatchBuilder(const std::vector<Output>& outputs) : outputs_(outputs) { start(); }

  std::size_t rows() const { return rows_; }
  bool full() const { return rows_ == kRows || text_size_ >= kText; }

  void put_number(std::size_t column, double value) { columns_[column].numbers[rows_] = value; }
  void put_text(std::size_t column, std::string_view text) {
    Column& out = columns_[column];
    out.text.append(text);
    out.offsets[rows_ + 1] = static_cast<std::int32_t>(out.text.size());
    text_size_ += text.size();
  }
  void put_missing(std::size_t column) {
    Column& out = columns_[column];
    if (out.valid.empty()) out.valid.assign(kRows, true);
    out.valid[rows_] = false;
    if (out.offsets.empty()) {
      out.numbers[rows_] = kUndefined;
    } else {
      out.offsets[rows_ + 1] = static_cast<std::int32_t>(out.text.size());
    }
  }
  void end_row() { ++rows_; }
  void take_back_row() {
    for (Column& column : columns_) {
      if (!column.valid.empty()) column.valid[rows_] = true;
      if (!column.offsets.empty()) {
        column.text.resize(static_cast<std::size_t>(column.offsets[rows_]));
      }
    }
  }

  // The rows so far; the builder starts again.
  RecordBatch finish() {
    for (Column& column : columns_) {
      if (column.offsets.empty()) {
        column.numbers.resize(rows_);
      } else {
        column.offsets.resize(rows_ + 1);
      }
      if (!column.valid.empty()) column.valid.resize(rows_);
    }
    RecordBatch batch{rows_, std::move(columns_)};
    start();
    return batch;
  }

 private:
  void start() {
    rows_ = 0;
    text_size_ = 0;
    columns_.assign(outputs_.size(), {});
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (outputs_[i].role == ColumnRole::kNumber) {
        columns_[i].numbers.resize(kRows);
      } else {
        columns_[i].offsets.resize(kRows + 1);
      }
    }
  }

  std::vector<Output> outputs_;
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
  std::size_t text_size_ = 0;
};

}  // namespace steppe::csv
