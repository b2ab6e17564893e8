// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small run result with one of everything, for the tests of this room.

#include "core/results.hpp"

namespace steppe::testing {

// Two steps over one yearly source: `mining`, the best of two trends (one failed), and `grp`, a
// regression on it with ANOVA and coefficients. Numbers are chosen to be easy to tell apart.
RunResult sample_run();

// One trend step over `count` keys "k0", "k1", ... of a key column "region"; every third series
// fails.
RunResult panel_run(std::size_t count);

}  // namespace steppe::testing
