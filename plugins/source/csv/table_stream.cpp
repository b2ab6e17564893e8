// SPDX-License-Identifier: Apache-2.0
#include "table_stream.hpp"

#include <limits>

#include "message.hpp"
#include "number.hpp"

namespace steppe::csv {
namespace {

constexpr std::size_t kKeptRejects = 100;
constexpr std::uint64_t kRowsBetweenCancels = 65536;

}  // namespace

Result<std::unique_ptr<TableStream>> TableStream::open(const Settings& settings,
                                                       const SourceRequest& request) {
  auto file = InputFile::open(settings.path);
  if (!file) return std::move(file).error();
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
  if (settings.footer_rows > 0) {
    auto offset = file->offset_of_last_lines(settings.footer_rows);
    if (!offset) return std::move(offset).error();
    end = *offset;
  }
  std::unique_ptr<TableStream> stream(new TableStream(
      settings, TextInput(std::move(*file), settings.encoding, end), settings.footer_rows));
  if (auto started = stream->start(request); !started) return std::move(started).error();
  return stream;
}

TableStream::TableStream(const Settings& settings, TextInput input, std::uint64_t footer_lines)
    : settings_(settings),
      reader_(std::move(input), settings.max_field),
      missing_(settings.missing),
      rejects_(settings.rejects),
      footer_lines_(footer_lines) {}

Result<void> TableStream::start(const SourceRequest& request) {
  auto skipped = reader_.skip_lines(settings_.skip);
  if (!skipped) return std::move(skipped).error();
  skipped_ = *skipped;
  if (auto settled = settle_dialect(); !settled) return settled;
  auto names = read_header();
  if (!names) return std::move(names).error();
  fields_ = names->size();
  auto outputs = outputs_of(request.columns, *names, settings_.columns);
  if (!outputs) {
    Error error = std::move(outputs).error();
    error.where = reader_.input().file().name();
    return error;
  }
  outputs_ = std::move(*outputs);
  for (const Output& output : outputs_) {
    const bool number = output.role == ColumnRole::kNumber;
    schema_.push_back({output.name, number ? ColumnType::kFloat64 : ColumnType::kUtf8});
  }
  builder_.emplace(outputs_);
  row_limit_ = request.row_limit;
  return rejects_.open();
}

Result<void> TableStream::settle_dialect() {
  if (!settings_.delimiter) {
    auto sample = reader_.sample();
    if (!sample) return std::move(sample).error();
    auto found = detect_delimiter(*sample, reader_.sample_is_complete(), settings_.dialect);
    if (!found) {
      Error error = std::move(found).error();
      error.where = reader_.input().file().name();
      return error;
    }
    settings_.dialect.delimiter = *found;
    detected_ = true;
  }
  reader_.set_dialect(settings_.dialect);
  return {};
}

Result<std::vector<std::string>> TableStream::read_header() {
  if (!reader_.next()) {
    if (reader_.error()) return *reader_.error();
    const bool all = settings_.skip == 0 && settings_.footer_rows == 0;
    return Error{ErrorKind::kInsufficientData,
                 all ? "no observations: the file is empty"
                     : "no observations: nothing is left between skip and footer_rows",
                 reader_.input().file().name(), "C15"};
  }
  if (settings_.header) return header_names(reader_);
  reader_.unread();
  return numbered_names(reader_.record().field_count);
}

Result<std::optional<RecordBatch>> TableStream::next(const Host& host) {
  if (finished_) return std::optional<RecordBatch>();
  for (std::uint64_t read = 1; !builder_->full() && !finished_; ++read) {
    if (read % kRowsBetweenCancels == 1 && host.cancelled()) {
      return Error{ErrorKind::kCancelled, "cancelled"};
    }
    if (row_limit_ > 0 && lines_.rows() == row_limit_) {
      cut_short_ = true;
      finished_ = true;
    } else if (!reader_.next()) {
      if (reader_.error()) return *reader_.error();
      finished_ = true;
    } else if (take_row(reader_.record())) {
      builder_->end_row();
      lines_.add(reader_.record().line);
    } else if (auto refused = refuse_row(); !refused) {
      return std::move(refused).error();
    }
  }
  host.progress(reader_.input().file().bytes_read(), reader_.input().file().size());
  if (finished_) {
    if (auto ended = finish(); !ended) return std::move(ended).error();
    if (builder_->rows() == 0) return std::optional<RecordBatch>();
  }
  return std::optional(builder_->finish());
}

// False: the row is refused, problem_ says why and nothing of it is kept.
bool TableStream::take_row(const Record& record) {
  if (record.field_count != fields_ || record.malformed_column > 0) {
    problem_ = shape_problem(reader_, fields_, settings_.dialect);
    return false;
  }
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    if (take_cell(i, record.fields[outputs_[i].field])) continue;
    builder_->take_back_row();
    return false;
  }
  return true;
}

