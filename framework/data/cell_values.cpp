// SPDX-License-Identifier: Apache-2.0
#include "data/cell_values.hpp"

namespace steppe {
// The time in a cell that is no text and not null.
Result<CivilTime> time_at(const ColumnCells& cells, std::int64_t row) {
  const std::int64_t value = cells.integer(row);
  const auto refused = [](std::string message) {
    return Error{ErrorKind::kInvalidData, std::move(message), "", "C22"};
  };
  if (cells.type().type == CellType::kDate32) return civil_time_from_days(value);
  if (cells.type().type != CellType::kTimestamp) {
    if (value >= 1 && value <= 9999) return CivilTime{.year = static_cast<int>(value)};
    return refused(std::to_string(value) + " is no year; years go from 1 to 9999");
  }
  const std::int64_t per_hour = cells.type().ticks_per_second * 3600;
  if (value % per_hour != 0) {
    return refused("the timestamp " + std::to_string(value) +
                   " is not a whole hour; the shortest step is hourly");
  }
  const std::int64_t hours = value / per_hour;
  const std::int64_t days = hours / 24 - (hours % 24 < 0 ? 1 : 0);
  Result<CivilTime> time = civil_time_from_days(days);
  if (!time) return time;
  time->precision = CivilTime::Precision::kHour;
  time->hour = static_cast<int>(hours - days * 24);
  return time;
}

namespace {

// A number column of one Arrow type, as doubles.
template <typename T>
void append_numbers(const ColumnCells& cells, std::int64_t rows, std::vector<double>& out) {
  for (std::int64_t row = 0; row < rows; ++row) {
    out.push_back(static_cast<double>(load<T>(cells.values(), cells.start() + row)));
  }
}

}  // namespace

void append_any_numbers(const ColumnCells& cells, std::int64_t rows, std::vector<double>& out) {
  switch (cells.type().type) {
    case CellType::kInt32:
      return append_numbers<std::int32_t>(cells, rows, out);
    case CellType::kInt64:
      return append_numbers<std::int64_t>(cells, rows, out);
    case CellType::kFloat32:
      return append_numbers<float>(cells, rows, out);
    case CellType::kFloat64:
      return append_numbers<double>(cells, rows, out);
    default:
      for (std::int64_t row = 0; row < rows; ++row) {
        out.push_back(bit_at(cells.values(), cells.start() + row) ? 1.0 : 0.0);
      }
  }
}

// 2^63 as a double is one more than the largest int64, so it cannot be cast back.
bool is_exact(std::int64_t value) {
  const auto number = static_cast<double>(value);
  return number < 9223372036854775808.0 && static_cast<std::int64_t>(number) == value;
}

}  // namespace steppe
