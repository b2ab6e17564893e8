// SPDX-License-Identifier: Apache-2.0
#include "engine/saved_run.hpp"

#include <utility>

namespace steppe {

SavedModel saved_head(const RunResult& result) {
  SavedModel out;
  out.name = result.name;
  out.pipeline_file = result.pipeline_file;
  out.pipeline_sha256 = result.pipeline_sha256;
  out.host_version = result.host_version;
  out.seed = result.seed;
  out.coverage = result.coverage;
  out.sources = result.sources;
  return out;
}

SavedStep saved_step(SavedStep kept, const StepSpec& spec, StepResult declared,
                     const StepResult& results) {
  SavedStep out = std::move(kept);
  out.declared = std::move(declared);
  out.declared.pooled = results.pooled;
  if (const auto* regression = std::get_if<RegressionStep>(&spec)) {
    for (const RegressorRef& regressor : regression->regressors) {
      out.regressor_steps.push_back(regressor.trend_step);
      out.regressor_lags.push_back(regressor.lag);
    }
    out.uncertainty = regression->uncertainty;
    out.draws = regression->draws;
  }
  for (std::size_t k = 0; k < out.series.size(); ++k) {
    const SeriesResult& result = results.results[k];
    SavedSeries& series = out.series[k];
    if (result.status == SeriesStatus::kFailed) {
      series = {};
      series.warnings_before = result.warnings;
    }
    series.key = result.key;
    series.status = result.status;
    series.error = result.error;
    series.model = result.model;
    series.choice = result.choice;
  }
  return out;
}

}  // namespace steppe
