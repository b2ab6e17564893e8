// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the dates of all rows to the calendar they share and to their ordinals on it. The order of
// the rows does not matter: the calendar comes from the earliest date.

#include <cstdint>
#include <vector>

#include "data/table_rows.hpp"

namespace steppe {

struct TimeGrid {
  Calendar calendar;
  std::vector<std::int32_t> ordinals;  // per row; hours to the year 9999 need 27 bits
};

// Refused: dates off the grid and dates too coarse for the frequency, with their rows (C22).
Result<TimeGrid, Faults> time_grid(const TableRows& rows, const PanelRequest& request,
                                   const SourceStream& stream);

}  // namespace steppe
