// SPDX-License-Identifier: Apache-2.0
#include "engine/tally.hpp"

#include <algorithm>

#include "engine/domains.hpp"

namespace steppe {

SourceRecord source_record(const SourceStep& step, const Panel& panel) {
  SourceRecord record;
  record.id = step.id;
  record.plugin = step.component.id;
  record.path = step.path;
  record.snapshot = panel.snapshot;
  record.rows = panel.rows;
  record.series_count = panel.members.size();
  record.time_column = panel.time_column;
  record.frequency = name_of(panel.calendar.frequency);
  record.columns = panel.column_names;
  record.facts = panel.facts;
  record.warnings = panel.warnings;
  if (panel.members.empty()) return record;
  std::int64_t first = panel.members.front().first;
  std::int64_t last = first;
  for (const PanelMember& member : panel.members) {
    first = std::min(first, member.first);
    last = std::max(last, member.first + static_cast<std::int64_t>(member.count) - 1);
  }
  record.first_date = label_of(first, panel.calendar);
  record.last_date = label_of(last, panel.calendar);
  return record;
}

StepResult declared_step(const PipelineSpec& spec, std::size_t index,
                         const std::vector<Panel>& panels) {
  StepResult out;
  out.id = id_of(spec.steps[index]);
  const ColumnRef* series = nullptr;
  if (const auto* trend = std::get_if<TrendStep>(&spec.steps[index])) {
    series = &trend->series;
    out.kind = "trend";
    out.word = trend->best ? "best" : trend->candidates.front().label;
    if (trend->best) out.criterion = name_of(trend->criterion);
  } else {
    const auto* scenario = std::get_if<ScenarioStep>(&spec.steps[index]);
    const std::size_t of = scenario == nullptr ? index : step_index(spec, scenario->of);
    const auto& regression = std::get<RegressionStep>(spec.steps[of]);
    series = &regression.target;
    out.kind = scenario == nullptr ? "regression" : "scenario";
    out.word = scenario == nullptr ? regression.component.label : regression.id;
    for (const RegressorRef& regressor : regression.regressors) {
      out.regressors.push_back(regressor.label);
    }
  }
  out.series = series->text();
  const Panel& panel = panels[step_index(spec, series->step)];
  out.key_columns = panel.key_columns;
  out.calendar = panel.calendar;
  return out;
}

double share_allowed(const PipelineSpec& spec, const RunResult& result) {
  const bool panel = std::any_of(result.steps.begin(), result.steps.end(),
                                 [](const StepResult& step) { return step.results.size() > 1; });
  return spec.max_failed.value_or(panel ? 0.01 : 0.0);
}

void tally(double allowed, RunResult& result) {
  bool plugin_fault = false;
  for (const StepResult& step : result.steps) {
    for (const SeriesResult& series : step.results) {
      result.series_ok += series.status == SeriesStatus::kOk;
      result.series_degraded += series.status == SeriesStatus::kDegraded;
      if (series.status != SeriesStatus::kFailed) continue;
      ++result.series_failed;
      plugin_fault = plugin_fault || series.error.kind == ErrorKind::kPluginFault;
    }
  }
  const double all = double(result.series_ok + result.series_degraded + result.series_failed);
  if (double(result.series_failed) > allowed * all) {
    result.exit = plugin_fault ? ExitCode::kPluginFailed : ExitCode::kTooManyFailed;
  } else if (result.series_failed > 0 || result.series_degraded > 0) {
    result.exit = ExitCode::kCompleteDegraded;
  }
}

}  // namespace steppe
