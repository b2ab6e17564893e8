// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rows of a source in the order in which they came, as compact typed columns.

#include <cstdint>
#include <vector>

#include "core/fault.hpp"
#include "data/key_index.hpp"
#include "data/packed_time.hpp"
#include "data/read_panel.hpp"

namespace steppe {

struct TableRows {
  std::vector<PackedTime> times;
  KeyIndex keys;                            // one empty key without key columns
  std::vector<std::uint32_t> key_ids;       // per row; empty without key columns
  std::vector<std::vector<double>> values;  // per value column, NaN where missing
  std::vector<std::uint64_t> missing;       // per value column

  std::size_t count() const { return times.size(); }
};

// The columns of a panel request as a source is asked for them: time, keys, values.
DataRequest data_request_of(const PanelRequest& request);

// Where a row, or a cell of it, stands in the source. `column` is its index in the data request;
// -1 for the row itself.
Place place_in_source(const SourceStream& stream, const PanelRequest& request, std::uint64_t row,
                      int column);
// "sales.csv:14", or "row 14" when the source does not know.
std::string row_text(const SourceStream& stream, const PanelRequest& request, std::uint64_t row);

// Reads the stream to its end. Cells that cannot be used are faults: dates (C22), numbers that are
// NaN, infinite (C17) or not exact in a double (C16), keys that are missing or hold U+001F (C26) or
// invalid UTF-8 (C9).
Result<TableRows, Faults> read_rows(SourceStream& stream, const PanelRequest& request);

}  // namespace steppe
