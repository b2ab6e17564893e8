// SPDX-License-Identifier: Apache-2.0
// The readable summary. A step with few keys is shown whole, one with many as counts.

#include <algorithm>
#include <initializer_list>
#include <map>

#include "core/number_text.hpp"
#include "report/diagnostics_parts.hpp"
#include "report/outcome_text.hpp"
#include "report/outputs.hpp"
#include "report/scenario_parts.hpp"
#include "report/summary_page.hpp"
#include "report/summary_warnings.hpp"
#include "report/uncertainty_parts.hpp"

namespace steppe {
namespace {

using Style = SummaryPage::Style;

constexpr std::size_t kKeysShownWhole = 5;
constexpr std::size_t kRowsShown = 24;     // of a forecast
constexpr std::size_t kFailuresShown = 5;  // of a step with many keys
constexpr std::size_t kTableRowsShown = 20;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + escaped(part);
  return out;
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void write_source(SummaryPage& page, const SourceRecord& source) {
  TextTable table("l");
  table.add({escaped(source.id), escaped(source.path.empty() ? source.plugin : source.path)});
  table.add({"", counted(source.rows.rows_in, "row", "rows") + " in, " +
                     std::to_string(source.rows.used) + " used, " +
                     std::to_string(source.rows.rejected) + " rejected, " +
                     std::to_string(source.rows.skipped) + " skipped; " +
                     counted(source.series_count, "key", "keys")});
  table.add({"", escaped(source.time_column) + " " + source.first_date + " to " + source.last_date +
                     " (" + source.frequency + "); columns " + joined(source.columns)});
  page.table(table);
}

std::string step_title(const StepResult& step) {
  if (step.kind == "scenario") {
    return "scenarios of " + escaped(step.word) + ", " + escaped(step.series);
  }
  std::string out = escaped(step.kind) + " " + escaped(step.word) + " of " + escaped(step.series);
  if (!step.regressors.empty()) out += " on " + joined(step.regressors);
  if (!step.criterion.empty()) out += ", by " + readable_name(step.criterion);
  return out;
}

// The first of these statistics that the report holds, as a cell.
std::string first_scalar(const FitReport& report, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const double* found = report.scalar(name)) return readable_number(*found);
  }
  return "-";
}

std::string equation_of(const CandidateResult& candidate) {
  if (!candidate.fitted) return error_line(candidate.error);
  const std::string* equation = candidate.report.text("equation");
  return equation == nullptr ? "" : *equation;
}

// One line per candidate, the chosen one marked. R squared on the scale of the fit, as a
// spreadsheet prints it, and on the scale of the data, where candidates may be compared.
void write_candidates(SummaryPage& page, const StepResult& step, const SeriesResult& series) {
  const bool criterion = !step.criterion.empty() && step.criterion != "r_squared";
  TextTable table(criterion ? "lrrrl" : "lrrl");
  std::vector<std::string> header = {"  candidate", "R squared", "original scale"};
  if (criterion) header.push_back(readable_name(step.criterion));
  header.emplace_back("equation");
  table.add(std::move(header));
  for (const CandidateResult& candidate : series.detail->candidates) {
    const bool chosen = candidate.fitted && candidate.label == series.model;
    const FitReport& report = candidate.report;
    std::vector<std::string> cells = {
        (chosen ? "* " : "  ") + escaped(candidate.label),
        first_scalar(report, {"r_squared_fit_scale", "r_squared"}),
        first_scalar(report, {"r_squared_original_scale", "r_squared"})};
    if (criterion) cells.push_back(readable_number(candidate.criterion));
    cells.push_back(escaped(equation_of(candidate)));
    table.add(std::move(cells));
  }
  page.table(table);
}

void write_choice(SummaryPage& page, const SeriesResult& series) {
  if (series.choice.empty()) return;
  page.line("  chosen: " + escaped(series.model) + " - " + escaped(series.choice), Style::kGood);
}

