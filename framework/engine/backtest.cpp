// SPDX-License-Identifier: Apache-2.0
#include "engine/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/domains.hpp"
#include "engine/history.hpp"
#include "engine/pipeline_run.hpp"
#include "evaluation/forecast_accuracy.hpp"
#include "evaluation/rolling_origin.hpp"

namespace steppe {
namespace {

constexpr std::size_t kFailuresKept = 5;  // of each step

using Members = std::vector<PanelMember>;

// First and last date with an observation.
struct ObservedSpan {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = std::numeric_limits<std::int64_t>::min();

  bool empty() const { return first > last; }
  void cover(const History& history) {
    for (std::size_t i = 0; i < history.values.size(); ++i) {
      if (std::isnan(history.values[i])) continue;
      const std::int64_t ordinal = history.first + static_cast<std::int64_t>(i);
      first = std::min(first, ordinal);
      last = std::max(last, ordinal);
    }
  }
};

// What a step forecasts; null for steps that are not judged.
const ColumnRef* judged_column(const StepSpec& step) {
  if (const auto* trend = std::get_if<TrendStep>(&step)) return &trend->series;
  if (const auto* regression = std::get_if<RegressionStep>(&step)) return &regression->target;
  return nullptr;
}

// The members as they were at an origin: nothing after it.
Members seen_until(const Members& all, std::int64_t origin) {
  Members seen = all;
  for (PanelMember& member : seen) {
    const std::int64_t dates = std::max<std::int64_t>(0, origin - member.first + 1);
    member.count = std::min(member.count, static_cast<std::size_t>(dates));
  }
  return seen;
}

class Backtest {
 public:
  Backtest(const PipelineSpec& spec, const BacktestRequest& request, const EngineContext& context)
      : spec_(spec), request_(request), context_(context), run_(spec, context, false) {}

  Result<BacktestResult, Faults> run() {
    if (Faults faults = run_.prepare(); !faults.empty()) return faults;
    for (const Panel& panel : run_.panels()) members_.push_back(panel.members);
    const ObservedSpan span = span_of_targets();
    if (span.empty()) return Faults{no_origin(0)};
    const Result<std::int64_t> horizon = horizon_after(span.last);
    if (!horizon) return Faults{horizon_fault(horizon.error())};
    out_.horizon = *horizon;
    const auto dates = static_cast<std::size_t>(span.last - span.first + 1);
    const auto splits = rolling_origins(dates, static_cast<std::size_t>(request_.minimum_train),
                                        static_cast<std::size_t>(request_.origins),
                                        static_cast<std::size_t>(out_.horizon));
    if (splits.empty()) return Faults{no_origin(dates)};
    declare();
    run_.forecast_only(out_.horizon);
    for (const OriginSplit& split : splits) {
      judge_origin(span.first + static_cast<std::int64_t>(split.train) - 1);
      if (run_.is_cancelled()) return Faults{run_.cancelled()};
    }
    finish();
    return std::move(out_);
  }

 private:
  // Whether the last step of the work is a regression: then its target gives the dates.
  bool has_regression() const {
    return std::any_of(spec_.steps.begin(), spec_.steps.end(), [](const StepSpec& step) {
      return std::holds_alternative<RegressionStep>(step);
    });
  }

  // All observations of a column for one member, whatever the run may see now.
  History whole(const ColumnRef& ref, std::size_t member) const {
    const std::size_t source = step_index(spec_, ref.step);
    const Panel& panel = run_.panels()[source];
    const PanelMember& place = members_[source][member];
    const auto& column = panel.columns[static_cast<std::size_t>(panel.column_index(ref.column))];
    return {place.first, {column.data() + place.offset, place.count}};
  }

  ObservedSpan span_of_targets() const {
    ObservedSpan span;
    const bool regressions_only = has_regression();
    for (const StepSpec& step : spec_.steps) {
      const ColumnRef* column = judged_column(step);
      if (column == nullptr) continue;
      if (regressions_only && !std::holds_alternative<RegressionStep>(step)) continue;
      const std::size_t count = members_[step_index(spec_, column->step)].size();
      for (std::size_t m = 0; m < count; ++m) span.cover(whole(*column, m));
    }
    return span;
  }

  Result<std::int64_t> horizon_after(std::int64_t last) const {
    if (request_.horizon) return *request_.horizon;
    return steps_ahead(spec_.horizon, last, calendar());
  }

  // Sources share their frequency, so their dates share their ordinals.
  const Calendar& calendar() const {
    for (const StepSpec& step : spec_.steps) {
      if (const ColumnRef* column = judged_column(step)) {
        return run_.panels()[step_index(spec_, column->step)].calendar;
      }
    }
    return run_.panels().front().calendar;
  }

