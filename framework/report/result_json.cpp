// SPDX-License-Identifier: Apache-2.0
// The result object, schema "steppe-result-1"; docs/result.md describes it.

#include "report/diagnostics_parts.hpp"
#include "report/json_parts.hpp"
#include "report/outcome_text.hpp"
#include "report/outputs.hpp"
#include "report/scenario_parts.hpp"
#include "report/uncertainty_parts.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

// What a row of a forecast is read with: the columns beside it.
struct RowContext {
  const RunResult& result;
  const StepResult& step;
};

void write_intervals(JsonText& json, const char* name, const std::vector<double>& coverage,
                     const std::vector<double>& lower, const std::vector<double>& upper) {
  json.key(name).array();
  for (std::size_t i = 0; i < coverage.size() && i < lower.size() && i < upper.size(); ++i) {
    json.object();
    json.member("coverage", coverage[i]).member("lower", lower[i]).member("upper", upper[i]);
    json.end();
  }
  json.end();
}

// What a regression has beside a row.
void write_regression_row(JsonText& json, const RowContext& context, const RegressionRow& row) {
  write_intervals(json, "mean_intervals", context.result.coverage, row.mean_lower, row.mean_upper);
  json.key("regressors").object();
  for (std::size_t i = 0; i < row.regressors.size() && i < context.step.regressors.size(); ++i) {
    json.member(context.step.regressors[i], row.regressors[i]);
  }
  json.end();
  json.key("regressors_are").object();
  for (std::size_t i = 0; i < row.forecast.size() && i < context.step.regressors.size(); ++i) {
    json.member(context.step.regressors[i], row.forecast[i] ? "forecast" : "known");
  }
  json.end();
  if (!row.variance) return;
  write_intervals(json, "known_intervals", context.result.coverage, row.known_lower,
                  row.known_upper);
  json.member("known_standard_error", row.known_standard_error);
  write_variance(json, context.step, *row.variance);
  if (row.monte_carlo_error.empty()) return;
  json.key("monte_carlo_error").array();
  for (const double error : row.monte_carlo_error) json.value(error);
  json.end();
}

void write_forecast(JsonText& json, const RowContext& context, const std::vector<ForecastRow>& rows,
                    const RegressionRows* regression = nullptr) {
  const std::vector<double>& coverage = context.result.coverage;
  json.key("forecast").array();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const ForecastRow& row = rows[r];
    json.object(Layout::kOneLine);
    json.member("time", label_of(row.ordinal, context.step.calendar)).member("step", row.step);
    json.member("mean", row.mean).member("standard_error", row.standard_error);
    write_intervals(json, "intervals", coverage, row.lower, row.upper);
    if (regression != nullptr && r < regression->rows.size()) {
      write_regression_row(json, context, regression->rows[r]);
    }
    json.end();
  }
  json.end();
}

void write_table_row(JsonText& json, const ReportTable& table, std::size_t row) {
  json.object(Layout::kOneLine);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    json.member(table.columns[c], table.values[row * table.columns.size() + c]);
  }
  json.end();
}

// Named rows become an object, rows without names a list.
void write_table(JsonText& json, const ReportTable& table) {
  const bool named = table.rows.size() == table.row_count() && !table.rows.empty();
  json.key(table.name);
  named ? json.object() : json.array();
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (named) json.key(table.rows[row]);
    write_table_row(json, table, row);
  }
  json.end();
}

void write_statistics(JsonText& json, const FitReport& report) {
  json.key("statistics").object();
  for (const ReportScalar& scalar : report.scalars) json.member(scalar.name, scalar.value);
  json.end();
  bool any_unit = false;
  for (const ReportScalar& scalar : report.scalars) any_unit |= !scalar.unit.empty();
  if (!any_unit) return;
  json.key("units").object(Layout::kOneLine);
  for (const ReportScalar& scalar : report.scalars) {
    if (!scalar.unit.empty()) json.member(scalar.name, scalar.unit);
  }
  json.end();
}

// What a model says of itself: equation, parameters, statistics, tables, texts.
void write_report(JsonText& json, const FitReport& report) {
  if (const std::string* equation = report.text("equation")) json.member("equation", *equation);
  const ReportTable* parameters = report.table("parameters");
  if (parameters != nullptr) write_table(json, *parameters);
  write_statistics(json, report);
  json.key("tables").object();
  for (const ReportTable& table : report.tables) {
    if (&table != parameters) write_table(json, table);
  }
  json.end();
  json.key("texts").object();
  for (const ReportText& text : report.texts) {
    if (text.name != "equation") json.member(text.name, text.value);
  }
  json.end();
}

