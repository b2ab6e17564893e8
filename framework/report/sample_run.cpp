// SPDX-License-Identifier: Apache-2.0
#include "report/sample_run.hpp"

#include <cmath>

namespace steppe::testing {
namespace {

ForecastRow row(std::int64_t year, std::int64_t step, double mean) {
  ForecastRow out;
  out.ordinal = year;
  out.step = step;
  out.mean = mean;
  out.standard_error = 0.5;
  out.lower = {mean - 1, mean - 2.5};
  out.upper = {mean + 1, mean + 2.5};
  return out;
}

SourceRecord region() {
  SourceRecord out;
  out.id = "region";
  out.plugin = "source.csv";
  out.path = "karaganda.csv";
  out.snapshot = "sha256:ab";
  out.rows = {3, 3, 0, 0};
  out.series_count = 1;
  out.time_column = "year";
  out.first_date = "2017";
  out.last_date = "2019";
  out.frequency = "yearly";
  out.columns = {"mining", "grp"};
  out.facts = {{"delimiter", ","}};
  return out;
}

CandidateResult linear() {
  CandidateResult out;
  out.label = "linear";
  out.plugin = "trend.linear";
  out.fitted = true;
  out.criterion = 0.875;
  out.report.scalars = {{"r_squared_fit_scale", 0.875, ""},
                        {"r_squared_original_scale", 0.75, ""},
                        {"rmse", 12345.678, "T"}};
  out.report.texts = {{"equation", "y = 1.5 + 0.25 t"}, {"point_forecast", "mean"}};
  out.report.tables = {
      {"parameters", {"estimate", "standard_error"}, {"a", "b"}, {}, {1.5, 0.1, 0.25, NAN}}};
  out.report.warnings = {{"few_points", "3 observations"}};
  out.forecast = {row(2020, 1, 2.5)};
  return out;
}

CandidateResult power() {
  CandidateResult out;
  out.label = "power";
  out.plugin = "trend.power";
  out.error = {ErrorKind::kDomainError, "y = 0 has no logarithm", "2018 (row 2)", "N6"};
  return out;
}

StepResult mining() {
  StepResult step;
  step.id = "mining";
  step.kind = "trend";
  step.word = "best";
  step.series = "region.mining";
  step.criterion = "r_squared";
  SeriesResult series;
  series.status = SeriesStatus::kDegraded;
  series.model = "linear";
  series.choice = "highest r_squared";
  series.rows = {row(2020, 1, 2.5), row(2021, 2, 489412367.5939394)};
  series.warnings = {{"candidate_failed", "power was not fitted"}};
  series.detail = std::make_unique<SeriesDetail>();
  series.detail->candidates.push_back(linear());
  series.detail->candidates.push_back(power());
  series.detail->in_sample = {{2017, 2018, 2019}, {1, 0, 3}, {1.75, 2, 2.25}};
  step.results.push_back(std::move(series));
  return step;
}

Diagnostics diagnostics() {
  Diagnostics out;
  Diagnostic influence;
  influence.test = "influence";
  influence.of = "observations";
  influence.statistic = 1.25;
  influence.outcome = DiagnosticOutcome::kFailed;
  influence.verdict = "above 1";
  influence.reference = "Cook 1977";
  influence.tables = {{"influence", {"dffits"}, {"2017", "2018"}, {}, {0.5, NAN}}};
  Diagnostic kpss;
  kpss.test = "kpss";
  kpss.of = "mining";
  kpss.statistic = 0.1;
  kpss.p = 0.1;
  kpss.outcome = DiagnosticOutcome::kInformation;
  kpss.verdict = "not rejected";
  kpss.values = {{"lags", 2, ""}, {"p_at_least", 0.1, ""}};
  kpss.reference = "KPSS 1992";
  Diagnostic white;
  white.test = "white";
  white.of = "residuals";
  white.verdict = "undefined: too few";
  out.tests = {influence, kpss, white};
  out.remark = "3 observations prove little";
  return out;
}

StepResult grp() {
  StepResult step;
  step.id = "grp";
  step.kind = "regression";
  step.word = "ols";
  step.series = "region.grp";
  step.regressors = {"mining"};
  CandidateResult fit;
  fit.label = "ols";
  fit.plugin = "regression.ols";
  fit.fitted = true;
  fit.report.scalars = {{"multiple_r", 0.9, ""}, {"r_squared", 0.81, ""}, {"observations", 3, ""}};
  fit.report.texts = {{"equation", "grp = 2 + 3 mining"}};
  fit.report.tables = {
      {"anova",
       {"df", "ss", "ms", "f", "significance_f"},
       {"regression", "residual", "total"},
       {},
       {1, 81, 81, 4.25, 0.28, 1, 19, 19, NAN, NAN, 2, 100, NAN, NAN, NAN}},
      {"coefficients", {"estimate", "lower_95"}, {"intercept", "mining"}, {}, {2, -1, 3, 0.5}}};
  SeriesResult series;
  series.model = "ols";
  series.rows = {row(2020, 1, 9.5)};
  series.regression = std::make_unique<RegressionRows>();
  RegressionRow& beside = series.regression->rows.emplace_back();
  beside.mean_lower = {9, 8};
  beside.mean_upper = {10, 11};
  beside.regressors = {2.5};
  beside.forecast = {true};
  series.detail = std::make_unique<SeriesDetail>();
  series.detail->candidates.push_back(std::move(fit));
  series.detail->diagnostics = diagnostics();
  step.results.push_back(std::move(series));
  return step;
}

}  // namespace

RunResult sample_run() {
  RunResult result;
  result.name = "Sample";
  result.pipeline_file = "sample.json";
  result.pipeline_sha256 = "cd";
  result.host_version = "0.1.0";
  result.seed = 18446744073709551615u;
  result.coverage = {0.8, 0.95};
  result.sources.push_back(region());
  result.steps.push_back(mining());
  result.steps.push_back(grp());
  result.plugins = {{"trend.linear", "1.0.0", "trend_linear.so", "ef"}};
  result.options = {{"region",
                     "source.csv",
                     {{"delimiter", std::string(",")},
                      {"skip", std::int64_t{0}},
                      {"header", true},
                      {"missing", std::vector<std::string>{"", "NA"}},
                      {"tolerance", 0.1}}}};
  result.warnings = {{"short_history", "3 dates are few"}};
  result.timings = {{"read", 0.25}};
  result.written = {"grp.csv"};
  result.series_ok = 1;
  result.series_degraded = 1;
  result.exit = ExitCode::kCompleteDegraded;
  return result;
}

RunResult panel_run(std::size_t count) {
  RunResult result;
  result.name = "Panel";
  result.coverage = {0.95};
  StepResult step;
  step.id = "sales";
  step.kind = "trend";
  step.word = "linear";
  step.series = "shop.sales";
  step.key_columns = {"region"};
  for (std::size_t i = 0; i < count; ++i) {
    SeriesResult series;
    series.key = "k" + std::to_string(i);
    if (i % 3 == 2) {
      series.status = SeriesStatus::kFailed;
      series.error = {ErrorKind::kInsufficientData, "1 observation, 3 needed", "", "N1"};
      ++result.series_failed;
    } else {
      series.model = "linear";
      series.rows = {row(2020, 1, static_cast<double>(i))};
      series.rows[0].lower.pop_back();
      series.rows[0].upper.pop_back();
      ++result.series_ok;
    }
    step.results.push_back(std::move(series));
  }
  result.steps.push_back(std::move(step));
  result.exit = ExitCode::kTooManyFailed;
  return result;
}

}  // namespace steppe::testing
