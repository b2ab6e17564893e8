// SPDX-License-Identifier: Apache-2.0
#include "data/fake_source.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <limits>

namespace steppe::testing {
namespace {

std::atomic<int> live_structs = 0;

// Owns everything an exported array or schema points to; tampering cannot touch the owner.
struct ArrayOwner {
  FakeColumn column;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
  std::unique_ptr<ArrayOwner> dictionary_owner;
  ArrowArray dictionary{};
  std::vector<std::unique_ptr<ArrayOwner>> child_owners;
};

struct SchemaOwner {
  std::vector<std::string> texts;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
  std::vector<ArrowSchema> dictionaries;
};

void release_array(ArrowArray* array) {
  delete static_cast<ArrayOwner*>(array->private_data);
  array->release = nullptr;
  --live_structs;
}
void release_child(ArrowArray* array) { array->release = nullptr; }
void release_schema(ArrowSchema* schema) {
  delete static_cast<SchemaOwner*>(schema->private_data);
  schema->release = nullptr;
  --live_structs;
}
void release_child_schema(ArrowSchema* schema) { schema->release = nullptr; }

void fill(ArrayOwner& owner, ArrowArray& array) {
  const FakeColumn& column = owner.column;
  for (const Bytes& buffer : column.buffers) {
    owner.buffers.push_back(buffer.empty() ? nullptr : buffer.data());
  }
  array.length = column.length;
  array.null_count = column.null_count;
  array.offset = column.offset;
  array.n_buffers = static_cast<std::int64_t>(owner.buffers.size());
  array.buffers = owner.buffers.data();
  array.release = &release_child;
  if (column.dictionary == nullptr) return;
  owner.dictionary_owner = std::make_unique<ArrayOwner>();
  owner.dictionary_owner->column = *column.dictionary;
  fill(*owner.dictionary_owner, owner.dictionary);
  array.dictionary = &owner.dictionary;
}

void export_batch(const FakeBatch& batch, std::int64_t offset, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->buffers = {nullptr};
  owner->children.resize(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    owner->child_owners.push_back(std::make_unique<ArrayOwner>());
    owner->child_owners.back()->column = batch[i];
    fill(*owner->child_owners.back(), owner->children[i]);
    owner->child_pointers.push_back(&owner->children[i]);
  }
  *out = {};
  out->length = (batch.empty() ? 0 : batch[0].length) - offset;
  out->offset = offset;
  out->n_buffers = 1;
  out->buffers = owner->buffers.data();
  out->n_children = static_cast<std::int64_t>(batch.size());
  out->children = owner->child_pointers.data();
  out->release = &release_array;
  out->private_data = owner.release();
  ++live_structs;
}

void export_schema(const FakeTable& table, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>();
  const std::size_t count = table.names.size();
  owner->texts.reserve(3 * count);
  owner->children.resize(count);
  owner->dictionaries.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const FakeColumn* column = table.batches.empty() ? nullptr : &table.batches[0][i];
    ArrowSchema& child = owner->children[i];
    child.name = owner->texts.emplace_back(table.names[i]).c_str();
    child.format = owner->texts.emplace_back(column == nullptr ? "u" : column->format).c_str();
    child.flags = ARROW_FLAG_NULLABLE;
    child.release = &release_child_schema;
    owner->child_pointers.push_back(&child);
    if (column == nullptr || column->dictionary == nullptr) continue;
    owner->dictionaries[i].format = owner->texts.emplace_back(column->dictionary->format).c_str();
    owner->dictionaries[i].release = &release_child_schema;
    child.dictionary = &owner->dictionaries[i];
  }
  *out = {};
  out->format = "+s";
  out->n_children = static_cast<std::int64_t>(count);
  out->children = owner->child_pointers.data();
  out->release = &release_schema;
  out->private_data = owner.release();
  ++live_structs;
}

// One open stream over a table.
struct Handle {
  const FakeTable* table;
  std::size_t next = 0;
};

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  const FakeTable& table = *static_cast<Handle*>(stream->private_data)->table;
  export_schema(table, out);
  if (table.tamper_schema) table.tamper_schema(*out);
  return 0;
}
int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Handle& handle = *static_cast<Handle*>(stream->private_data);
  const FakeTable& table = *handle.table;
  *out = {};
  if (handle.next == table.batches.size()) return table.fail_at_end ? EIO : 0;
  export_batch(table.batches[handle.next++], table.batch_offset, out);
  if (table.tamper) table.tamper(*out);
  return 0;
}
const char* get_last_error(ArrowArrayStream*) { return "the file was cut"; }
void release_stream(ArrowArrayStream* stream) { stream->release = nullptr; }