bool TableStream::take_cell(std::size_t column, const Field& field) {
  const Output& output = outputs_[column];
  const std::string_view text = reader_.text_of(field, scratch_);
  if (missing_.contain(text)) {
    builder_->put_missing(column);
    return true;
  }
  if (output.role != ColumnRole::kNumber) {
    if (reader_.input().unit_separator_seen() && text.find('\x1F') != std::string_view::npos) {
      problem_ = separator_problem(reader_, output, text);
      return false;
    }
    builder_->put_text(column, text);
    return true;
  }
  double value = 0;
  if (!read_plain_number(text, settings_.numbers.decimal, value) &&
      read_number(text, settings_.numbers, value) != NumberStatus::kOk) {
    problem_ = number_problem(reader_, output, text, settings_.numbers);
    return false;
  }
  builder_->put_number(column, value);
  return true;
}

Result<void> TableStream::refuse_row() {
  ++rejected_;
  if (!settings_.reject) return error_of(problem_);
  if (kept_rejects_.size() < kKeptRejects) kept_rejects_.push_back(problem_);
  return rejects_.add(problem_, reader_.record().text);
}

// The rows before the bad one have been read well but come to nothing: they count as skipped.
Error TableStream::error_of(const RowProblem& problem) const {
  Error error{ErrorKind::kInvalidData, problem.message,
              problem.place(reader_.input().file().name()), problem.fault};
  if (problem.shape) {
    error.message += "; rows_in=" + std::to_string(rows_in()) +
                     " used=0 rejected=1 skipped=" + std::to_string(rows_in() - 1) +
                     " (on_error=fail); no output written";
  }
  return error;
}

Result<void> TableStream::finish() {
  if (!cut_short_) {
    if (auto drained = reader_.input().drain(); !drained) return drained;
    skipped_ += footer_lines_;
  }
  const InputFile& file = reader_.input().file();
  if (auto same = file.check_unchanged(); !same) return same;
  snapshot_ = file.digest();
  if (cut_short_) snapshot_ += ";bytes=" + std::to_string(file.bytes_read());
  if (auto written = rejects_.finish(); !written) return written;
  if (lines_.rows() > 0) return {};
  const std::string rows = rejected_ == 0 ? (settings_.header ? "the file has a header and no rows"
                                                              : "the file has no rows")
                                          : counted(rejected_, "row") + " rejected, none left";
  return Error{ErrorKind::kInsufficientData, "no observations: " + rows, file.name(), "C15"};
}

std::string TableStream::locate(std::uint64_t row, std::uint64_t column) const {
  std::string place = reader_.input().file().name();
  if (row >= lines_.rows()) return place;
  place += ':' + std::to_string(lines_.line_of(row));
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
  if (detected_) {
    const std::string name = delimiter_name(settings_.dialect.delimiter);
    report.text("detected_delimiter", std::string(1, settings_.dialect.delimiter));
    report.warning("delimiter_detected",
                   "the delimiter " + name + " was detected, not declared; set delimiter");
  }
  if (cut_short_) {
    report.warning("row_limit", "only the first " + std::to_string(row_limit_) + " rows were read");
  }
  if (footer_lines_ > 0 && !cut_short_) {
    const std::string text = reader_.input().left_out();
    report.warning("footer_left_out", counted(footer_lines_, "line") +
                                          " left out at the end (footer_rows), from " +
                                          quoted(text.substr(0, text.find_first_of("\r\n"))));
  }
  report_rejects(report);
}

void TableStream::report_rejects(Report& report) const {
  if (rejected_ == 0) return;
  const RowProblem& first = kept_rejects_.front();
  report.warning("rows_rejected",
                 counted(rejected_, "row") + " rejected (on_error=reject), the first: " +
                     first.place(reader_.input().file().name()) + ": " + first.message);
  Table table{.name = "rejects", .columns = {"line", "column"}};
  for (const RowProblem& problem : kept_rejects_) {
    const double column = problem.column == 0 ? kUndefined : static_cast<double>(problem.column);
    table.add_row(problem.message, {static_cast<double>(problem.line), column});
  }
  report.table(table);
}

}  // namespace steppe::csv
