// SPDX-License-Identifier: Apache-2.0
#include "report/backtest_outputs.hpp"
#include "report/json_parts.hpp"
#include "report/json_text.hpp"
#include "report/outcome_text.hpp"

namespace steppe {
namespace {

void write_numbers(JsonText& json, const char* name, const std::vector<double>& numbers) {
  json.key(name).array(JsonText::Layout::kOneLine);
  for (const double number : numbers) json.value(number);
  json.end();
}

void write_horizon(JsonText& json, const HorizonAccuracy& accuracy) {
  json.object(JsonText::Layout::kOneLine);
  if (accuracy.step == 0) {
    json.member("step", "all");
  } else {
    json.member("step", accuracy.step);
  }
  json.member("count", static_cast<std::uint64_t>(accuracy.count));
  json.member("mean_error", accuracy.mean_error);
  json.member("mae", accuracy.mae);
  json.member("rmse", accuracy.rmse);
  json.member("mape", accuracy.mape);
  json.member("relative_mae", accuracy.relative_mae);
  json.member("with_interval", static_cast<std::uint64_t>(accuracy.with_interval));
  write_numbers(json, "covered", accuracy.covered);
  write_numbers(json, "width", accuracy.width);
  json.end();
}

void write_judged(JsonText& json, const BacktestStep& step, const BacktestRow& row) {
  json.object(JsonText::Layout::kOneLine);
  json.member("origin", label_of(row.origin, step.calendar));
  json.member("time", label_of(row.origin + row.step, step.calendar));
  json.member("step", row.step);
  json.member("actual", row.actual);
  json.member("forecast", row.forecast);
  json.member("error", row.actual - row.forecast);
  json.member("naive", row.naive);
  write_numbers(json, "lower", row.lower);
  write_numbers(json, "upper", row.upper);
  json.end();
}

void write_backtest_failures(JsonText& json, const BacktestStep& step) {
  json.member("failed", static_cast<std::uint64_t>(step.failed));
  json.key("failures").array();
  for (const BacktestFailure& failure : step.failures) {
    json.object().member("key", display_key(failure.key));
    json.member("origin", label_of(failure.origin, step.calendar));
    write_error(json, failure.error);
    json.end();
  }
  json.end();
}

void write_backtest_step(JsonText& json, const BacktestStep& step) {
  json.key(step.id).object();
  json.member("kind", step.kind).member("word", step.word).member("series", step.series);
  json.key("accuracy").array();
  for (const HorizonAccuracy& accuracy : step.accuracy) write_horizon(json, accuracy);
  json.end();
  write_backtest_failures(json, step);
  json.key("results").array();
  for (const BacktestSeries& series : step.results) {
    json.object().member("key", display_key(series.key));
    json.key("forecasts").array();
    for (const BacktestRow& row : series.rows) write_judged(json, step, row);
    json.end().end();
  }
  json.end().end();
}

}  // namespace

std::string backtest_json(const BacktestResult& result) {
  JsonText json;
  json.object();
  json.member("schema", "steppe-backtest-1");
  json.member("name", result.name);
  json.member("status", status_name(result.exit));
  json.member("host", result.host_version);
  json.key("pipeline").object(JsonText::Layout::kOneLine);
  json.member("file", result.pipeline_file).member("sha256", result.pipeline_sha256).end();
  write_numbers(json, "coverage", result.coverage);
  json.member("horizon", result.horizon);
  write_strings(json, "origins", result.origins);
  write_warnings(json, result.warnings);
  json.key("steps").object();
  for (const BacktestStep& step : result.steps) write_backtest_step(json, step);
  json.end().end();
  return std::move(json).take();
}

}  // namespace steppe
