// SPDX-License-Identifier: Apache-2.0
#include "data/arrow_batch.hpp"

#include "core/fault.hpp"

namespace steppe {
namespace {

BatchError broken_batch(std::string message) {
  return {{ErrorKind::kPluginFault, std::move(message)}};
}

// A row that is null as a whole has no meaning in a table.
bool has_null_rows(const ArrowArray& array) {
  const void* validity = array.buffers == nullptr ? nullptr : array.buffers[0];
  if (array.null_count == 0 || validity == nullptr) return array.null_count > 0;
  for (std::int64_t i = array.offset; i < array.offset + array.length; ++i) {
    if (!bit_at(validity, i)) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<ArrowType>, BatchError> batch_types(const ArrowSchema& schema,
                                                       const std::vector<ColumnWanted>& wanted) {
  if (schema.release == nullptr || schema.format == nullptr) {
    return broken_batch("the stream has no schema");
  }
  if (std::string_view(schema.format) != "+s") {
    return broken_batch("the stream delivers the Arrow format " + quoted(schema.format) +
                        ", expected a table (\"+s\")");
  }
  if (schema.n_children != static_cast<std::int64_t>(wanted.size()) ||
      (schema.children == nullptr && !wanted.empty())) {
    return broken_batch("the stream delivers " + std::to_string(schema.n_children) + " columns, " +
                        std::to_string(wanted.size()) + " were asked for");
  }
  std::vector<ArrowType> types;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const ArrowSchema* child = schema.children[i];
    const auto index = static_cast<int>(i);
    auto type = arrow_type(child, wanted[i].role);
    if (!type) return BatchError{std::move(type).error(), index};
    if (child->name == nullptr || wanted[i].name != child->name) {
      return BatchError{
          {ErrorKind::kPluginFault, "the stream's column " + std::to_string(i + 1) + " is called " +
                                        quoted(child->name == nullptr ? "" : child->name)},
          index};
    }
    types.push_back(*type);
  }
  return types;
}

Result<void, BatchError> ArrowBatch::check(const std::vector<ArrowType>& types) const {
  if (array_.length < 0 || array_.offset < 0 || array_.length > INT64_MAX - array_.offset) {
    return broken_batch("a batch has length " + std::to_string(array_.length) + " and offset " +
                        std::to_string(array_.offset));
  }
  if (array_.n_children != static_cast<std::int64_t>(types.size()) ||
      (array_.children == nullptr && !types.empty())) {
    return broken_batch("a batch has " + std::to_string(array_.n_children) +
                        " columns, its schema has " + std::to_string(types.size()));
  }
  for (std::size_t i = 0; i < types.size(); ++i) {
    Result<void> checked = check_column(array_.children[i], types[i], array_.offset, array_.length);
    if (!checked) return BatchError{std::move(checked).error(), static_cast<int>(i)};
  }
  // After the columns: their lengths bound how much of the bitmap may be read.
  if (array_.n_buffers != 1) {
    return broken_batch("a batch has " + std::to_string(array_.n_buffers) + " buffers, expected 1");
  }
  if (has_null_rows(array_)) return broken_batch("a batch has rows that are null as a whole");
  return {};
}

}  // namespace steppe
