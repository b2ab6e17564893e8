// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data sources for the tests of the suite: twelve years of a small table held in memory; honest, or
// with one thing wrong.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "steppe/data_source.hpp"

namespace steppe::conformance::fakes {

enum class SourceFlaw {
  kNone,
  kWrongCount,          // rows_used is one too many
  kNoSnapshot,          // the report names no snapshot
  kSnapshotCounts,      // every opening has another snapshot
  kDataCount,           // every opening has other data
  kAllColumns,          // delivers all columns, whatever was asked for
  kWrongColumn,         // delivers the first column for any
  kWrongOrder,          // delivers columns in the order of the table
  kNoLimit,             // ignores the row limit
  kShortLimit,          // delivers one row less than the limit
  kTimeCutsShort,       // leaves out the last row of a time range
  kTakesAnyColumn,      // answers an unknown column with the first one
  kNamelessColumn,      // refuses an unknown column without naming it
  kSilentCell,          // an error without place for a cell that is no number
  kMissingFileIsEmpty,  // a file that is not there is an empty table
  kSharedPosition,      // streams that are open at once share one position
  kKeepsPosition,       // a stream begins where the last one was released
  kRefusesNoRows,       // open refuses a time range without rows
  kFailsAtNoRows,       // a stream without rows ends with an error
  kNoColumns,           // without rows there are no columns
  kEmpty,               // none is wrong: data without rows
  kEmptyRefused,        // none is wrong: data without rows, refused as insufficient
};

template <SourceFlaw kFlaw>
struct FakeSource {
  using F = SourceFlaw;
  static constexpr std::size_t kRows = 12;
  static constexpr std::size_t kBatch = 5;
  static constexpr const char* kNames[] = {"year", "town", "sales"};
  static constexpr ComponentInfo kInfo{"source.fake", "1.0.0", "A table in memory"};
  static constexpr Option kOptions[] = {{.name = "path",
                                         .type = OptionType::kString,
                                         .help = "names a file that is not read",
                                         .path = true,
                                         .default_string = "there"}};

  static std::string text_at(std::size_t column, std::size_t row) {
    if (column == 0) return std::to_string(2000 + row);
    if (column == 1) return row % 2 == 0 ? "Karaganda" : "Astana";
    return std::to_string(10 * row) + ".5";
  }

  class Stream {
   public:
    static Result<std::unique_ptr<Stream>> open(const SourceRequest& request) {
      static std::atomic<int> openings = 0;
      auto out = std::make_unique<Stream>();
      out->opening_ = ++openings;
      if (kFlaw == F::kSharedPosition) shared_ = 0;
      for (const ColumnRequest& column : request.columns) {
        const auto at = std::ranges::find(kNames, column.name);
        if (at == std::end(kNames) && kFlaw != F::kTakesAnyColumn) {
          if (kFlaw == F::kNamelessColumn) return Error{ErrorKind::kInvalidData, "unknown", "", ""};
          return Error{ErrorKind::kInvalidData,
                       "no column \"" + column.name + "\"; there are year, town, sales", "", ""};
        }
        const auto index = at == std::end(kNames) ? 0 : std::size_t(at - std::begin(kNames));
        out->add(kFlaw == F::kWrongColumn ? 0 : index, column.name, column.role);
      }
      if (request.columns.empty() || kFlaw == F::kAllColumns) {
        out->columns_.clear();
        out->schema_.clear();
        for (std::size_t c = 0; c < 3; ++c) out->add(c, kNames[c], ColumnRole::kText);
      }
      if (kFlaw == F::kWrongOrder && out->columns_.size() == 3) {
        std::ranges::reverse(out->columns_);
        std::ranges::reverse(out->schema_);
      }
      if (kFlaw == F::kEmptyRefused) {
        return Error{ErrorKind::kInsufficientData, "there are no rows", "", ""};
      }
      for (std::size_t row = 0; row < (kFlaw == F::kEmpty ? 0 : kRows); ++row) {
        const std::string date = text_at(0, row) + "-06-30";
        if (!request.time_from.empty() && date < request.time_from) continue;
        if (!request.time_to.empty() && date > request.time_to) continue;
        out->rows_.push_back(row);
      }
      if (kFlaw == F::kRefusesNoRows && out->rows_.empty()) {
        return Error{ErrorKind::kInsufficientData, "there are no rows", "", ""};
      }
      if (kFlaw == F::kNoColumns && out->rows_.empty()) out->schema_.clear();
      const bool in_range = !request.time_from.empty();
      if (kFlaw == F::kTimeCutsShort && in_range) out->rows_.pop_back();
      std::size_t limit = request.row_limit;
      if (kFlaw == F::kShortLimit && limit > 1) --limit;
      if (kFlaw != F::kNoLimit && limit > 0) out->rows_.resize(std::min(out->rows_.size(), limit));
      return out;
    }
    static Result<std::unique_ptr<Stream>> nothing() {
      auto out = std::make_unique<Stream>();
      out->add(0, "year", ColumnRole::kText);
      return out;
    }

