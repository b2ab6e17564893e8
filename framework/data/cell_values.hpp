// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cells of checked Arrow columns as the values a panel is made of.

#include <cstdint>
#include <vector>

#include "core/calendar.hpp"
#include "data/arrow_batch.hpp"

namespace steppe {

// The time in a cell that is neither text nor null: a year, a day, or a timestamp on the hour.
Result<CivilTime> time_at(const ColumnCells& cells, std::int64_t row);

// Appends a number column of any accepted type, as doubles.
void append_any_numbers(const ColumnCells& cells, std::int64_t rows, std::vector<double>& out);

// Whether a double holds this integer.
bool is_exact(std::int64_t value);

}  // namespace steppe
