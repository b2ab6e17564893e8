// SPDX-License-Identifier: Apache-2.0
#pragma once

// One column of an Arrow stream: its type, whether a role may have it, and its cells. Arrays come
// from plugins and are not trusted: check_column() must have accepted an array before a cell of it
// is read. Buffers may be unaligned.

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "steppe/abi/data_source.h"
#include "steppe/result.hpp"

namespace steppe {

enum class CellType { kBool, kInt32, kInt64, kFloat32, kFloat64, kText, kDate32, kTimestamp };

struct ArrowType {
  CellType type = CellType::kFloat64;
  bool large_offsets = false;         // text: 64-bit offsets
  int index_bytes = 0;                // dictionary of text: width of its indices; 0 for none
  bool index_unsigned = false;        // dictionary indices are unsigned
  std::int64_t ticks_per_second = 0;  // timestamps
};

// The type of a column as its schema states it; `role` as in abi/data_source.h. Refused: types the
// role may not have, by their Arrow name; malformed schemas. The error's kind tells the two apart:
// kNotSupported and kPluginFault.
Result<ArrowType> arrow_type(const ArrowSchema* schema, std::int32_t role);

// Checks everything that can be checked of an array without trusting it: counts, signs, overflow,
// null buffers, offsets that never fall, dictionary indices in range. `first` and `count` select
// the rows of the batch, counted from the array's own offset.
Result<void> check_column(const ArrowArray* array, const ArrowType& type, std::int64_t first,
                          std::int64_t count);

// Element `index` of a buffer that may be unaligned.
template <typename T>
T load(const void* buffer, std::int64_t index) {
  T value;
  std::memcpy(&value, static_cast<const char*>(buffer) + index * std::int64_t{sizeof(T)},
              sizeof(T));
  return value;
}

inline bool bit_at(const void* buffer, std::int64_t index) {
  const auto byte = load<std::uint8_t>(buffer, index / 8);
  return ((byte >> (index % 8)) & 1u) != 0;
}

// The cells of a checked array, by the row of the batch.
class ColumnCells {
 public:
  ColumnCells(const ArrowArray* array, const ArrowType& type, std::int64_t first)
      : array_(array), type_(type), start_(array->offset + first) {}

  bool is_null(std::int64_t row) const {
    const void* validity = array_->buffers[0];
    return validity != nullptr && !bit_at(validity, start_ + row);
  }
  const ArrowType& type() const { return type_; }
  const void* values() const { return array_->buffers[1]; }
  std::int64_t start() const { return start_; }

  std::int64_t integer(std::int64_t row) const {
    return type_.type == CellType::kInt64 || type_.type == CellType::kTimestamp
               ? load<std::int64_t>(values(), start_ + row)
               : load<std::int32_t>(values(), start_ + row);
  }
  // Empty when the cell is null.
  std::optional<std::string_view> text(std::int64_t row) const;

 private:
  const ArrowArray* array_;
  ArrowType type_;
  std::int64_t start_;
};

}  // namespace steppe
