// SPDX-License-Identifier: Apache-2.0
#pragma once

// The scenarios of one key in the result object and in the readable summary.

#include <functional>
#include <vector>

#include "core/results.hpp"
#include "core/scenario_results.hpp"
#include "report/json_text.hpp"
#include "report/summary_page.hpp"

namespace steppe {

// Writes "forecast": [...] as every step has it.
using ForecastWriter = std::function<void(const std::vector<ForecastRow>&, const RegressionRows&)>;

// "base", "scenarios", "elasticities", "tornado"
void write_scenarios(JsonText& json, const StepResult& step, const ScenarioComparison& comparison,
                     const ForecastWriter& write_forecast);

// Base and scenarios date by date, elasticities, and the swings of the last date.
void write_scenarios(SummaryPage& page, const RunResult& result, const StepResult& step,
                     const ScenarioComparison& comparison);

}  // namespace steppe
