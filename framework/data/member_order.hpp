// SPDX-License-Identifier: Apache-2.0
#pragma once

// Puts the rows of a table in the order of a panel: members by key, byte by byte, their rows by
// time. Refuses dates that occur twice in a series (C19) and gaps (C20), with the rows named.

#include <cstdint>
#include <vector>

#include "data/time_grid.hpp"

namespace steppe {

struct MemberOrder {
  std::vector<PanelMember> members;
  std::vector<std::uint32_t> rows;  // row of the source at each position of the panel
  std::uint64_t unsorted = 0;       // members whose rows were not in the order of time (C21)
};

Result<MemberOrder, Faults> member_order(const TableRows& rows, const TimeGrid& grid,
                                         const PanelRequest& request, const SourceStream& stream);

}  // namespace steppe
