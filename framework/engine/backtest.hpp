// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a pipeline again from several past dates, its origins, and judges the forecasts by what came
// after them. At each origin every source ends there: trends of drivers, the choice among
// candidates and the regression see nothing later, so the errors are those a planner would have
// made.

#include <cstdint>
#include <optional>

#include "core/backtest.hpp"
#include "core/fault.hpp"
#include "engine/run.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

struct BacktestRequest {
  std::optional<std::int64_t> horizon;  // steps; the pipeline's own without it
  std::int64_t origins = 10;            // at most so many, the latest ones
  std::int64_t minimum_train = 5;       // dates before the first origin, at least
};

// Origins are dates of the regressions' targets or, without a regression, of the trends' series;
// the last one is one step before the last observation. A forecast whose date has no observation is
// not judged. Scenario steps are left out.
//
// Faults: as run_pipeline, and N15 when no date can be an origin. Otherwise a result whose `exit`
// is 0, or 10 when forecasts failed.
Result<BacktestResult, Faults> backtest_pipeline(const PipelineSpec& spec,
                                                 const BacktestRequest& request,
                                                 const EngineContext& context);

}  // namespace steppe