// Statistics of a regression, or the few of a single trend.
void write_statistics(SummaryPage& page, const FitReport& report, bool all) {
  constexpr std::string_view kFew[] = {"r_squared", "r_squared_fit_scale",
                                       "r_squared_original_scale", "aicc",
                                       "residual_standard_error"};
  TextTable table("lr");
  for (const ReportScalar& scalar : report.scalars) {
    const bool shown =
        all || std::find(std::begin(kFew), std::end(kFew), scalar.name) != std::end(kFew);
    if (shown) table.add({readable_name(escaped(scalar.name)), readable_number(scalar.value)});
  }
  page.table(table, "    ");
}

// A table of the report as a spreadsheet prints it.
void write_table(SummaryPage& page, const ReportTable& table) {
  if (table.row_count() == 0 || table.row_count() > kTableRowsShown) return;
  TextTable text("lr");
  std::vector<std::string> header = {""};
  for (const std::string& column : table.columns) header.push_back(readable_name(escaped(column)));
  text.add(std::move(header));
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    std::vector<std::string> cells = {row < table.rows.size() ? escaped(table.rows[row])
                                                              : std::to_string(row + 1)};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      cells.push_back(readable_number(table.values[row * table.columns.size() + c]));
    }
    text.add(std::move(cells));
  }
  page.line("  " + readable_name(escaped(table.name)));
  page.table(text, "    ");
}

// The rows of "observations" are in the result and too many for a page.
void write_regression(SummaryPage& page, const FitReport& report) {
  if (const std::string* equation = report.text("equation")) page.line("  " + escaped(*equation));
  page.line("  Regression statistics");
  write_statistics(page, report, true);
  for (const ReportTable& table : report.tables) {
    if (table.name != "observations") write_table(page, table);
  }
}

// The one fit of a pooled regression.
void write_pooled(SummaryPage& page, const PooledFit& pooled) {
  page.line("  one fit for " + counted(pooled.keys, "key", "keys") + ", " +
            counted(pooled.rows, "row", "rows"));
  if (!pooled.fitted) return;  // every key says why
  write_regression(page, pooled.report);
  page.line("  " + escaped(pooled.remark), Style::kFaint);
}

void write_model(SummaryPage& page, const StepResult& step, const SeriesResult& series) {
  if (step.pooled != nullptr) return;  // said of all keys at once
  const CandidateResult* chosen = chosen_candidate(series);
  if (chosen == nullptr) {
    if (!series.model.empty()) page.line("  model: " + escaped(series.model));
    return;
  }
  if (step.kind == "regression") return write_regression(page, chosen->report);
  page.line("  " + escaped(equation_of(*chosen)));
  write_statistics(page, chosen->report, false);
}

std::string interval_text(const std::vector<double>& lower, const std::vector<double>& upper,
                          std::size_t i) {
  if (i >= lower.size() || i >= upper.size()) return "-";
  return readable_number(lower[i]) + " .. " + readable_number(upper[i]);
}

void write_forecast(SummaryPage& page, const RunResult& result, const StepResult& step,
                    const SeriesResult& series) {
  TextTable table("lr");
  std::vector<std::string> header = {"time", "forecast"};
  for (const double coverage : result.coverage) header.push_back(percent_text(coverage) + " %");
  table.add(std::move(header));
  for (std::size_t i = 0; i < series.rows.size() && i < kRowsShown; ++i) {
    const ForecastRow& row = series.rows[i];
    std::vector<std::string> cells = {label_of(row.ordinal, step.calendar),
                                      readable_number(row.mean)};
    for (std::size_t k = 0; k < result.coverage.size(); ++k) {
      cells.push_back(interval_text(row.lower, row.upper, k));
    }
    table.add(std::move(cells));
  }
  page.table(table);
  write_uncertainty(page, result, step, series);
  if (series.rows.size() > kRowsShown) {
    page.line("  and " + counted(series.rows.size() - kRowsShown, "row", "rows") + " more",
              Style::kFaint);
  }
}

// History, then forecast, on one scale.
void write_sparkline(SummaryPage& page, const SeriesResult& series) {
  constexpr std::size_t kWidth = 60;
  if (series.detail == nullptr || series.detail->in_sample.observed.empty()) return;
  std::vector<double> history = series.detail->in_sample.observed;
  if (history.size() > kWidth) history.erase(history.begin(), history.end() - kWidth);
  std::vector<double> ahead;
  for (std::size_t i = 0; i < series.rows.size() && i < kWidth; ++i) {
    ahead.push_back(series.rows[i].mean);
  }
  std::vector<double> scale = history;
  scale.insert(scale.end(), ahead.begin(), ahead.end());
  page.line("  " + sparkline(history, scale) + " | " + sparkline(ahead, scale));
}

