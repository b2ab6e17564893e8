// SPDX-License-Identifier: Apache-2.0

// A source that keeps the rules: a table of twelve years of two regions, kept in memory. The build
// gives its entry another name.
#include <unistd.h>

#include <algorithm>
#include <string>

#include "act.hpp"
#include "steppe/data_source.hpp"

namespace {

constexpr int kYears = 12;
constexpr int kRegions = 2;
constexpr const char* kNames[] = {"year", "region", "value"};

struct Sound {
  static constexpr steppe::ComponentInfo kInfo{"source.sound", "1.0.0",
                                               "Twelve years, two regions"};

  struct Wanted {
    int column;
    steppe::ColumnType type;
  };

  struct Stream {
    std::vector<steppe::ColumnSchema> columns;
    std::vector<Wanted> wanted;
    std::vector<int> rows;  // numbers of the rows to deliver
    std::size_t skipped = 0;
    std::size_t delivered = 0;

    const std::vector<steppe::ColumnSchema>& schema() const { return columns; }

    steppe::Result<std::optional<steppe::RecordBatch>> next(const steppe::Host&) {
      constexpr std::size_t kBatch = 5;
      if (torture::source_never_ends && delivered == rows.size()) {
        usleep(2000);  // endless, and not to fill the memory of the reader at once
        delivered = 0;
      }
      if (delivered == rows.size()) return std::optional<steppe::RecordBatch>();
      const std::size_t count = std::min(kBatch, rows.size() - delivered);
      steppe::RecordBatch batch;
      batch.length = count;
      for (const Wanted& column : wanted) {
        steppe::Column& cells = batch.columns.emplace_back();
        if (column.type == steppe::ColumnType::kUtf8) cells.offsets.push_back(0);
        for (std::size_t i = 0; i < count; ++i) add(cells, column, rows[delivered + i]);
      }
      delivered += count;
      return std::optional(std::move(batch));
    }
    std::string locate(std::uint64_t row, std::uint64_t column) const {
      const int number = row < rows.size() ? rows[row] : 0;
      return "table:" + std::to_string(number + 1) + ":" + std::to_string(column + 1);
    }
    void report(steppe::Report& report) const {
      const auto used = static_cast<double>(delivered);
      const auto passed = static_cast<double>(skipped + rows.size() - delivered);
      report.scalar("rows_in", used + passed);
      report.scalar("rows_used", used);
      report.scalar("rows_rejected", 0);
      report.scalar("rows_skipped", passed);
      report.text("snapshot", "table:1");
    }

   private:
    static void add(steppe::Column& cells, const Wanted& column, int row) {
      const int year = 2000 + row / kRegions;
      const double value = 100 + row * 1.5;
      if (column.type == steppe::ColumnType::kFloat64) {
        cells.numbers.push_back(column.column == 0 ? year : value);
      } else if (column.type == steppe::ColumnType::kInt64) {
        cells.integers.push_back(year);
      } else {
        cells.text += column.column == 0   ? std::to_string(year)
                      : column.column == 1 ? std::string(row % kRegions == 0 ? "north" : "south")
                                           : std::to_string(value);
        cells.offsets.push_back(static_cast<std::int32_t>(cells.text.size()));
      }
    }
  };

  steppe::Result<std::unique_ptr<Stream>> open(const steppe::SourceRequest& request,
                                               const steppe::Host&) const {
    auto out = std::make_unique<Stream>();
    std::vector<steppe::ColumnRequest> columns = request.columns;
    for (int i = 0; request.columns.empty() && i < 3; ++i) {
      columns.push_back({kNames[i], steppe::ColumnRole::kText});
    }
    for (const steppe::ColumnRequest& column : columns) {
      if (auto error = add_column(column, *out)) return *std::move(error);
    }
    for (int row = 0; row < kYears * kRegions; ++row) {
      const std::string date = std::to_string(2000 + row / kRegions) + "-01-01";
      const bool early = !request.time_from.empty() && date < request.time_from;
      const bool late = !request.time_to.empty() && date > request.time_to;
      const bool full = request.row_limit != 0 && out->rows.size() == request.row_limit;
      if (early || late || full) {
        ++out->skipped;
      } else {
        out->rows.push_back(row);
      }
    }
    return out;
  }

  static std::optional<steppe::Error> add_column(const steppe::ColumnRequest& column, Stream& out) {
    const auto* const known = std::find(std::begin(kNames), std::end(kNames), column.name);
    if (known == std::end(kNames)) {
      return steppe::Error{
          steppe::ErrorKind::kInvalidConfig,
          "no column is named \"" + column.name + "\"; there are year, region, value", "table"};
    }
    const int index = static_cast<int>(known - std::begin(kNames));
    if (column.role == steppe::ColumnRole::kNumber && index == 1) {
      return steppe::Error{steppe::ErrorKind::kInvalidData, "\"north\" is not a number",
                           "table:1:2"};
    }
    const auto type = column.role == steppe::ColumnRole::kText     ? steppe::ColumnType::kUtf8
                      : column.role == steppe::ColumnRole::kNumber ? steppe::ColumnType::kFloat64
                      : index == 0                                 ? steppe::ColumnType::kInt64
                                                                   : steppe::ColumnType::kUtf8;
    out.columns.push_back({column.name, type});
    out.wanted.push_back({index, type});
    return std::nullopt;
  }
};

}  // namespace

STEPPE_PLUGIN(Sound);
