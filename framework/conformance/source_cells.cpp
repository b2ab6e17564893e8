// SPDX-License-Identifier: Apache-2.0

// Cells of Arrow arrays as texts, for the types that the contract has.

#include <cstring>
#include <string_view>

#include "conformance/source_subject.hpp"

namespace steppe::conformance {

namespace {

bool is_present(const ArrowArray& array, std::int64_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  const std::int64_t bit = row + array.offset;
  return bits == nullptr || ((bits[bit / 8] >> (bit % 8)) & 1) != 0;
}

template <typename T>
T value_at(const ArrowArray& array, std::int64_t row) {
  T out;
  std::memcpy(&out, static_cast<const T*>(array.buffers[1]) + row + array.offset, sizeof(out));
  return out;
}

template <typename Offset>
std::string text_at(const ArrowArray& array, std::int64_t row) {
  const auto* offsets = static_cast<const Offset*>(array.buffers[1]) + row + array.offset;
  if (offsets[1] < offsets[0]) fail("the offsets of a text column fall");
  const auto* bytes = static_cast<const char*>(array.buffers[2]);
  return {bytes + offsets[0], static_cast<std::size_t>(offsets[1] - offsets[0])};
}

std::string cell_text(const ArrowArray& array, const std::string& format, std::int64_t row) {
  if (format == "dictionary") {
    return text_at<std::int32_t>(*array.dictionary, value_at<std::int32_t>(array, row));
  }
  if (format == "u") return text_at<std::int32_t>(array, row);
  if (format == "U") return text_at<std::int64_t>(array, row);
  if (format == "g") return number(value_at<double>(array, row));
  if (format == "f") return number(static_cast<double>(value_at<float>(array, row)));
  if (format == "l") return std::to_string(value_at<std::int64_t>(array, row));
  if (format == "i" || format == "tdD") return std::to_string(value_at<std::int32_t>(array, row));
  if (format.rfind("ts", 0) == 0) return std::to_string(value_at<std::int64_t>(array, row));
  if (format == "b") {
    const auto* bits = static_cast<const std::uint8_t*>(array.buffers[1]);
    const std::int64_t bit = row + array.offset;
    return ((bits[bit / 8] >> (bit % 8)) & 1) != 0 ? "true" : "false";
  }
  fail("a column has the Arrow format \"" + format + "\", which the contract does not have");
}

}  // namespace

void add_cells(const ArrowArray& array, SourceTable& table) {
  if (static_cast<std::size_t>(array.n_children) != table.names.size()) {
    fail("an array has " + std::to_string(array.n_children) + " columns, the schema " +
         std::to_string(table.names.size()));
  }
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const ArrowArray& column = *array.children[c];
    if (column.length < array.length + array.offset) {
      fail("the column " + table.names[c] + " is shorter than its array");
    }
    for (std::int64_t r = 0; r < array.length; ++r) {
      const std::int64_t row = r + array.offset;
      table.columns[c].push_back(
          is_present(column, row) ? Cell(cell_text(column, table.formats[c], row)) : std::nullopt);
    }
  }
}

void release(ArrowArray& array) {
  array.release(&array);
  if (array.release != nullptr) fail("release of an array does not mark it as released");
}

}  // namespace steppe::conformance
