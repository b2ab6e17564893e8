// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/data_source.hpp"

#include <array>
#include <cstring>
#include <utility>

#include "plugin_host/plugin_call.hpp"
#include "plugin_host/report_sink.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

// A source's own error stands at a place in the data ("sales.csv:3:2"), which a reader looks for;
// without one the plugin is named.
Fault source_fault(const std::string& label, const Error& error) {
  Fault fault = fault_of(label, error);
  if (!error.where.empty() && error.kind != ErrorKind::kPluginFault) {
    fault.place = Place{.file = error.where};
    fault.message = error.message;
  }
  return fault;
}

// Runs a stream function, which tells failure by a non-zero number and its reason elsewhere.
template <typename Body>
Outcome<void> stream_call(const Component& component, const char* function,
                          const steppe_data_source* table, void* handle, Body&& body) {
  int failed = 0;
  PluginCall call(component, function);
  if (auto thrown = call.guard([&] { failed = body(); })) return *std::move(thrown);
  if (failed == 0) return {};
  steppe_error error{};
  error.struct_size = sizeof(error);
  auto thrown =
      PluginCall(component, "last_error").guard([&] { table->last_error(handle, &error); });
  if (thrown) return *std::move(thrown);
  const steppe_status status = error.code == STEPPE_OK ? STEPPE_IO : error.code;
  Error reason = error_of(status, error);
  if (error.message[0] == '\0') {
    reason.message = with_rule(
        std::string(function) + " failed (" + strerror(failed) + "): no reason given", "R52");
  }
  return source_fault(component.label(), reason);
}

}  // namespace

SourceStream::SourceStream(std::shared_ptr<Component> component, const steppe_data_source* table,
                           void* handle, ArrowArrayStream stream)
    : component_(std::move(component)), table_(table), handle_(handle), stream_(stream) {}

SourceStream::SourceStream(SourceStream&& other) noexcept
    : component_(std::move(other.component_)),
      table_(other.table_),
      handle_(std::exchange(other.handle_, nullptr)),
      stream_(std::exchange(other.stream_, ArrowArrayStream{})) {}

SourceStream::~SourceStream() {
  if (component_ == nullptr) return;
  if (stream_.release != nullptr) {
    PluginCall(*component_, "release").guard([&] { stream_.release(&stream_); });
  }
  PluginCall(*component_, "close").guard([&] { table_->close(handle_); });
}

Outcome<ArrowSchema> SourceStream::schema() {
  ArrowSchema out{};
  auto done = stream_call(*component_, "get_schema", table_, handle_,
                          [&] { return stream_.get_schema(&stream_, &out); });
  if (!done) return std::move(done).error();
  if (out.release == nullptr) {
    return broken_contract(component_->label(), "N19",
                           "bad_output: get_schema: returned success without a schema", "R50");
  }
  return out;
}

Outcome<ArrowArray> SourceStream::next() {
  ArrowArray out{};
  auto done = stream_call(*component_, "get_next", table_, handle_,
                          [&] { return stream_.get_next(&stream_, &out); });
  if (!done) return std::move(done).error();
  return out;
}

std::string SourceStream::locate(std::uint64_t row, std::uint64_t column) const {
  std::array<char, 512> place{};
  PluginCall(*component_, "locate").guard([&] {
    table_->locate(handle_, row, column, place.data(), place.size() - 1);
  });
  return escaped({place.data(), strnlen(place.data(), place.size())});
}

Outcome<FitReport> SourceStream::report() const {
  ReportSink sink;
  auto done = PluginCall(*component_, "report").run([&](steppe_error* error) {
    return table_->report(handle_, sink.sink(), error);
  });
  if (!done) return std::move(done).error();
  if (!sink.problem().empty()) {
    return broken_contract(component_->label(), "N19", "bad_output: report: " + sink.problem(),
                           "R44");
  }
  return sink.take();
}

Outcome<DataSource> DataSource::open(std::shared_ptr<Component> component,
                                     const steppe_host* host) {
  const steppe_component* table = component->table();
  const void* capability = nullptr;
  auto thrown = PluginCall(*component, "query").guard([&] {
    capability = table->query(table, STEPPE_DATA_SOURCE);
  });
  if (thrown) return *std::move(thrown);
  if (capability == nullptr) {
    return fault_of(component->label(), {ErrorKind::kNotSupported,
                                         "is not a source: it offers no " STEPPE_DATA_SOURCE});
  }
  return DataSource(std::move(component), static_cast<const steppe_data_source*>(capability), host);
}

Outcome<SourceStream> DataSource::read(const DataRequest& request) const {
  std::vector<steppe_column_request> columns;
  for (const ColumnWanted& column : request.columns) {
    columns.push_back({sizeof(steppe_column_request), column.role, column.name.c_str()});
  }
  std::vector<const steppe_column_request*> pointers;
  for (const steppe_column_request& column : columns) pointers.push_back(&column);
  const steppe_source_request wanted{
      sizeof(wanted),
      static_cast<std::uint32_t>(pointers.size()),
      pointers.data(),
      request.time_from.empty() ? nullptr : request.time_from.c_str(),
      request.time_to.empty() ? nullptr : request.time_to.c_str(),
      request.row_limit,
  };
  void* handle = nullptr;
  ArrowArrayStream stream{};
  steppe_error reason{};
  reason.struct_size = sizeof(reason);
  steppe_status status = STEPPE_OK;
  auto thrown = PluginCall(*component_, "open").guard([&] {
    status = table_->open(component_->instance(), &wanted, host_, &handle, &stream, &reason);
  });
  if (thrown) return *std::move(thrown);
  if (status < 0) {
    return broken_contract(
        component_->label(), "N19",
        "open returned the status " + std::to_string(status) + ", which does not exist", "R27");
  }
  if (status != STEPPE_OK) return source_fault(component_->label(), error_of(status, reason));
  if (stream.release == nullptr || stream.get_schema == nullptr || stream.get_next == nullptr) {
    return broken_contract(component_->label(), "N19",
                           "bad_output: open: returned success without a stream", "R50");
  }
  return SourceStream(component_, table_, handle, stream);
}

}  // namespace steppe
