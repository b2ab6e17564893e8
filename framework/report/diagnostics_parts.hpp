// SPDX-License-Identifier: Apache-2.0
#pragma once

// The diagnostics of a regression in the result object and on the readable page.

#include "core/diagnostics.hpp"
#include "report/json_text.hpp"
#include "report/summary_page.hpp"

namespace steppe {

// "diagnostics": [{"test", "of", "statistic", "p", "outcome", "verdict", "values", "reference"}]
// and "diagnostics_remark"; nothing when there are none.
void write_diagnostics(JsonText& json, const Diagnostics& diagnostics);

// A table: test, statistic, p, verdict; failed tests are marked with "!".
void write_diagnostics(SummaryPage& page, const Diagnostics& diagnostics);

}  // namespace steppe
