// SPDX-License-Identifier: Apache-2.0
#include "conformance/source_subject.hpp"

#include <cstring>

#include "plugin_host/report_sink.hpp"

namespace steppe::conformance {

std::vector<Cell> SourceTable::row(std::size_t i) const {
  std::vector<Cell> out;
  for (const auto& column : columns) out.push_back(column[i]);
  return out;
}

OpenSource::OpenSource(const steppe_data_source& table, void* handle,
                       const ArrowArrayStream& stream)
    : table_(&table), handle_(handle), stream_(stream) {}

OpenSource::~OpenSource() {
  if (stream_.release != nullptr) stream_.release(&stream_);
  table_->close(handle_);
}

void OpenSource::release_stream() {
  stream_.release(&stream_);
  require(stream_.release == nullptr, "release of the stream does not mark it as released");
}

SourceTable OpenSource::schema() {
  ArrowSchema schema{};
  if (stream_.get_schema(&stream_, &schema) != 0) {
    fail("get_schema fails: " + last_error().message);
  }
  require(schema.release != nullptr, "get_schema answers 0 with a released schema");
  SourceTable out;
  const std::string format = schema.format == nullptr ? "" : schema.format;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    out.names.emplace_back(child.name == nullptr ? "" : child.name);
    out.formats.emplace_back(child.dictionary == nullptr ? child.format : "dictionary");
  }
  out.columns.resize(out.names.size());
  schema.release(&schema);
  require(schema.release == nullptr, "release of the schema does not mark it as released");
  if (format != "+s") fail("the schema has the format \"" + format + "\", not a struct \"+s\"");
  return out;
}

std::optional<ArrowArray> OpenSource::next() {
  ArrowArray array{};
  if (try_next(array) != 0) fail("get_next fails: " + last_error().message);
  if (array.release == nullptr) return std::nullopt;
  return array;
}

Error OpenSource::last_error() const {
  steppe_error error{};
  error.struct_size = sizeof(error);
  table_->last_error(handle_, &error);
  return error_of(error.code, error);
}

FitReport OpenSource::report() const {
  ReportSink sink;
  const Answer answer =
      ask([&](steppe_error* error) { return table_->report(handle_, sink.sink(), error); });
  if (!answer.ok()) fail("report answers " + text_of(answer));
  if (!sink.problem().empty()) fail("report: " + sink.problem());
  return sink.take();
}

std::string OpenSource::locate(std::uint64_t row, std::uint64_t column) const {
  char place[256] = {};
  table_->locate(handle_, row, column, place, sizeof(place));
  return {place, strnlen(place, sizeof(place))};
}

SourceSubject::SourceSubject(const CaseContext& context)
    : instance_(context), table_(instance_.query<steppe_data_source>(STEPPE_DATA_SOURCE)) {
  if (table_ == nullptr) skip("offers no " STEPPE_DATA_SOURCE);
}

std::unique_ptr<OpenSource> SourceSubject::try_open(const SourceRequest& request,
                                                    Answer& answer) const {
  std::vector<steppe_column_request> columns;
  for (const Wanted& column : request.columns) {
    columns.push_back({sizeof(steppe_column_request), column.role, column.name.c_str()});
  }
  std::vector<const steppe_column_request*> pointers;
  for (const auto& column : columns) pointers.push_back(&column);
  const auto text = [](const std::string& value) {
    return value.empty() ? nullptr : value.c_str();
  };
  const steppe_source_request view{
      sizeof(view),          static_cast<std::uint32_t>(columns.size()),
      pointers.data(),       text(request.time_from),
      text(request.time_to), request.row_limit};
  void* handle = nullptr;
  ArrowArrayStream stream{};
  answer = ask([&](steppe_error* error) {
    return table_->open(instance_.get(), &view, instance_.host().get(), &handle, &stream, error);
  });
  if (!answer.ok()) return nullptr;
  if (handle == nullptr || stream.release == nullptr) fail("open answers ok without a stream");
  return std::make_unique<OpenSource>(*table_, handle, stream);
}

std::unique_ptr<OpenSource> SourceSubject::open(const SourceRequest& request) const {
  Answer answer;
  auto source = try_open(request, answer);
  if (source == nullptr) fail("open answers " + text_of(answer));
  return source;
}

SourceTable SourceSubject::read(const SourceRequest& request, FitReport* report) const {
  const auto source = open(request);
  SourceTable table = source->schema();
  while (auto array = source->next()) {
    add_cells(*array, table);
    release(*array);
  }
  if (report != nullptr) *report = source->report();
  return table;
}

std::optional<SourceTable> SourceSubject::try_read(const SourceRequest& request) const {
  Answer answer;
  const auto source = try_open(request, answer);
  if (source == nullptr) return std::nullopt;
  SourceTable table = source->schema();
  for (;;) {
    ArrowArray array{};
    if (source->try_next(array) != 0) return std::nullopt;
    if (array.release == nullptr) return table;
    add_cells(array, table);
    release(array);
  }
}

}  // namespace steppe::conformance
