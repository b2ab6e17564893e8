// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fills one batch after another, cell by cell; a row may be taken back before it is complete.

#include <algorithm>
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
  // The first batch is small and each next one twice as large, up to kRows: a file of ten rows must
  // not pay for the memory of eight thousand.
  static constexpr std::size_t kFirstRows = 256;
  // A batch ends early when its text grows past this, so that offsets stay far from 2^31.
  static constexpr std::size_t kText = std::size_t{16} << 20;
  // Bytes after a text that put_text() may look at, though they do not matter.
  static constexpr std::size_t kPadding = 16;

  explicit BatchBuilder(const std::vector<Output>& outputs) : outputs_(outputs) { start(); }

  std::size_t rows() const { return rows_; }
  bool full() const { return rows_ == capacity_ || text_size_ >= kText; }

  void put_number(std::size_t column, double value) { slots_[column].numbers[rows_] = value; }

  void put_text(std::size_t column, std::string_view text) {
    Slot& slot = slots_[column];
    if (slot.room < text.size() + kPadding) grow(column, text.size());
    if (text.size() <= kPadding) {
      std::memcpy(slot.end, text.data(), kPadding);  // one move, whatever the size
    } else {
      std::memcpy(slot.end, text.data(), text.size());
    }
    slot.end += text.size();
    slot.room -= text.size();
    text_size_ += text.size();
    put_offset(slot);
  }

  void put_missing(std::size_t column) {
    Column& out = columns_[column];
    if (out.valid.empty()) out.valid.assign(capacity_, true);
    out.valid[rows_] = false;
    Slot& slot = slots_[column];
    if (slot.numbers != nullptr) {
      slot.numbers[rows_] = kUndefined;
    } else {
      put_offset(slot);
    }
  }

  void end_row() { ++rows_; }

  void take_back_row() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      Slot& slot = slots_[i];
      if (!columns_[i].valid.empty()) columns_[i].valid[rows_] = true;
      if (slot.offsets == nullptr) continue;
      const auto surplus = static_cast<std::size_t>(slot.end - slot.begin - slot.offsets[rows_]);
      slot.end -= surplus;
      slot.room += surplus;
    }
  }

  // The rows so far; the builder starts again.
  RecordBatch finish() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      Column& column = columns_[i];
      if (slots_[i].numbers != nullptr) {
        column.numbers.resize(rows_);
      } else {
        column.offsets.resize(rows_ + 1);
        column.text.resize(static_cast<std::size_t>(column.offsets[rows_]));
      }
      if (!column.valid.empty()) column.valid.resize(rows_);
    }
    RecordBatch batch{rows_, std::move(columns_)};
    capacity_ = std::min(2 * capacity_, kRows);
    start();
    return batch;
  }

 private:
  // Where the next cell of a column goes.
  struct Slot {
    double* numbers = nullptr;
    std::int32_t* offsets = nullptr;
    char* begin = nullptr;
    char* end = nullptr;
    std::size_t room = 0;
  };

  void put_offset(const Slot& slot) {
    slot.offsets[rows_ + 1] = static_cast<std::int32_t>(slot.end - slot.begin);
  }

  void grow(std::size_t column, std::size_t size) {
    Slot& slot = slots_[column];
    std::string& text = columns_[column].text;
    const auto used = static_cast<std::size_t>(slot.end - slot.begin);
    text.resize(2 * text.size() + size + kPadding);
    slot.begin = text.data();
    slot.end = slot.begin + used;
    slot.room = text.size() - used;
  }

  void start() {
    const std::size_t usual_text = 8 * capacity_;
    rows_ = 0;
    text_size_ = 0;
    columns_.assign(outputs_.size(), {});
    slots_.assign(outputs_.size(), {});
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      Column& column = columns_[i];
      if (outputs_[i].role == ColumnRole::kNumber) {
        column.numbers.resize(capacity_);
        slots_[i].numbers = column.numbers.data();
        continue;
      }
      column.offsets.resize(capacity_ + 1);
      column.text.resize(usual_text);
      slots_[i] = {nullptr, column.offsets.data(), column.text.data(), column.text.data(),
                   usual_text};
    }
  }

  std::vector<Output> outputs_;
  std::vector<Column> columns_;
  std::vector<Slot> slots_;
  std::size_t capacity_ = kFirstRows;
  std::size_t rows_ = 0;
  std::size_t text_size_ = 0;
};

}  // namespace steppe::csv
