// SPDX-License-Identifier: Apache-2.0
#pragma once

// A backtest as text; as outputs.hpp.

#include <string>

#include "core/backtest.hpp"

namespace steppe {

// What a person reads: the origins, for each step a table of accuracy by horizon, the coverage that
// the intervals had beside the one they claim, and what failed.
std::string backtest_text(const BacktestResult& result, bool colour);

// The object (schema "steppe-backtest-1"): steps by id, each with its accuracy by horizon, failures
// and every judged forecast. NaN is null.
std::string backtest_json(const BacktestResult& result);

// Every judged forecast: key columns, series, origin, time, step, actual, forecast, error, naive,
// lower and upper per coverage.
std::string backtest_csv(const BacktestResult& result);

}  // namespace steppe
