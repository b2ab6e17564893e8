// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hands a fitted regression to evaluation/regression_diagnostics.hpp, with what the pipeline and
// the model's own report say of it.

#include "core/results.hpp"
#include "engine/regression_rows.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

// Fills result.detail->diagnostics from its report and in-sample values, and adds the warnings.
// Nothing is done without details or without fitted values.
void diagnose_regression(const RegressionStep& step, const Calendar& calendar, const FitRows& rows,
                         SeriesResult& result);

}  // namespace steppe
