// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs one scenario step for one key: forecasts the fitted regression again for every scenario, and
// measures how its point forecast answers to each driver.

#include "core/results.hpp"
#include "core/scenario_results.hpp"
#include "engine/keep_fits.hpp"
#include "engine/scenario_paths.hpp"
#include "engine/settings.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

struct ScenarioCase {
  const ScenarioStep& step;
  const RegressionStep& regression;
  const FittedRegression& fitted;
  const SeriesResult& base;  // of the regression, with its forecast
  ColumnPath path;
};

// Fills result.scenarios; its key and model are already there. A scenario that cannot be computed
// has its reason and degrades the series; when none can, the series fails.
void compare_scenarios(const ScenarioCase& input, const EngineSettings& settings,
                       SeriesResult& result);

}  // namespace steppe
