// SPDX-License-Identifier: Apache-2.0
#include "table_stream.hpp"

#include "message.hpp"
#include "number.hpp"

namespace steppe::csv {
namespace {

constexpr std::size_t kKeptRejects = 100;
constexpr std::uint64_t kRowsBetweenCancels = 65536;

}  // namespace

Result<std::unique_ptr<TableStream>> TableStream::open(const Settings& settings,
                                                       const SourceRequest& request,
                                                       const Host& host) {
  auto inputs = list_inputs(settings.path, settings.more_paths);
  if (!inputs) return std::move(inputs).error();
  std::unique_ptr<TableStream> stream(new TableStream(settings, std::move(*inputs)));
  if (auto started = stream->start(request, host); !started) return std::move(started).error();
  return stream;
}

TableStream::TableStream(const Settings& settings, std::vector<InputName> inputs)
    : settings_(settings),
      inputs_(std::move(inputs)),
      missing_(settings.missing),
      rejects_(settings.rejects, inputs_.size() > 1) {}

Result<void> TableStream::start(const SourceRequest& request, const Host& host) {
  bytes_in_all_ = bytes_of(inputs_);
  if (auto opened = open_file(host); !opened) return opened;
  if (auto settled = settle_columns(request); !settled) return settled;
  row_limit_ = request.row_limit;
  return rejects_.open();
}

Result<void> TableStream::settle_columns(const SourceRequest& request) {
  auto outputs = outputs_of(request.columns, names_, settings_.columns);
  if (!outputs) {
    Error error = std::move(outputs).error();
    error.where = file_name();
    return error;
  }
  outputs_ = std::move(*outputs);
  for (const Output& output : outputs_) {
    const bool number = output.role == ColumnRole::kNumber;
    schema_.push_back({output.name, number ? ColumnType::kFloat64 : ColumnType::kUtf8});
  }
  builder_.emplace(outputs_);
  return {};
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
    } else if (!reader_->next()) {
      if (auto more = read_on(host); !more) return std::move(more).error();
    } else if (take_row(reader_->record())) {
      builder_->end_row();
      lines_.add(reader_->record().line);
    } else if (auto refused = refuse_row(); !refused) {
      return std::move(refused).error();
    }
  }
  if (!finished_) {
    host.progress(bytes_read_ + reader_->input().file().bytes_read(), bytes_in_all_);
    return std::optional(builder_->finish());
  }
  if (auto ended = finish(); !ended) return std::move(ended).error();
  host.progress(bytes_read_, bytes_in_all_);
  if (builder_->rows() == 0) return std::optional<RecordBatch>();
  return std::optional(builder_->finish());
}

// False: the row is refused, problem_ says why and nothing of it is kept.
bool TableStream::take_row(const Record& record) {
  if (record.field_count != fields_ || record.malformed_column > 0) {
    problem_ = shape_problem(*reader_, fields_, settings_.dialect);
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
  const std::string_view text = reader_->text_of(field, scratch_);
  if (missing_.contain(text)) {
    builder_->put_missing(column);
    return true;
  }
  if (output.role != ColumnRole::kNumber) {
    if (reader_->input().unit_separator_seen() && text.find('\x1F') != std::string_view::npos) {
      problem_ = separator_problem(*reader_, output, text);
      return false;
    }
    builder_->put_text(column, text);
    return true;
  }
  double value = 0;
  if (!read_plain_number(text, settings_.numbers.decimal, value) &&
      read_number(text, settings_.numbers, value) != NumberStatus::kOk) {
    problem_ = number_problem(*reader_, output, text, settings_.numbers);
    return false;
  }
  builder_->put_number(column, value);
  return true;
}

Result<void> TableStream::refuse_row() {
  ++rejected_;
  if (!settings_.reject) return error_of(problem_);
  if (kept_rejects_.size() < kKeptRejects) kept_rejects_.push_back({problem_, file_name()});
  return rejects_.add(problem_, file_name(), reader_->record().text);
}

// The rows before the bad one have been read well but come to nothing: they count as skipped.
Error TableStream::error_of(const RowProblem& problem) const {
  Error error{ErrorKind::kInvalidData, problem.message, problem.place(file_name()), problem.fault};
  if (problem.shape) {
    error.message += "; rows_in=" + std::to_string(rows_in()) +
                     " used=0 rejected=1 skipped=" + std::to_string(rows_in() - 1) +
                     " (on_error=fail); no output written";
  }
  return error;
}

}  // namespace steppe::csv