void write_candidate(JsonText& json, const RowContext& context, const CandidateResult& candidate) {
  json.key(candidate.label).object();
  json.member("status", candidate.fitted ? "ok" : "failed").member("plugin", candidate.plugin);
  if (!candidate.fitted) write_error(json, candidate.error);
  if (!context.step.criterion.empty()) json.member("criterion", candidate.criterion);
  if (candidate.fitted) {
    write_report(json, candidate.report);
    write_forecast(json, context, candidate.forecast);
    write_warnings(json, candidate.report.warnings);
  }
  json.end();
}

void write_in_sample(JsonText& json, const StepResult& step, const InSample& in_sample) {
  json.key("in_sample").array();
  for (std::size_t i = 0; i < in_sample.ordinals.size(); ++i) {
    json.object(Layout::kOneLine);
    json.member("time", label_of(in_sample.ordinals[i], step.calendar));
    if (i < in_sample.observed.size()) json.member("observed", in_sample.observed[i]);
    if (i < in_sample.fitted.size()) json.member("fitted", in_sample.fitted[i]);
    json.end();
  }
  json.end();
}

void write_key(JsonText& json, const StepResult& step, const SeriesResult& series) {
  json.key("key").object(Layout::kOneLine);
  const std::vector<std::string> parts = key_parts(series.key);
  for (std::size_t i = 0; i < step.key_columns.size() && i < parts.size(); ++i) {
    json.member(step.key_columns[i], parts[i]);
  }
  json.end();
}

void write_series(JsonText& json, const RowContext& context, const SeriesResult& series) {
  json.object();
  write_key(json, context.step, series);
  json.member("status", name_of(series.status));
  if (series.status == SeriesStatus::kFailed) write_error(json, series.error);
  json.member("model", series.model);
  if (!series.choice.empty()) json.member("choice", series.choice);
  if (const CandidateResult* chosen = chosen_candidate(series)) write_report(json, chosen->report);
  if (series.scenarios != nullptr) {
    write_scenarios(json, context.step, *series.scenarios,
                    [&](const std::vector<ForecastRow>& rows, const RegressionRows& regression) {
                      write_forecast(json, context, rows, &regression);
                    });
  } else {
    if (carries_driver_error(series)) {
      const RegressionRows& regression = *series.regression;
      json.key("uncertainty").object();
      json.member("method", name_of(regression.uncertainty));
      if (regression.draws > 0) json.member("draws", regression.draws);
      json.end();
    }
    write_forecast(json, context, series.rows, series.regression.get());
  }
  if (series.detail != nullptr) {
    if (context.step.word == "best") {
      json.key("candidates").object();
      for (const CandidateResult& candidate : series.detail->candidates) {
        write_candidate(json, context, candidate);
      }
      json.end();
    }
    if (context.step.pooled == nullptr) write_diagnostics(json, series.detail->diagnostics);
    write_in_sample(json, context.step, series.detail->in_sample);
  }
  write_warnings(json, series.warnings);
  json.end();
}

// The one fit of a pooled regression.
void write_pooled(JsonText& json, const PooledFit& pooled) {
  json.key("pooled").object();
  json.member("status", pooled.fitted ? "ok" : "failed").member("plugin", pooled.plugin);
  json.member("keys", std::uint64_t{pooled.keys}).member("rows", std::uint64_t{pooled.rows});
  std::vector<Warning> warnings = pooled.warnings;
  if (pooled.fitted) {
    write_report(json, pooled.report);
    warnings.insert(warnings.end(), pooled.report.warnings.begin(), pooled.report.warnings.end());
    json.member("diagnostics_remark", pooled.remark);
  } else {
    write_error(json, pooled.error);
  }
  write_warnings(json, warnings);
  json.end();
}

void write_step(JsonText& json, const RunResult& result, const StepResult& step) {
  json.key(step.id).object();
  json.member("kind", step.kind).member("word", step.word).member("forecasts", step.series);
  if (!step.criterion.empty()) json.member("criterion", step.criterion);
  if (!step.regressors.empty()) write_strings(json, "regressors", step.regressors);
  json.member("frequency", name_of(step.calendar.frequency));
  if (step.pooled != nullptr) write_pooled(json, *step.pooled);
  json.key("series").array();
  for (const SeriesResult& series : step.results) write_series(json, {result, step}, series);
  json.end();
  json.end();
}

}  // namespace

std::string result_json(const RunResult& result) {
  JsonText json;
  json.object();
  json.member("schema", "steppe-result-1").member("name", result.name);
  json.member("status", status_name(result.exit));
  json.member("exit_code", static_cast<int>(result.exit));
  write_totals(json, result);
  json.key("coverage").array(Layout::kOneLine);
  for (const double coverage : result.coverage) json.value(coverage);
  json.end();
  write_sources(json, result.sources);
  json.key("steps").object();
  for (const StepResult& step : result.steps) write_step(json, result, step);
  json.end();
  write_warnings(json, result.warnings);
  json.end();
  return std::move(json).take() + "\n";
}

}  // namespace steppe
