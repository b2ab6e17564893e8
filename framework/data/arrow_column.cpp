// SPDX-License-Identifier: Apache-2.0
#include "data/arrow_column.hpp"

#include "core/fault.hpp"

namespace steppe {
namespace {

Error broken(std::string message) { return {ErrorKind::kPluginFault, std::move(message)}; }

struct NamedFormat {
  std::string_view format;
  std::string_view name;
};

// Arrow types that are not read, as people call them; the first entry whose format is a prefix.
constexpr NamedFormat kFormatNames[] = {
    {"n", "null"},        {"c", "int8"},          {"C", "uint8"},      {"s", "int16"},
    {"S", "uint16"},      {"I", "uint32"},        {"L", "uint64"},     {"e", "float16"},
    {"z", "binary"},      {"Z", "large_binary"},  {"vu", "utf8_view"}, {"vz", "binary_view"},
    {"d:", "decimal"},    {"w:", "fixed_binary"}, {"tdm", "date64"},   {"tt", "time"},
    {"tD", "duration"},   {"ti", "interval"},     {"+l", "list"},      {"+L", "large_list"},
    {"+w", "fixed_list"}, {"+s", "struct"},       {"+m", "map"},       {"+u", "union"},
    {"+r", "run_end"},    {"b", "bool"},          {"i", "int32"},      {"l", "int64"},
    {"f", "float32"},     {"g", "float64"},       {"u", "utf8"},       {"U", "large_utf8"},
    {"tdD", "date32"},    {"ts", "timestamp"},
};

std::string type_name(std::string_view format) {
  for (const NamedFormat& named : kFormatNames) {
    if (format.starts_with(named.format)) {
      return std::string(named.name) + " (Arrow format " + quoted(format) + ")";
    }
  }
  return "with Arrow format " + quoted(format);
}

Error unsupported(std::string_view format, std::int32_t role, bool dictionary = false) {
  if (role == STEPPE_COLUMN_TIME && format.starts_with("ts") && format.size() > 4) {
    return {ErrorKind::kNotSupported, "the column's timestamps are in the zone " +
                                          quoted(format.substr(4)) +
                                          "; deliver them in UTC or without a zone"};
  }
  const char* allowed = "a number column may be bool, int32, int64, float32 or float64";
  if (role == STEPPE_COLUMN_TEXT) {
    allowed = "a text column may be utf8, large_utf8 or a dictionary of utf8";
  } else if (role == STEPPE_COLUMN_TIME) {
    allowed =
        "a time column may be int32 or int64 (years), date32, timestamp, utf8, large_utf8 or a "
        "dictionary of utf8";
  }
  return {ErrorKind::kNotSupported, "the column's type is " +
                                        std::string(dictionary ? "dictionary of " : "") +
                                        type_name(format) + ", which is not read here; " + allowed +
                                        "; convert it in the source"};
}

std::optional<ArrowType> number_type(std::string_view format) {
  if (format == "b") return ArrowType{CellType::kBool};
  if (format == "i") return ArrowType{CellType::kInt32};
  if (format == "l") return ArrowType{CellType::kInt64};
  if (format == "f") return ArrowType{CellType::kFloat32};
  if (format == "g") return ArrowType{CellType::kFloat64};
  return std::nullopt;
}

std::optional<ArrowType> text_type(std::string_view format) {
  if (format == "u") return ArrowType{CellType::kText, false};
  if (format == "U") return ArrowType{CellType::kText, true};
  return std::nullopt;
}

// "tss:", "tsm:Europe/Paris": unit and time zone. Only UTC and no zone are read.
std::optional<ArrowType> timestamp_type(std::string_view format) {
  constexpr std::string_view kUnits = "smun";
  if (format.size() < 4 || !format.starts_with("ts") || format[3] != ':') return std::nullopt;
  const std::size_t unit = kUnits.find(format[2]);
  const std::string_view zone = format.substr(4);
  if (unit == std::string_view::npos || !(zone.empty() || zone == "UTC")) return std::nullopt;
  ArrowType out{CellType::kTimestamp};
  out.ticks_per_second = 1;
  for (std::size_t i = 0; i < unit; ++i) out.ticks_per_second *= 1000;
  return out;
}

std::optional<ArrowType> time_type(std::string_view format) {
  if (format == "i" || format == "l") return number_type(format);
  if (format == "tdD") return ArrowType{CellType::kDate32};
  if (format.starts_with("ts")) return timestamp_type(format);
  return text_type(format);
}

Result<ArrowType> dictionary_type(std::string_view index, const ArrowSchema& values,
                                  std::int32_t role) {
  if (values.format == nullptr) return broken("the dictionary's schema has no format");
  const auto value_type = text_type(values.format);
  if (role == STEPPE_COLUMN_NUMBER || !value_type) return unsupported(values.format, role, true);
  constexpr std::string_view kIndices = "csilCSIL";
  const std::size_t found = index.size() == 1 ? kIndices.find(index[0]) : std::string_view::npos;
  if (found == std::string_view::npos) {
    return broken("dictionary indices have the Arrow format " + quoted(index) +
                  ", which is no integer");
  }
  ArrowType out = *value_type;
  out.index_bytes = 1 << (found % 4);
  out.index_unsigned = found >= 4;
  return out;
}

bool has_range(const ArrowArray& array, std::int64_t first, std::int64_t count) {
  constexpr std::int64_t kMost = std::int64_t{1} << 56;  // element counts whose bytes fit int64
  return array.length >= 0 && array.offset >= 0 && array.length <= kMost && array.offset <= kMost &&
         first >= 0 && count >= 0 && count <= array.length - first && first <= array.length;
}

std::string count_text(const char* what, std::int64_t given, std::int64_t expected) {
  return "the array has " + std::to_string(given) + " " + what + ", its type has " +
         std::to_string(expected);
}

// The fields every array has, whatever its type.
Result<void> check_head(const ArrowArray* array, std::int64_t buffer_count, std::int64_t first,
                        std::int64_t count) {
  if (array == nullptr || array->release == nullptr) return broken("an array is missing");
  if (!has_range(*array, first, count)) {
    return broken("the array has length " + std::to_string(array->length) + " and offset " +
                  std::to_string(array->offset) + "; the batch needs " + std::to_string(count) +
                  " rows from " + std::to_string(first));
  }
  if (array->n_buffers != buffer_count) {
    return broken(count_text("buffers", array->n_buffers, buffer_count));
  }
  if (array->n_children != 0) return broken(count_text("children", array->n_children, 0));
  if (array->buffers == nullptr) return broken("the array's list of buffers is null");
  if (array->null_count < -1 || array->null_count > array->length) {
    return broken("the array counts " + std::to_string(array->null_count) + " nulls in " +
                  std::to_string(array->length) + " rows");
  }
  if (array->null_count > 0 && array->buffers[0] == nullptr) {
    return broken("the array counts " + std::to_string(array->null_count) +
                  " nulls but has no validity bitmap");
  }
  return {};
}

// Offsets of a text array: never negative, never falling, and bytes behind them.
template <typename Offset>
Result<void> check_offsets(const ArrowArray& array, std::int64_t start, std::int64_t count) {
  if (count == 0) return {};
  if (array.buffers[1] == nullptr) return broken("the array's offsets are null");
  auto previous = load<Offset>(array.buffers[1], start);
  const Offset first = previous;
  if (previous < 0) return broken("offset " + std::to_string(previous) + " is negative");
  for (std::int64_t i = start + 1; i <= start + count; ++i) {
    const auto offset = load<Offset>(array.buffers[1], i);
    if (offset < previous) {
      return broken("offset " + std::to_string(offset) + " of cell " + std::to_string(i) +
                    " lies before the previous one, " + std::to_string(previous));
    }
    previous = offset;
  }
  if (previous > first && array.buffers[2] == nullptr) {
    return broken("the array's text is null");
  }
  return {};
}

Result<void> check_text(const ArrowArray& array, const ArrowType& type, std::int64_t first,
                        std::int64_t count) {
  const std::int64_t start = array.offset + first;
  return type.large_offsets ? check_offsets<std::int64_t>(array, start, count)
                            : check_offsets<std::int32_t>(array, start, count);
}

std::int64_t dictionary_index(const ArrowArray& array, const ArrowType& type, std::int64_t at) {
  const void* indices = array.buffers[1];
  switch (type.index_bytes) {
    case 1:
      return type.index_unsigned ? load<std::uint8_t>(indices, at) : load<std::int8_t>(indices, at);
    case 2:
      return type.index_unsigned ? load<std::uint16_t>(indices, at)
                                 : load<std::int16_t>(indices, at);
    case 4:
      return type.index_unsigned ? std::int64_t{load<std::uint32_t>(indices, at)}
                                 : std::int64_t{load<std::int32_t>(indices, at)};
    default:
      return load<std::int64_t>(indices, at);  // above 2^63: negative, so out of range
  }
}

Result<void> check_dictionary(const ArrowArray& array, const ArrowType& type, std::int64_t first,
                              std::int64_t count) {
  const ArrowArray* values = array.dictionary;
  if (values == nullptr) return broken("the array has no dictionary");
  Result<void> head = check_head(values, 3, 0, values->length < 0 ? 0 : values->length);
  if (!head) return broken("dictionary: " + head.error().message);
  if (values->dictionary != nullptr) return broken("the dictionary has a dictionary of its own");
  Result<void> text = check_text(*values, type, 0, values->length);
  if (!text) return broken("dictionary: " + text.error().message);
  for (std::int64_t i = array.offset + first; i < array.offset + first + count; ++i) {
    if (array.buffers[0] != nullptr && !bit_at(array.buffers[0], i)) continue;
    const std::int64_t index = dictionary_index(array, type, i);
    if (index < 0 || index >= values->length) {
      return broken("cell " + std::to_string(i) + " has the dictionary index " +
                    std::to_string(index) + "; the dictionary has " +
                    std::to_string(values->length) + " values");
    }
  }
  return {};
}

std::string_view text_at(const ArrowArray& array, bool large_offsets, std::int64_t at) {
  const auto begin = large_offsets ? load<std::int64_t>(array.buffers[1], at)
                                   : load<std::int32_t>(array.buffers[1], at);
  const auto end = large_offsets ? load<std::int64_t>(array.buffers[1], at + 1)
                                 : load<std::int32_t>(array.buffers[1], at + 1);
  if (begin == end) return {};
  return {static_cast<const char*>(array.buffers[2]) + begin,
          static_cast<std::size_t>(end - begin)};
}

}  // namespace

Result<ArrowType> arrow_type(const ArrowSchema* schema, std::int32_t role) {
  if (schema == nullptr || schema->release == nullptr || schema->format == nullptr) {
    return broken("the column's schema is missing");
  }
  const std::string_view format = schema->format;
  if (schema->dictionary != nullptr) return dictionary_type(format, *schema->dictionary, role);
  if (format.starts_with("+")) return unsupported(format, role);
  if (schema->n_children != 0) {
    return broken("the column's schema has " + std::to_string(schema->n_children) +
                  " children, its type has none");
  }
  auto found = role == STEPPE_COLUMN_NUMBER ? number_type(format)
               : role == STEPPE_COLUMN_TIME ? time_type(format)
                                            : text_type(format);
  if (!found) return unsupported(format, role);
  return *found;
}

Result<void> check_column(const ArrowArray* array, const ArrowType& type, std::int64_t first,
                          std::int64_t count) {
  const bool dictionary = type.index_bytes != 0;
  const bool text = type.type == CellType::kText && !dictionary;
  Result<void> head = check_head(array, text ? 3 : 2, first, count);
  if (!head) return head;
  if (!dictionary && array->dictionary != nullptr) {
    return broken("the array has a dictionary, its schema has none");
  }
  if (text) return check_text(*array, type, first, count);
  if (count > 0 && array->buffers[1] == nullptr) return broken("the array's values are null");
  if (dictionary) return check_dictionary(*array, type, first, count);
  return {};
}

std::optional<std::string_view> ColumnCells::text(std::int64_t row) const {
  if (is_null(row)) return std::nullopt;
  const std::int64_t at = start_ + row;
  if (type_.index_bytes == 0) return text_at(*array_, type_.large_offsets, at);
  const ArrowArray& values = *array_->dictionary;
  const std::int64_t entry = values.offset + dictionary_index(*array_, type_, at);
  if (values.buffers[0] != nullptr && !bit_at(values.buffers[0], entry)) return std::nullopt;
  return text_at(values, type_.large_offsets, entry);
}

}  // namespace steppe
