// SPDX-License-Identifier: Apache-2.0

// The files of a table: opening one after another, holding their headers together, closing them.

#include <algorithm>
#include <limits>

#include "message.hpp"
#include "table_stream.hpp"

namespace steppe::csv {
namespace {

std::string lines_of(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += text + '\n';
  return out;
}

}  // namespace

// The next one, up to its first row of data. The first settles dialect and names for all.
Result<void> TableStream::open_file(const Host& host) {
  const InputName& input = inputs_[starts_.size()];
  const bool first = starts_.empty();
  starts_.push_back(lines_.rows());
  auto file = InputFile::open(input.path, input.name, settings_.unpacking);
  if (!file) return std::move(file).error();
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
  if (settings_.footer_rows > 0) {
    auto offset = file->offset_of_last_lines(settings_.footer_rows, host);
    if (!offset) return std::move(offset).error();
    end = *offset;
  }
  reader_ = std::make_unique<RecordReader>(TextInput(std::move(*file), settings_.encoding, end),
                                           settings_.max_field);
  auto skipped = reader_->skip_lines(settings_.skip);
  if (!skipped) return std::move(skipped).error();
  skipped_ += *skipped;
  if (first) {
    if (auto settled = settle_dialect(); !settled) return settled;
  }
  reader_->set_dialect(settings_.dialect);
  auto names = read_header();
  if (!names) return std::move(names).error();
  if (!first) return check_same_header(*names);
  names_ = std::move(*names);
  fields_ = names_.size();
  return {};
}

Result<void> TableStream::settle_dialect() {
  if (settings_.delimiter) return {};
  auto sample = reader_->sample();
  if (!sample) return std::move(sample).error();
  auto found = detect_delimiter(*sample, reader_->sample_is_complete(), settings_.dialect);
  if (!found) {
    Error error = std::move(found).error();
    error.where = file_name();
    return error;
  }
  settings_.dialect.delimiter = *found;
  detected_ = true;
  return {};
}

Result<std::vector<std::string>> TableStream::read_header() {
  if (!reader_->next()) {
    if (reader_->error()) return *reader_->error();
    const bool all = settings_.skip == 0 && settings_.footer_rows == 0;
    return Error{ErrorKind::kInsufficientData,
                 all ? "no observations: the file is empty"
                     : "no observations: nothing is left between skip and footer_rows",
                 file_name(), "C15"};
  }
  if (settings_.header) return header_names(*reader_);
  reader_->unread();
  return numbered_names(reader_->record().field_count);
}

// C25. A column in another place would be read as another column's values.
Result<void> TableStream::check_same_header(const std::vector<std::string>& names) const {
  if (names == names_) return {};
  const auto only_in = [](const std::vector<std::string>& some, const auto& others) {
    std::vector<std::string> out;
    for (const std::string& name : some) {
      if (std::find(others.begin(), others.end(), name) == others.end()) out.push_back(name);
    }
    return out;
  };
  const std::vector<std::string> lacking = only_in(names_, names);
  const std::vector<std::string> added = only_in(names, names_);
  const std::string& model = inputs_.front().name;
  std::string message;
  if (!settings_.header) {
    message = counted(names.size(), "column") + ", where " + model + " has " +
              std::to_string(names_.size());
  } else if (lacking.empty() && added.empty()) {
    const auto [there, here] = std::mismatch(names_.begin(), names_.end(), names.begin());
    message = "the columns stand in another order than in " + model + ": column " +
              std::to_string(here - names.begin() + 1) + " is " + quoted(*here) + ", there " +
              quoted(*there);
  } else {
    message = "the header is not that of " + model + ":";
    if (!lacking.empty()) message += " it lacks " + list_of(lacking);
    if (!added.empty()) {
      message += std::string(lacking.empty() ? "" : " and") + " it adds " + list_of(added);
    }
  }
  return Error{ErrorKind::kInvalidData,
               message + "; files read as one table need the same columns in the same order",
               file_name() + ':' + std::to_string(reader_->record().line), "C25"};
}

// Behind the last row of a file: the next one, if there is one.
Result<void> TableStream::read_on(const Host& host) {
  if (reader_->error()) return *reader_->error();
  if (last_file()) {
    finished_ = true;
    return {};
  }
  if (auto closed = close_file(); !closed) return closed;
  return open_file(host);
}

Result<void> TableStream::close_file() {
  TextInput& input = reader_->input();
  if (!cut_short_) {
    if (auto drained = input.drain(); !drained) return drained;
    skipped_ += settings_.footer_rows;
    if (settings_.footer_rows > 0 && footer_lines_ == 0) footer_ = input.left_out();
    footer_lines_ += settings_.footer_rows;
    if (starts_.back() == lines_.rows()) without_rows_.push_back(file_name());
  }
  if (auto same = input.file().check_unchanged(); !same) return same;
  bytes_read_ += input.file().bytes_read();
  const std::string digest = input.file().digest();
  if (!several_files()) {
    snapshot_ = digest;
  } else {
    digests_.push_back(digest + "  " + file_name());
    snapshot_ = "files=" + std::to_string(starts_.size()) + ';' + digest_of(lines_of(digests_));
  }
  return {};
}

Result<void> TableStream::finish() {
  if (auto closed = close_file(); !closed) return closed;
  if (cut_short_) snapshot_ += ";bytes=" + std::to_string(bytes_read_);
  if (auto written = rejects_.finish(); !written) return written;
  if (lines_.rows() > 0) return {};
  std::string rows = counted(rejected_, "row") + " rejected, none left";
  if (rejected_ == 0) {
    rows = several_files() ? "the files have" : "the file has";
    rows += settings_.header ? " a header and no rows" : " no rows";
  }
  return Error{ErrorKind::kInsufficientData, "no observations: " + rows,
               several_files() ? "" : file_name(), "C15"};
}

}  // namespace steppe::csv
