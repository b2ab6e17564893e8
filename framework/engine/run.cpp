// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include "engine/pipeline_run.hpp"

namespace steppe {
namespace {

Result<RunResult, Faults> run_once(PipelineRun& run) {
  if (Faults faults = run.prepare(); !faults.empty()) return faults;
  run.compute();
  if (run.is_cancelled()) return Faults{run.cancelled()};
  return run.finish();
}

}  // namespace

Result<RunResult, Faults> run_pipeline(const PipelineSpec& spec, const EngineContext& context) {
  PipelineRun run(spec, context, false);
  return run_once(run);
}

Result<FittedPipeline, Faults> fit_pipeline(const PipelineSpec& spec,
                                            const EngineContext& context) {
  PipelineRun run(spec, context, true);
  auto result = run_once(run);
  if (!result) return std::move(result).error();
  SavedModel model = run.model(*result);
  return FittedPipeline{std::move(*result), std::move(model)};
}

}  // namespace steppe