steppe_status open(const void* instance, const steppe_source_request*, const steppe_host*,
                   void** handle, ArrowArrayStream* stream, steppe_error*) {
  *handle = new Handle{static_cast<const FakeTable*>(instance)};
  *stream = {&get_schema, &get_next, &get_last_error, &release_stream, *handle};
  return STEPPE_OK;
}

void copy(const std::string& text, char* out, std::uint64_t capacity) {
  const std::size_t length = std::min<std::size_t>(text.size(), capacity - 1);
  std::memcpy(out, text.data(), length);
  out[length] = '\0';
}

void last_error(const void*, steppe_error* error) {
  error->code = STEPPE_IO;
  copy("C23", error->fault, sizeof(error->fault));
  copy("t.csv:9", error->where, sizeof(error->where));
  copy("the file changed while it was read", error->message, sizeof(error->message));
}

void locate(const void* handle, std::uint64_t row, std::uint64_t column, char* place,
            std::uint64_t capacity) {
  const FakeTable& table = *static_cast<const Handle*>(handle)->table;
  std::string text = "t.csv:" + std::to_string(row + 2);
  if (column < table.names.size()) text += ":" + std::to_string(column + 1);
  copy(text, place, capacity);
}

std::int64_t delivered(const FakeTable& table) {
  std::int64_t rows = 0;
  for (const FakeBatch& batch : table.batches) rows += batch[0].length - table.batch_offset;
  return rows;
}

steppe_status report(const void* handle, const steppe_sink* sink, steppe_error*) {
  const FakeTable& table = *static_cast<const Handle*>(handle)->table;
  const auto rows = static_cast<double>(delivered(table));
  std::vector<ReportScalar> counts = table.counts;
  if (counts.empty()) {
    counts = {{"rows_in", rows, ""},
              {"rows_used", rows, ""},
              {"rows_rejected", 0, ""},
              {"rows_skipped", 0, ""}};
  }
  for (const ReportScalar& count : counts) {
    sink->scalar(sink->self, count.name.c_str(), count.value, "rows");
  }
  sink->text(sink->self, "snapshot", table.snapshot.c_str());
  sink->text(sink->self, "delimiter", ";");
  for (const Warning& warning : table.warnings) {
    sink->warning(sink->self, warning.code.c_str(), warning.text.c_str());
  }
  return STEPPE_OK;
}

void close_handle(void* handle) { delete static_cast<Handle*>(handle); }

const void* query(const steppe_component*, const char* id) {
  static const steppe_data_source table = {
      sizeof(steppe_data_source), 0, &open, &last_error, &locate, &report, &close_handle};
  return std::string_view(id) == STEPPE_DATA_SOURCE ? &table : nullptr;
}

const steppe_component* component() {
  static const steppe_component table = [] {
    steppe_component made{};
    made.struct_size = sizeof(made);
    made.id = "source.fake";
    made.version = "1.0.0";
    made.summary = "tables in memory";
    made.destroy = [](void*) {};
    made.query = &query;
    return made;
  }();
  return &table;
}

template <typename T>
Bytes bytes_of(const std::vector<T>& values) {
  Bytes out(values.size() * sizeof(T));
  if (!out.empty()) std::memcpy(out.data(), values.data(), out.size());
  return out;
}

