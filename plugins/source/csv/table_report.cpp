// SPDX-License-Identifier: Apache-2.0

// What a finished reading says of itself: places, accounts, warnings.

#include <algorithm>

#include "message.hpp"
#include "table_stream.hpp"

namespace steppe::csv {
namespace {

constexpr std::size_t kListedFiles = 100;

std::string files_text(const std::vector<std::string>& digests) {
  std::string out;
  for (std::size_t i = 0; i < std::min(digests.size(), kListedFiles); ++i) {
    out += (i == 0 ? "" : ", ") + digests[i];
  }
  if (digests.size() > kListedFiles) {
    out += " and " + std::to_string(digests.size() - kListedFiles) + " more";
  }
  return out;
}

}  // namespace

const std::string& TableStream::file_of(std::uint64_t row) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), row);
  return inputs_[static_cast<std::size_t>(after - starts_.begin()) - 1].name;
}

std::string TableStream::locate(std::uint64_t row, std::uint64_t column) const {
  if (row >= lines_.rows()) return file_name();
  std::string place = file_of(row) + ':' + std::to_string(lines_.line_of(row));
  if (column < outputs_.size()) place += ':' + std::to_string(outputs_[column].field + 1);
  return place;
}

std::string TableStream::dialect_text() const {
  const NumberFormat& numbers = settings_.numbers;
  return csv::text_of(settings_.dialect) + ", numbers " + csv::text_of(numbers) + ", header " +
         (settings_.header ? "true" : "false") + ", encoding " +
         kEncodingNames[static_cast<std::size_t>(settings_.encoding)];
}

void TableStream::report(Report& report) const {
  report.scalar("rows_in", static_cast<double>(rows_in()), "rows");
  report.scalar("rows_used", static_cast<double>(lines_.rows()), "rows");
  report.scalar("rows_rejected", static_cast<double>(rejected_), "rows");
  report.scalar("rows_skipped", static_cast<double>(skipped_), "rows");
  report.text("snapshot", snapshot_);
  report.text("dialect", dialect_text());
  if (several_files()) report.text("files", files_text(digests_));
  if (detected_) {
    const std::string name = delimiter_name(settings_.dialect.delimiter);
    report.text("detected_delimiter", std::string(1, settings_.dialect.delimiter));
    report.warning("delimiter_detected",
                   "the delimiter " + name + " was detected, not declared; set delimiter");
  }
  if (cut_short_) {
    report.warning("row_limit", "only the first " + std::to_string(row_limit_) + " rows were read");
  }
  if (!without_rows_.empty()) {
    report.warning("file_without_rows", counted(without_rows_.size(), "file") + " of " +
                                            std::to_string(inputs_.size()) +
                                            " without a row of data: " + list_of(without_rows_));
  }
  if (footer_lines_ > 0 && !cut_short_) {
    report.warning("footer_left_out", counted(footer_lines_, "line") +
                                          " left out at the end (footer_rows), from " +
                                          quoted(footer_.substr(0, footer_.find_first_of("\r\n"))));
  }
  report_rejects(report);
}

void TableStream::report_rejects(Report& report) const {
  if (rejected_ == 0) return;
  const auto& [first, file] = kept_rejects_.front();
  report.warning("rows_rejected", counted(rejected_, "row") +
                                      " rejected (on_error=reject), the first: " +
                                      first.place(file) + ": " + first.message);
  Table table{.name = "rejects", .columns = {"line", "column"}};
  for (const KeptReject& kept : kept_rejects_) {
    const RowProblem& problem = kept.problem;
    const double column = problem.column == 0 ? kUndefined : static_cast<double>(problem.column);
    table.add_row((several_files() ? kept.file + ": " : "") + problem.message,
                  {static_cast<double>(problem.line), column});
  }
  report.table(table);
}

}  // namespace steppe::csv
