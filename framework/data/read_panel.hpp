// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a source's stream to a panel: validates every Arrow array before a byte of it is read,
// converts to typed columns, reads dates, sorts by key and time, and refuses gaps and duplicates
// with the rows named (faults C15, C19-C22, C26; types by name). Every row is accounted for.

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/panel.hpp"
#include "plugin_host/data_source.hpp"

namespace steppe {

struct PanelRequest {
  std::string source;  // step id, for messages
  std::string time_column;
  Frequency frequency = Frequency::kYearly;
  std::vector<std::string> key_columns;
  std::vector<std::string> value_columns;  // wanted as numbers
};

// Several faults when several series are at fault (the first 5 and a count), never a partial panel.
Result<Panel, Faults> read_panel(const DataSource& source, const PanelRequest& request);

}  // namespace steppe