template <typename T>
Bytes validity_of(const Cells<T>& cells, std::int64_t& nulls) {
  Bytes out(cells.size() / 8 + 1, 0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) {
      out[i / 8] = static_cast<char>(out[i / 8] | (1 << (i % 8)));
    } else {
      ++nulls;
    }
  }
  return nulls == 0 ? Bytes{} : out;
}

template <typename T>
FakeColumn primitive(const Cells<T>& cells, std::string format) {
  FakeColumn out;
  out.format = std::move(format);
  out.length = static_cast<std::int64_t>(cells.size());
  out.buffers.push_back(validity_of(cells, out.null_count));
  std::vector<T> values;
  for (const auto& cell : cells) values.push_back(cell.value_or(T{}));
  out.buffers.push_back(bytes_of(values));
  return out;
}

template <typename Offset>
FakeColumn text_column(const Cells<std::string>& cells, std::string format) {
  FakeColumn out;
  out.format = std::move(format);
  out.length = static_cast<std::int64_t>(cells.size());
  out.buffers.push_back(validity_of(cells, out.null_count));
  std::vector<Offset> offsets = {0};
  std::string text;
  for (const auto& cell : cells) {
    text += cell.value_or("");
    offsets.push_back(static_cast<Offset>(text.size()));
  }
  out.buffers.push_back(bytes_of(offsets));
  out.buffers.emplace_back(text.begin(), text.end());
  return out;
}

}  // namespace

FakeColumn float64s(const Cells<double>& cells) { return primitive(cells, "g"); }
FakeColumn float32s(const Cells<float>& cells) { return primitive(cells, "f"); }
FakeColumn int64s(const Cells<std::int64_t>& cells, std::string format) {
  return primitive(cells, std::move(format));
}
FakeColumn int32s(const Cells<std::int32_t>& cells, std::string format) {
  return primitive(cells, std::move(format));
}
FakeColumn texts(const Cells<std::string>& cells) { return text_column<std::int32_t>(cells, "u"); }
FakeColumn large_texts(const Cells<std::string>& cells) {
  return text_column<std::int64_t>(cells, "U");
}

FakeColumn bools(const Cells<bool>& cells) {
  FakeColumn out;
  out.format = "b";
  out.length = static_cast<std::int64_t>(cells.size());
  out.buffers.push_back(validity_of(cells, out.null_count));
  Bytes bits(cells.size() / 8 + 1, 0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].value_or(false)) bits[i / 8] = static_cast<char>(bits[i / 8] | (1 << (i % 8)));
  }
  out.buffers.push_back(bits);
  return out;
}

FakeColumn dictionary(const Cells<std::int8_t>& indices, const Cells<std::string>& values) {
  FakeColumn out = primitive(indices, "c");
  out.dictionary = std::make_shared<FakeColumn>(texts(values));
  return out;
}

int live_arrow_structs() { return live_structs; }

Result<Panel, Faults> read(const FakeTable& table, const PanelRequest& request) {
  // The instance is only read; Component holds it as void* because plugins own theirs.
  auto made =
      std::make_shared<Component>(component(), const_cast<FakeTable*>(&table), "source.fake@1.0.0");
  Outcome<DataSource> source = DataSource::open(std::move(made), nullptr);
  if (!source) return Faults{source.error()};
  return read_panel(*source, request);
}

Panel read_or_fail(const FakeTable& table, const PanelRequest& request) {
  Result<Panel, Faults> panel = read(table, request);
  EXPECT_EQ(live_arrow_structs(), 0);
  if (panel) return std::move(*panel);
  for (const Fault& fault : panel.error()) ADD_FAILURE() << to_text(fault);
  return {};
}

std::string refusal(const FakeTable& table, const PanelRequest& request) {
  const Result<Panel, Faults> panel = read(table, request);
  EXPECT_EQ(live_arrow_structs(), 0);
  if (panel) return "accepted";
  std::string out;
  for (const Fault& fault : panel.error()) {
    if (!out.empty()) out += '\n';
    out += to_text(fault);
    out += " exit ";
    out += std::to_string(static_cast<int>(fault.exit));
  }
  return out;
}

}  // namespace steppe::testing
