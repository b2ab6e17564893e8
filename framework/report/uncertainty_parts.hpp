// SPDX-License-Identifier: Apache-2.0
#pragma once

// How the results show the error of forecast drivers: the interval as if they were known beside the
// one that carries their error, and where the variance comes from.

#include "core/results.hpp"
#include "report/json_text.hpp"
#include "report/summary_page.hpp"

namespace steppe {

// Whether the error of drivers was carried through in some row.
bool carries_driver_error(const SeriesResult& series);

// The variance of one row and its parts.
void write_variance(JsonText& json, const StepResult& step, const VarianceSplit& split);

// How it was done, the interval with drivers known, and the shares of the variance in per cent.
void write_uncertainty(SummaryPage& page, const RunResult& result, const StepResult& step,
                       const SeriesResult& series);

}  // namespace steppe