    const std::vector<ColumnSchema>& schema() const { return schema_; }
    Result<std::optional<RecordBatch>> next(const Host&) {
      const bool shares = kFlaw == F::kSharedPosition || kFlaw == F::kKeepsPosition;
      std::size_t& at = shares ? shared_ : at_;
      if (kFlaw == F::kFailsAtNoRows && rows_.empty()) {
        return Error{ErrorKind::kInvalidData, "there are no rows", "memory", ""};
      }
      if (at >= rows_.size()) {
        if (kFlaw == F::kKeepsPosition) shared_ = 0;
        return std::optional<RecordBatch>();
      }
      const std::size_t end = std::min(at + kBatch, rows_.size());
      RecordBatch batch{.length = end - at, .columns = std::vector<Column>(columns_.size())};
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        Column& column = batch.columns[c];
        if (schema_[c].type == ColumnType::kUtf8) column.offsets.push_back(0);
        for (std::size_t i = at; i < end; ++i) {
          std::string text = text_at(columns_[c], rows_[i]);
          if (kFlaw == F::kDataCount) text += std::to_string(opening_);
          if (schema_[c].type == ColumnType::kUtf8) {
            column.text += text;
            column.offsets.push_back(static_cast<std::int32_t>(column.text.size()));
          } else if (columns_[c] == 1) {
            if (kFlaw == F::kSilentCell) return Error{ErrorKind::kInvalidData, "bad cell", "", ""};
            return Error{ErrorKind::kInvalidData, "\"" + text + "\" is no number", locate(i, c),
                         ""};
          } else {
            column.numbers.push_back(columns_[c] == 0 ? 2000 + double(rows_[i])
                                                      : 10 * double(rows_[i]) + 0.5);
          }
        }
      }
      at = end;
      delivered_ = end;
      return std::optional(std::move(batch));
    }
    std::string locate(std::uint64_t row, std::uint64_t column) const {
      return "memory:" + std::to_string(row + 1) + ":" + std::to_string(column + 1);
    }
    void report(Report& report) const {
      const double used = double(delivered_) + (kFlaw == F::kWrongCount ? 1 : 0);
      report.scalar("rows_in", used, "rows");
      report.scalar("rows_used", used, "rows");
      report.scalar("rows_rejected", 0, "rows");
      report.scalar("rows_skipped", 0, "rows");
      if (kFlaw == F::kNoSnapshot) return;
      report.text("snapshot", kFlaw == F::kSnapshotCounts ? std::to_string(opening_) : "memory");
    }

   private:
    void add(std::size_t index, const std::string& name, ColumnRole role) {
      columns_.push_back(index);
      schema_.push_back(
          {name, role == ColumnRole::kNumber ? ColumnType::kFloat64 : ColumnType::kUtf8});
    }
    static inline std::size_t shared_ = 0;
    std::vector<std::size_t> columns_;
    std::vector<ColumnSchema> schema_;
    std::vector<std::size_t> rows_;
    std::size_t at_ = 0;
    std::size_t delivered_ = 0;
    int opening_ = 0;
  };

  explicit FakeSource(const Arguments& arguments) : path_(arguments.string("path")) {}
  Result<std::unique_ptr<Stream>> open(const SourceRequest& request, const Host&) const {
    if (path_.find("nonexistent") == std::string::npos) return Stream::open(request);
    if (kFlaw == F::kMissingFileIsEmpty) return Stream::nothing();
    return Error{ErrorKind::kIo, "no such file", path_, ""};
  }

 private:
  std::string path_;
};

}  // namespace steppe::conformance::fakes