  Fault horizon_fault(const Error& error) const {
    return {error.fault, error.kind, ExitCode::kDataRefused, spec_.horizon.place, error.message};
  }

  Fault no_origin(std::size_t dates) const {
    return {"N15",
            ErrorKind::kInsufficientData,
            ExitCode::kDataRefused,
            {},
            "no date can be an origin: the series have " + std::to_string(dates) +
                " dates, an origin needs " + std::to_string(request_.minimum_train) +
                " up to it and one after it; give a smaller --minimum or more data"};
  }

  void declare() {
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      const ColumnRef* column = judged_column(spec_.steps[i]);
      if (column == nullptr) continue;
      const StepResult declared = run_.declared(i);
      BacktestStep& step = out_.steps.emplace_back();
      step.id = declared.id;
      step.kind = declared.kind;
      step.word = declared.word;
      step.series = declared.series;
      step.key_columns = declared.key_columns;
      step.calendar = declared.calendar;
      for (const PanelMember& member : members_[step_index(spec_, column->step)]) {
        step.results.push_back({member.key, {}});
      }
      judged_.push_back(i);
      warn_about_columns(i);
    }
  }

  void warn_about_columns(std::size_t index) {
    const auto* regression = std::get_if<RegressionStep>(&spec_.steps[index]);
    if (regression == nullptr) return;
    for (const RegressorRef& regressor : regression->regressors) {
      if (!regressor.column) continue;
      out_.warnings.push_back(
          {"column_hidden", "regressor \"" + regressor.name + "\" of step \"" + regression->id +
                                "\" is a column: a backtest hides its values after each origin, "
                                "so the step has no forecast there; forecast it with a trend step "
                                "to judge the pipeline with its error"});
    }
  }

  void judge_origin(std::int64_t origin) {
    out_.origins.push_back(label_of(origin, calendar()));
    auto& panels = run_.panels();
    for (std::size_t p = 0; p < panels.size(); ++p) {
      panels[p].members = seen_until(members_[p], origin);
    }
    run_.compute();
    for (std::size_t j = 0; j < judged_.size(); ++j) {
      for (const SeriesResult& series : run_.result_of(judged_[j]).results) {
        judge_series(j, series, origin);
      }
    }
  }

  void judge_series(std::size_t j, const SeriesResult& series, std::int64_t origin) {
    BacktestStep& step = out_.steps[j];
    const auto place = std::lower_bound(
        step.results.begin(), step.results.end(), series.key,
        [](const BacktestSeries& one, const std::string& key) { return one.key < key; });
    if (place == step.results.end() || place->key != series.key) return;
    const auto member = static_cast<std::size_t>(place - step.results.begin());
    const History actual = whole(*judged_column(spec_.steps[judged_[j]]), member);
    const double naive = last_value(actual, origin);
    if (std::isnan(naive)) return;  // not begun yet
    if (series.status == SeriesStatus::kFailed) {
      ++step.failed;
      if (step.failures.size() < kFailuresKept) {
        step.failures.push_back({series.key, origin, series.error});
      }
      return;
    }
    for (const ForecastRow& row : series.rows) {
      const double value = actual.at(row.ordinal);
      if (row.ordinal <= origin || std::isnan(value)) continue;
      place->rows.push_back(
          {origin, row.ordinal - origin, value, row.mean, naive, row.lower, row.upper});
    }
  }

  static double last_value(const History& history, std::int64_t origin) {
    for (std::int64_t o = origin; o >= history.first; --o) {
      if (!std::isnan(history.at(o))) return history.at(o);
    }
    return kUndefined;
  }

  void finish() {
    out_.name = spec_.name;
    out_.pipeline_file = spec_.file;
    out_.pipeline_sha256 = spec_.sha256;
    out_.host_version = context_.host_version;
    out_.coverage = spec_.coverage;
    for (BacktestStep& step : out_.steps) {
      std::erase_if(step.results, [](const BacktestSeries& one) { return one.rows.empty(); });
      step.accuracy = forecast_accuracy(step.results, spec_.coverage.size());
      if (step.failed > 0) out_.exit = ExitCode::kCompleteDegraded;
    }
  }

  const PipelineSpec& spec_;
  const BacktestRequest& request_;
  const EngineContext& context_;
  PipelineRun run_;
  std::vector<Members> members_;     // of each step's panel, whole
  std::vector<std::size_t> judged_;  // index in the spec of each step of the result
  BacktestResult out_;
};

}  // namespace

Result<BacktestResult, Faults> backtest_pipeline(const PipelineSpec& spec,
                                                 const BacktestRequest& request,
                                                 const EngineContext& context) {
  return Backtest(spec, request, context).run();
}

}  // namespace steppe
