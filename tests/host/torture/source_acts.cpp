// SPDX-License-Identifier: Apache-2.0

// Sources whose streams break the Arrow C stream interface or the rules beside it.

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "act.hpp"

namespace torture {

bool source_never_ends = false;

namespace {

// The sound stream behind the one that is handed out.
struct Inner {
  ArrowArrayStream stream;
  int schemas = 0;
  int batches = 0;
  bool ended = false;
};

Inner& inner(ArrowArrayStream* stream) { return *static_cast<Inner*>(stream->private_data); }

void release_stream(ArrowArrayStream* stream) {
  Inner& own = inner(stream);
  own.stream.release(&own.stream);
  delete &own;
  stream->release = nullptr;
}

const char* last_error(ArrowArrayStream* stream) {
  return inner(stream).stream.get_last_error(&inner(stream).stream);
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  ++inner(stream).schemas;
  return inner(stream).stream.get_schema(&inner(stream).stream, out);
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Inner& own = inner(stream);
  const int failed = own.stream.get_next(&own.stream, out);
  if (failed == 0 && out->release == nullptr) own.ended = true;
  if (failed == 0 && out->release != nullptr) ++own.batches;
  return failed;
}

// Wraps the stream of a sound open, then Spoil(stream).
template <auto Spoil>
void with_stream() {
  spoilt.source.open = [](const void* instance, const steppe_source_request* request,
                          const steppe_host* host, void** handle, ArrowArrayStream* stream,
                          steppe_error* error) -> steppe_status {
    const steppe_status status = sound.source->open(instance, request, host, handle, stream, error);
    if (status != STEPPE_OK) return status;
    *stream = {&get_schema, &get_next, &last_error, &release_stream, new Inner{*stream}};
    Spoil(*stream);
    return STEPPE_OK;
  };
}

// Every batch of a sound stream, then Spoil(array).
template <auto Spoil>
void with_batches() {
  with_stream<[](ArrowArrayStream& stream) {
    stream.get_next = [](ArrowArrayStream* own, ArrowArray* out) {
      const int failed = get_next(own, out);
      if (failed == 0 && out->release != nullptr) Spoil(*out);
      return failed;
    };
  }>();
}

int fail_without_words(ArrowArrayStream* stream, ArrowArray* out) {
  if (inner(stream).batches > 0) return EIO;
  return get_next(stream, out);
}

int other_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  const int failed = get_schema(stream, out);
  if (failed == 0 && inner(stream).schemas > 1 && out->n_children > 0) {
    out->children[0]->format = "n";
  }
  return failed;
}

void released_early(ArrowArrayStream* stream) {
  if (!inner(stream).ended) std::abort();
  release_stream(stream);
}

// A release that frees, and does not say so.
void release_silently(ArrowArray* array) {
  array->children = nullptr;
  array->buffers = nullptr;
}

steppe_status open_without_limit(const void* instance, const steppe_source_request* request,
                                 const steppe_host* host, void** handle, ArrowArrayStream* stream,
                                 steppe_error* error) {
  steppe_source_request all = *request;
  all.row_limit = 0;
  return sound.source->open(instance, &all, host, handle, stream, error);
}

steppe_status open_all_times(const void* instance, const steppe_source_request* request,
                             const steppe_host* host, void** handle, ArrowArrayStream* stream,
                             steppe_error* error) {
  steppe_source_request turned = *request;
  turned.time_from = request->time_to;
  turned.time_to = nullptr;
  return sound.source->open(instance, request->time_to == nullptr ? request : &turned, host, handle,
                            stream, error);
}

steppe_status open_without_a_stream(const void*, const steppe_source_request*, const steppe_host*,
                                    void** handle, ArrowArrayStream* stream, steppe_error*) {
  *handle = nullptr;
  stream->release = nullptr;
  return STEPPE_OK;
}

// An end without a row before it is an error.
int fail_without_rows(ArrowArrayStream* stream, ArrowArray* out) {
  const int failed = get_next(stream, out);
  return failed == 0 && out->release == nullptr && inner(stream).batches == 0 ? ENODATA : failed;
}

void say_no_rows(const void*, steppe_error* error) {
  error->code = STEPPE_INVALID_DATA;
  std::strcpy(error->where, "table");
  std::strcpy(error->message, "there are no rows");
}

// A token that is another each time it is asked.
steppe_status report_another_snapshot(const void* handle, const steppe_sink* sink,
                                      steppe_error* error) {
  static int asked = 0;
  struct Other {
    steppe_sink own;
    const steppe_sink* sink;
  };
  Other other{*sink, sink};
  other.own.self = &other;
  other.own.scalar = [](void* self, const char* name, double value, const char* unit) {
    const steppe_sink* const to = static_cast<Other*>(self)->sink;
    to->scalar(to->self, name, value, unit);
  };
  other.own.text = [](void* self, const char* name, const char* value) {
    const steppe_sink* const to = static_cast<Other*>(self)->sink;
    if (std::strcmp(name, "snapshot") != 0) return to->text(to->self, name, value);
    to->text(to->self, name, ("table:" + std::to_string(++asked)).c_str());
  };
  other.own.warning = [](void* self, const char* code, const char* text) {
    const steppe_sink* const to = static_cast<Other*>(self)->sink;
    to->warning(to->self, code, text);
  };
  other.own.table = [](void* self, const steppe_table* table) {
    const steppe_sink* const to = static_cast<Other*>(self)->sink;
    to->table(to->self, table);
  };
  return sound.source->report(handle, &other.own, error);
}

// clang-format off: a table
constexpr Act kActs[] = {
    {"source_wrong_counts", [] {
      with_batches<[](ArrowArray& array) { array.children[0]->n_buffers = 1; }>();
    }, Kind::kSource},
    {"source_wrong_length", [] {
      with_batches<[](ArrowArray& array) { array.children[0]->length -= 1; }>();
    }, Kind::kSource},
    {"source_releases_silently", [] {
      with_batches<[](ArrowArray& array) { array.release = &release_silently; }>();
    }, Kind::kSource},
    {"source_schema_changes", [] {
      with_stream<[](ArrowArrayStream& stream) { stream.get_schema = &other_schema; }>();
    }, Kind::kSource},
    {"source_endless", [] { source_never_ends = true; }, Kind::kSource},
    {"source_fails_without_words", [] {
      with_stream<[](ArrowArrayStream& stream) { stream.get_next = &fail_without_words; }>();
    }, Kind::kSource},
    {"source_fails_without_rows", [] {
      with_stream<[](ArrowArrayStream& stream) {
        stream.get_next = &fail_without_rows;
        stream.get_last_error = [](ArrowArrayStream*) { return "there are no rows"; };
      }>();
      spoilt.source.last_error = &say_no_rows;
    }, Kind::kSource},
    {"source_not_released_early", [] {
      with_stream<[](ArrowArrayStream& stream) { stream.release = &released_early; }>();
    }, Kind::kSource},
    {"source_ignores_row_limit", [] { spoilt.source.open = &open_without_limit; }, Kind::kSource},
    {"source_takes_other_times", [] { spoilt.source.open = &open_all_times; }, Kind::kSource},
    {"source_without_stream", [] { spoilt.source.open = &open_without_a_stream; }, Kind::kSource},
    {"source_snapshot_changes", [] { spoilt.source.report = &report_another_snapshot; }, Kind::kSource},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> source_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