void write_series(SummaryPage& page, const RunResult& result, const StepResult& step,
                  const SeriesResult& series) {
  if (!series.key.empty()) page.line("  " + escaped(display_key(series.key)), Style::kHeading);
  const bool choice = step.word == "best" && series.detail != nullptr;
  if (choice) write_candidates(page, step, series);
  write_choice(page, series);
  if (series.status == SeriesStatus::kFailed) {
    page.line("  failed: " + escaped(error_line(series.error)), Style::kBad);
    return;
  }
  if (series.scenarios != nullptr) {
    return write_scenarios(page, result, step, *series.scenarios);
  }
  if (!choice) write_model(page, step, series);
  if (series.detail != nullptr) write_diagnostics(page, series.detail->diagnostics);
  write_sparkline(page, series);
  write_forecast(page, result, step, series);
}

// A step with many keys: how many of each status and model, and the first failures.
void write_counts(SummaryPage& page, const StepResult& step) {
  std::map<std::string_view, std::size_t> by_status;
  std::map<std::string_view, std::size_t> by_model;
  for (const SeriesResult& series : step.results) {
    ++by_status[name_of(series.status)];
    if (series.status != SeriesStatus::kFailed) ++by_model[series.model];
  }
  TextTable table("lr");
  for (const std::string_view status : {"ok", "degraded", "failed"}) {
    if (by_status.contains(status)) {
      table.add({std::string(status), readable_number(static_cast<double>(by_status[status]))});
    }
  }
  for (const auto& [model, count] : by_model) {
    table.add({"model " + escaped(model), readable_number(static_cast<double>(count))});
  }
  page.table(table);
  std::size_t failures = 0;
  for (const SeriesResult& series : step.results) {
    if (series.status != SeriesStatus::kFailed || ++failures > kFailuresShown) continue;
    page.line(
        "  failed: " + quoted(display_key(series.key)) + " " + escaped(error_line(series.error)),
        Style::kBad);
  }
  if (failures > kFailuresShown) {
    page.line("  and " + std::to_string(failures - kFailuresShown) + " more failed", Style::kBad);
  }
}

void write_step(SummaryPage& page, const RunResult& result, const StepResult& step) {
  page.heading(escaped(step.id), step_title(step));
  if (step.pooled != nullptr) write_pooled(page, *step.pooled);
  if (step.results.size() > kKeysShownWhole) return write_counts(page, step);
  for (const SeriesResult& series : step.results) write_series(page, result, step, series);
}

void write_files(SummaryPage& page, const RunResult& result) {
  if (result.written.empty()) return;
  page.heading("Written");
  for (const std::string& file : result.written) page.line("  " + escaped(file));
}

void write_totals(SummaryPage& page, const RunResult& result) {
  std::string status(status_name(result.exit));
  std::replace(status.begin(), status.end(), '_', ' ');
  const bool complete = result.exit == ExitCode::kComplete;
  const bool degraded = result.exit == ExitCode::kCompleteDegraded;
  page.line();
  page.line(status + ": " + std::to_string(result.series_ok) + " ok, " +
                std::to_string(result.series_degraded) + " degraded, " +
                std::to_string(result.series_failed) + " failed",
            complete   ? Style::kGood
            : degraded ? Style::kWarning
                       : Style::kBad);
}

}  // namespace

std::string summary_text(const RunResult& result, bool colour) {
  SummaryPage page(colour);
  page.heading(escaped(result.name.empty() ? result.pipeline_file : result.name));
  if (!result.sources.empty()) page.heading("Data");
  for (const SourceRecord& source : result.sources) write_source(page, source);
  for (const StepResult& step : result.steps) write_step(page, result, step);
  write_warnings(page, result);
  write_files(page, result);
  write_totals(page, result);
  return std::move(page).take();
}

}  // namespace steppe
