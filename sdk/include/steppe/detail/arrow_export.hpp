// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hands batches over as Arrow arrays: each exported struct owns its buffers through private_data
// and frees them in release, as the Arrow C data interface asks. Included by data_source.hpp only.

namespace steppe::detail {

// One exported array and what its buffers point into.
struct ArrowHolder {
  Column column;
  std::vector<std::uint8_t> validity;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
};

inline void release_array(ArrowArray* array) noexcept {
  for (std::int64_t i = 0; i < array->n_children; ++i) {
    ArrowArray* child = array->children[i];
    if (child->release != nullptr) child->release(child);
  }
  delete static_cast<ArrowHolder*>(array->private_data);
  array->release = nullptr;
}

inline std::int64_t pack_validity(ArrowHolder& holder) {
  std::int64_t nulls = 0;
  holder.validity.assign((holder.column.valid.size() + 7) / 8, 0);
  for (std::size_t i = 0; i < holder.column.valid.size(); ++i) {
    if (holder.column.valid[i]) {
      holder.validity[i / 8] = static_cast<std::uint8_t>(holder.validity[i / 8] | (1u << (i % 8)));
    } else {
      ++nulls;
    }
  }
  return nulls;
}

inline void finish_array(std::unique_ptr<ArrowHolder> holder, std::uint64_t length,
                         ArrowArray* out) {
  out->length = static_cast<std::int64_t>(length);
  out->offset = 0;
  out->n_buffers = static_cast<std::int64_t>(holder->buffers.size());
  out->buffers = holder->buffers.data();
  out->n_children = static_cast<std::int64_t>(holder->children.size());
  out->children = holder->child_pointers.empty() ? nullptr : holder->child_pointers.data();
  out->dictionary = nullptr;
  out->release = &release_array;
  out->private_data = holder.release();
}

inline void export_column(Column column, ColumnType type, std::uint64_t length, ArrowArray* out) {
  auto holder = std::make_unique<ArrowHolder>();
  holder->column = std::move(column);
  out->null_count = pack_validity(*holder);
  const Column& c = holder->column;
  holder->buffers = {holder->validity.empty() ? nullptr : holder->validity.data()};
  if (type == ColumnType::kFloat64) {
    holder->buffers.push_back(c.numbers.data());
  } else if (type == ColumnType::kInt64) {
    holder->buffers.push_back(c.integers.data());
  } else {
    holder->buffers.push_back(c.offsets.data());
    holder->buffers.push_back(c.text.data());
  }
  finish_array(std::move(holder), length, out);
}

inline void export_batch(RecordBatch batch, const std::vector<ColumnSchema>& schema,
                         ArrowArray* out) {
  auto holder = std::make_unique<ArrowHolder>();
  holder->buffers = {nullptr};
  holder->children.resize(batch.columns.size());
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    export_column(std::move(batch.columns[i]), schema[i].type, batch.length, &holder->children[i]);
    holder->child_pointers.push_back(&holder->children[i]);
  }
  out->null_count = 0;
  finish_array(std::move(holder), batch.length, out);
}

struct SchemaHolder {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
};

inline void release_schema(ArrowSchema* schema) noexcept {
  for (std::int64_t i = 0; i < schema->n_children; ++i) {
    ArrowSchema* child = schema->children[i];
    if (child->release != nullptr) child->release(child);
  }
  delete static_cast<SchemaHolder*>(schema->private_data);
  schema->release = nullptr;
}

inline const char* format_of(ColumnType type) {
  if (type == ColumnType::kFloat64) return "g";
  return type == ColumnType::kInt64 ? "l" : "u";
}

inline void finish_schema(std::unique_ptr<SchemaHolder> holder, const char* format,
                          ArrowSchema* out) {
  out->format = format;
  out->name = holder->name.c_str();
  out->metadata = nullptr;
  out->flags = ARROW_FLAG_NULLABLE;
  out->n_children = static_cast<std::int64_t>(holder->children.size());
  out->children = holder->child_pointers.empty() ? nullptr : holder->child_pointers.data();
  out->dictionary = nullptr;
  out->release = &release_schema;
  out->private_data = holder.release();
}

inline void export_schema(const std::vector<ColumnSchema>& schema, ArrowSchema* out) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->children.resize(schema.size());
  for (std::size_t i = 0; i < schema.size(); ++i) {
    auto child = std::make_unique<SchemaHolder>();
    child->name = schema[i].name;
    finish_schema(std::move(child), format_of(schema[i].type), &holder->children[i]);
    holder->child_pointers.push_back(&holder->children[i]);
  }
  finish_schema(std::move(holder), "+s", out);
}

}  // namespace steppe::detail
