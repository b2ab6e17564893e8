// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C table of a data source. Included by data_source.hpp only.

#include <cerrno>

namespace steppe::detail {

// What open() hands to the host: the C++ stream and the error the Arrow calls cannot carry. The
// Arrow stream borrows it; the host releases the stream before it closes the handle.
template <typename Stream>
struct SourceHandle {
  std::unique_ptr<Stream> stream;
  const steppe_host* host;
  Error error;
};

inline SourceRequest source_request_of(const steppe_source_request& request) {
  SourceRequest out;
  for (std::uint32_t i = 0; i < request.column_count; ++i) {
    out.columns.push_back(
        {request.columns[i]->name, static_cast<ColumnRole>(request.columns[i]->role)});
  }
  if (request.time_from != nullptr) out.time_from = request.time_from;
  if (request.time_to != nullptr) out.time_to = request.time_to;
  out.row_limit = request.row_limit;
  return out;
}

template <DataSource S>
struct SourceCalls {
  using Handle = SourceHandle<typename S::Stream>;
  static const Handle& of(const void* handle) { return *static_cast<const Handle*>(handle); }
  static Handle& of(ArrowArrayStream* stream) {
    return *static_cast<Handle*>(stream->private_data);
  }

  static steppe_status open(const void* instance, const steppe_source_request* request,
                            const steppe_host* host, void** handle, ArrowArrayStream* stream,
                            steppe_error* error) noexcept {
    *handle = nullptr;
    stream->release = nullptr;
    return guarded(error, [&]() -> steppe_status {
      auto opened = static_cast<const S*>(instance)->open(source_request_of(*request), Host(host));
      if (!opened) return copy_error(opened.error(), error);
      auto made = std::make_unique<Handle>(Handle{std::move(*opened), host, {}});
      *stream = {&get_schema, &get_next, &get_last_error, &release, made.get()};
      *handle = made.release();
      return STEPPE_OK;
    });
  }

  static int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
    out->release = nullptr;
    return run(stream, [&](Handle& handle) -> Result<void> {
      export_schema(handle.stream->schema(), out);
      return {};
    });
  }
  static int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
    out->release = nullptr;
    return run(stream, [&](Handle& handle) -> Result<void> {
      auto batch = handle.stream->next(Host(handle.host));
      if (!batch) return std::move(batch).error();
      if (*batch) export_batch(std::move(**batch), handle.stream->schema(), out);
      return {};
    });
  }
  static const char* get_last_error(ArrowArrayStream* stream) noexcept {
    return of(stream).error.message.c_str();
  }
  static void release(ArrowArrayStream* stream) noexcept { stream->release = nullptr; }

  static void last_error(const void* handle, steppe_error* error) noexcept {
    guarded(error, [&] { return copy_error(of(handle).error, error); });
  }
  static void locate(const void* handle, std::uint64_t row, std::uint64_t column, char* place,
                     std::uint64_t capacity) noexcept {
    guarded(nullptr, [&] {
      copy_text(of(handle).stream->locate(row, column), place, capacity);
      return STEPPE_OK;
    });
  }
  static steppe_status report(const void* handle, const steppe_sink* sink,
                              steppe_error* error) noexcept {
    return guarded(error, [&] {
      Report out(sink);
      of(handle).stream->report(out);
      return STEPPE_OK;
    });
  }
  static void close(void* handle) noexcept { delete static_cast<Handle*>(handle); }

 private:
  // Runs one stream call; its error is kept in the handle, and EIO tells the Arrow side.
  template <typename Body>
  static int run(ArrowArrayStream* stream, Body&& body) noexcept {
    Handle& handle = of(stream);
    steppe_error thrown{};
    thrown.struct_size = sizeof(thrown);
    const steppe_status status = guarded(&thrown, [&]() -> steppe_status {
      Result<void> result = body(handle);
      if (result.ok()) return STEPPE_OK;
      handle.error = std::move(result).error();
      return static_cast<steppe_status>(handle.error.kind);
    });
    if (status == STEPPE_OK) return 0;
    if (thrown.code != STEPPE_OK) {
      guarded(nullptr, [&] {
        handle.error = Error{static_cast<ErrorKind>(thrown.code), thrown.message};
        return STEPPE_OK;
      });
    }
    return EIO;
  }
};

template <typename S>
const void* query_source(std::string_view id) noexcept {
  using Calls = SourceCalls<S>;
  static const steppe_data_source table = {sizeof(steppe_data_source),
                                           0,
                                           &Calls::open,
                                           &Calls::last_error,
                                           &Calls::locate,
                                           &Calls::report,
                                           &Calls::close};
  return id == STEPPE_DATA_SOURCE ? &table : nullptr;
}

template <DataSource S>
struct ComponentTable<S> {
  static const steppe_component* get() { return component_table<S, &query_source<S>>(); }
};

}  // namespace steppe::detail
