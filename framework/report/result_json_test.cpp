// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/outputs.hpp"
#include "report/sample_run.hpp"

namespace steppe {
namespace {

using nlohmann::json;

json result() { return json::parse(result_json(testing::sample_run())); }
json record() { return json::parse(record_json(testing::sample_run())); }

TEST(ResultJson, SaysHowTheRunEnded) {
  const json all = result();
  EXPECT_EQ(all["schema"], "steppe-result-1");
  EXPECT_EQ(all["name"], "Sample");
  EXPECT_EQ(all["status"], "degraded");
  EXPECT_EQ(all["exit_code"], 10);
  EXPECT_EQ(all["series"], json::parse(R"({"ok": 1, "degraded": 1, "failed": 0})"));
  EXPECT_EQ(all["coverage"], json::parse("[0.8, 0.95]"));
  EXPECT_EQ(all["warnings"],
            json::parse(R"([{"code": "short_history", "text": "3 dates are few"}])"));
}

TEST(ResultJson, DescribesTheSources) {
  EXPECT_EQ(result()["sources"]["region"], json::parse(R"({
    "plugin": "source.csv", "path": "karaganda.csv", "snapshot": "sha256:ab",
    "rows": {"rows_in": 3, "used": 3, "rejected": 0, "skipped": 0}, "keys": 1,
    "time": {"column": "year", "first": "2017", "last": "2019", "frequency": "yearly"},
    "columns": ["mining", "grp"], "facts": {"delimiter": ","}, "warnings": []})"));
}

TEST(ResultJson, HoldsTheChosenModelAndEveryCandidate) {
  const json step = result()["steps"]["mining"];
  EXPECT_EQ(step["kind"], "trend");
  EXPECT_EQ(step["word"], "best");
  EXPECT_EQ(step["forecasts"], "region.mining");
  EXPECT_EQ(step["criterion"], "r_squared");
  ASSERT_EQ(step["series"].size(), 1u);
  const json& series = step["series"][0];
  EXPECT_EQ(series["key"], json::object());
  EXPECT_EQ(series["status"], "degraded");
  EXPECT_EQ(series["model"], "linear");
  EXPECT_EQ(series["choice"], "highest r_squared");
  EXPECT_EQ(series["equation"], "y = 1.5 + 0.25 t");
  EXPECT_EQ(series["parameters"], json::parse(R"({
    "a": {"estimate": 1.5, "standard_error": 0.1},
    "b": {"estimate": 0.25, "standard_error": null}})"));
  EXPECT_EQ(series["statistics"], json::parse(R"({
    "r_squared_fit_scale": 0.875, "r_squared_original_scale": 0.75, "rmse": 12345.678})"));
  EXPECT_EQ(series["units"], json::parse(R"({"rmse": "T"})"));
  EXPECT_EQ(series["texts"], json::parse(R"({"point_forecast": "mean"})"));
  EXPECT_EQ(series["tables"], json::object());
  const json& linear = series["candidates"]["linear"];
  EXPECT_EQ(linear["status"], "ok");
  EXPECT_EQ(linear["plugin"], "trend.linear");
  EXPECT_EQ(linear["criterion"], 0.875);
  EXPECT_EQ(linear["equation"], series["equation"]);
  EXPECT_EQ(linear["forecast"].size(), 1u);
  EXPECT_EQ(linear["warnings"][0]["code"], "few_points");
  EXPECT_EQ(series["candidates"]["power"], json::parse(R"j({
    "status": "failed", "plugin": "trend.power", "criterion": null,
    "error": {"fault": "N6", "kind": "domain_error", "where": "2018 (row 2)",
              "message": "y = 0 has no logarithm"
}
})j"));
  EXPECT_EQ(series["in_sample"][1], json::parse(R"({"time": "2018", "observed": 0, "fitted": 2})"));
}

TEST(ResultJson, WritesForecastRowsWithTheirIntervals) {
  const json rows = result()["steps"]["mining"]["series"][0]["forecast"];
  EXPECT_EQ(rows[0], json::parse(R"({
    "time": "2020", "step": 1, "mean": 2.5, "standard_error": 0.5,
    "intervals": [{"coverage": 0.8, "lower": 1.5, "upper": 3.5},
                  {"coverage": 0.95, "lower": 0, "upper": 5}]})"));
  EXPECT_EQ(rows[1]["mean"], 489412367.5939394);
  EXPECT_EQ(result()["steps"]["grp"]["series"][0]["forecast"][0], json::parse(R"({
    "time": "2020", "step": 1, "mean": 9.5, "standard_error": 0.5,
    "intervals": [{"coverage": 0.8, "lower": 8.5, "upper": 10.5},
                  {"coverage": 0.95, "lower": 7, "upper": 12}],
    "mean_intervals": [{"coverage": 0.8, "lower": 9, "upper": 10},
                       {"coverage": 0.95, "lower": 8, "upper": 11}],
    "regressors": {"mining": 2.5}, "regressors_are": {"mining": "forecast"}})"));
}

TEST(ResultJson, KeepsTablesByRowName) {
  const json series = result()["steps"]["grp"]["series"][0];
  EXPECT_EQ(series["tables"]["anova"]["residual"], json::parse(R"({
    "df": 1, "ss": 19, "ms": 19, "f": null, "significance_f": null})"));
  EXPECT_EQ(series["tables"]["coefficients"]["mining"]["lower_95"], 0.5);
  EXPECT_FALSE(series.contains("candidates"));
}

TEST(ResultJson, ListsTheDiagnosticsOfARegression) {
  const json series = result()["steps"]["grp"]["series"][0];
  EXPECT_EQ(series["diagnostics"], json::parse(R"j([
    {"test": "influence", "of": "observations", "statistic": 1.25, "p": null, "outcome": "failed",
     "verdict": "above 1", "reference": "Cook 1977",
     "influence": {"2017": {"dffits": 0.5}, "2018": {"dffits": null}}},
    {"test": "kpss", "of": "mining", "statistic": 0.1, "p": 0.1, "outcome": "information",
     "verdict": "not rejected", "values": {"lags": 2, "p_at_least": 0.1},
     "reference": "KPSS 1992"},
    {"test": "white", "of": "residuals", "statistic": null, "p": null, "outcome": "undefined",
     "verdict": "undefined: too few"}])j"));
  EXPECT_EQ(series["diagnostics_remark"], "3 observations prove little");
  EXPECT_FALSE(result()["steps"]["mining"]["series"][0].contains("diagnostics"));
}

TEST(ResultJson, WritesAForecastRowOnOneLine) {
  const std::string text = result_json(testing::sample_run());
  EXPECT_NE(
      text.find("            {\"time\": \"2020\", \"step\": 1, \"mean\": 2.5, \"standard_error\": "
                "0.5, \"intervals\": [{\"coverage\": 0.8, \"lower\": 1.5, \"upper\": 3.5}, "
                "{\"coverage\": 0.95, \"lower\": 0, \"upper\": 5}]},\n"),
      std::string::npos);
  EXPECT_EQ(text.back(), '\n');
}

TEST(ResultJson, NamesKeysAndReasonsOfFailure) {
  const json all = json::parse(result_json(testing::panel_run(3)));
  const json& series = all["steps"]["sales"]["series"];
  ASSERT_EQ(series.size(), 3u);
  EXPECT_EQ(series[1]["key"], json::parse(R"({"region": "k1"})"));
  EXPECT_EQ(series[2]["status"], "failed");
  EXPECT_EQ(series[2]["error"], json::parse(R"({
    "fault": "N1", "kind": "insufficient_data", "message": "1 observation, 3 needed"})"));
  EXPECT_EQ(series[2]["forecast"], json::array());
}

TEST(RecordJson, NamesEverythingARunDependsOn) {
  const json all = record();
  EXPECT_EQ(all["schema"], "steppe-record-1");
  EXPECT_EQ(all["pipeline"], json::parse(R"({"file": "sample.json", "sha256": "cd"})"));
  EXPECT_EQ(all["host_version"], "0.1.0");
  EXPECT_EQ(all["seed"].get<std::uint64_t>(), 18446744073709551615u);
  EXPECT_EQ(all["exit_code"], 10);
  EXPECT_EQ(all["plugins"], json::parse(R"([
    {"id": "trend.linear", "version": "1.0.0", "file": "trend_linear.so", "sha256": "ef"}])"));
  EXPECT_EQ(all["options"], json::parse(R"([
    {"step": "region", "plugin": "source.csv", "options": {
      "delimiter": ",", "skip": 0, "header": true, "missing": ["", "NA"], "tolerance": 0.1}}])"));
  EXPECT_EQ(all["sources"]["region"]["rows"]["rows_in"], 3);
  EXPECT_EQ(all["outputs"], json::parse(R"(["grp.csv"])"));
  EXPECT_EQ(all["seconds"], json::parse(R"({"read": 0.25})"));
}

TEST(RecordJson, ListsEveryWarningAndFailure) {
  EXPECT_EQ(record()["warnings"], json::parse(R"([
    {"code": "short_history", "text": "3 dates are few"},
    {"step": "mining", "code": "candidate_failed", "text": "power was not fitted"}])"));
  const json panel = json::parse(record_json(testing::panel_run(3)));
  EXPECT_EQ(panel["failures"], json::parse(R"([
    {"step": "sales", "key": "k2", "error": {
      "fault": "N1", "kind": "insufficient_data", "message": "1 observation, 3 needed"}}])"));
}

}  // namespace
}  // namespace steppe
