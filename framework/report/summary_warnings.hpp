// SPDX-License-Identifier: Apache-2.0
#pragma once

// The warnings of a run as the readable summary shows them: each once, however many series it
// concerns.

#include "core/results.hpp"
#include "report/summary_page.hpp"

namespace steppe {

// The section "Warnings"; nothing when there are none.
void write_warnings(SummaryPage& page, const RunResult& result);

}  // namespace steppe
