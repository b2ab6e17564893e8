// SPDX-License-Identifier: Apache-2.0
// What is refused of a pipeline outside its steps, with every message in full.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::check_faults;
using testing::whole;
using testing::with_horizon;
using testing::with_more;

TEST(PipelineHead, J5_J6_N14_RefusesHorizonsThatAreNone) {
  check_faults(
      with_horizon(R"(3.9)"),
      {R"(error[J5] run.json:1:61 (horizon): 3.9 is not a whole number; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"("12")"),
      {R"(error[J5] run.json:1:61 (horizon): "12" is a string; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"(1e20)"),
      {R"(error[J5] run.json:1:61 (horizon): 1e20 is not a whole number; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"(18446744073709551616)"),
      {R"(error[J6] run.json:1:61 (horizon): 18446744073709551616 is out of range; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"(-1)"),
      {R"(error[N14] run.json:1:61 (horizon): -1 steps ahead is nothing to forecast; expected a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"(0)"),
      {R"(error[N14] run.json:1:61 (horizon): 0 steps ahead is nothing to forecast; expected a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"(1000000000)"),
      {R"(error[N14] run.json:1:61 (horizon): 1000000000 steps ahead is more than the limit of 100000)"});
  check_faults(
      with_horizon(R"(null)"),
      {R"(error[J5] run.json:1:61 (horizon): null; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"({})"),
      {R"(error[J11] run.json:1:61 (horizon): horizon has neither "until" nor "steps"; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"({"until": 2021, "steps": 3})"),
      {R"(error[J11] run.json:1:61 (horizon): horizon has both "until" and "steps"; remove one)"});
  check_faults(
      with_horizon(R"({"until": "2021-06-01T10:30"})"),
      {R"(error[J11] run.json:1:71 (horizon.until): "2021-06-01T10:30" is not a whole hour; the shortest step is hourly)"});
  check_faults(
      with_horizon(R"({"until": "01/02/2024"})"),
      {R"(error[J11] run.json:1:71 (horizon.until): "01/02/2024" can mean 2024-02-01 or 2024-01-02; write the year first)"});
  check_faults(
      with_horizon(R"({"until": 0})"),
      {R"(error[J5] run.json:1:71 (horizon.until): 0 is not a year from 1 to 9999; expected a year such as 2019 or a date such as "2019-07")"});
  check_faults(
      with_horizon(R"({"until": "2021-06-01T10"})"),
      {R"(error[J11] run.json:1:71 (horizon.until): 2021-06-01T10:00 has a time of day, but the data are yearly; write the date as the time column does)"});
  check_faults(
      with_horizon(R"({"steps": -3})"),
      {R"(error[N14] run.json:1:71 (horizon.steps): -3 steps ahead is nothing to forecast; expected a whole number of steps, at least 1)"});
  check_faults(
      with_horizon(R"({"unti": 2021})"),
      {R"(error[J11] run.json:1:61 (horizon): horizon has neither "until" nor "steps"; expected {"until": 2021}, {"steps": 3} or a whole number of steps, at least 1)",
       R"(error[J10] run.json:1:62 (horizon.unti): unknown key "unti" of horizon; did you mean "until"?)"});
}

TEST(PipelineHead, J10_NamesTheNearestKey) {
  check_faults(
      with_more(R"("nam": "x")"),
      {R"(error[J10] run.json:4:5 (nam): unknown key "nam" of a pipeline; did you mean "name"?)"});
  check_faults(
      with_more(R"("zzzzzzz": 1)"),
      {R"(error[J10] run.json:4:5 (zzzzzzz): unknown key "zzzzzzz" of a pipeline; valid are "$schema", "schema_version", "name", "time", "horizon", "coverage", "seed", "max_failed", "details", "steps", "outputs")"});
}

TEST(PipelineHead, J15_RefusesOtherSchemaVersions) {
  check_faults(
      with_more(R"("schema_version": 2)"),
      {R"(error[J15] run.json:4:23 (schema_version): written for schema version 2, this program reads version 1; use a newer Steppe)"});
  check_faults(
      with_more(R"("schema_version": 0)"),
      {R"(error[J15] run.json:4:23 (schema_version): there is no schema version 0; this program reads version 1)"});
}

TEST(PipelineHead, J5_J6_J11_RefusesWrongValues) {
  check_faults(
      with_more(R"("coverage": 95)"),
      {R"(error[J5] run.json:4:17 (coverage): 95 is out of range; expected a number between 0 and 1 such as 0.95; write 0.95, never 95)"});
  check_faults(
      with_more(R"("coverage": [0.8, 1])"),
      {R"(error[J5] run.json:4:23 (coverage[1]): 1 is out of range; expected a number between 0 and 1 such as 0.95)"});
  check_faults(with_more(R"("coverage": [0.8, 0.8])"),
               {R"(error[J11] run.json:4:23 (coverage[1]): 0.8 is given twice; remove one)"});
  check_faults(
      with_more(R"("coverage": [])"),
      {R"(error[J11] run.json:4:17 (coverage): an empty list; expected a number between 0 and 1 such as 0.95, or a list of them)"});
  check_faults(
      with_more(R"("coverage": "0.9")"),
      {R"(error[J11] run.json:4:17 (coverage): "0.9" is a string; expected a number between 0 and 1 such as 0.95, or a list of them)"});
  check_faults(
      with_more(R"("seed": -1)"),
      {R"(error[J5] run.json:4:13 (seed): -1 is out of range; expected a whole number from 0 to 18446744073709551615)"});
  check_faults(
      with_more(R"("seed": 18446744073709551616)"),
      {R"(error[J6] run.json:4:13 (seed): 18446744073709551616 is out of range; expected a whole number from 0 to 18446744073709551615)"});
  check_faults(
      with_more(R"("max_failed": 2)"),
      {R"(error[J5] run.json:4:19 (max_failed): 2 is out of range; expected a share of the series from 0 to 1)"});
  check_faults(
      with_more(R"("details": "al")"),
      {R"(error[J11] run.json:4:16 (details): "al" is not known; expected one of "auto", "all", "none"; did you mean "all"?)"});
}

TEST(PipelineHead, J17_RefusesPluginDirectories) {
  check_faults(
      with_more(R"("plugin_dir": "./plugins")"),
      {R"(error[J17] run.json:4:5 (plugin_dir): "plugin_dir": a pipeline may not name plugin files or directories; give them with --plugin-dir or STEPPE_PLUGIN_PATH)"});
}

TEST(PipelineHead, RefusesOutputsThatCannotBe) {
  check_faults(
      with_more(R"("outputs": [{"report": "a.html"}])"),
      {R"(error[J10] run.json:4:18 (outputs[0].report): "report" outputs are not available in this version)"});
  check_faults(
      with_more(R"("outputs": [{"forcast": "a.csv"}])"),
      {R"(error[J10] run.json:4:18 (outputs[0].forcast): unknown output "forcast"; did you mean "forecast"?)"});
  check_faults(
      with_more(R"("outputs": [{}])"),
      {R"(error[J11] run.json:4:17 (outputs[0]): 0 keys; expected an object such as {"forecast": "forecast.csv"})"});
  check_faults(
      with_more(R"("outputs": {"forecast": "a.csv"})"),
      {R"(error[J11] run.json:4:16 (outputs): {...} is an object; expected a list of outputs, each an object such as {"forecast": "forecast.csv"})"});
  check_faults(
      with_more(R"("outputs": [{"forecast": "a.csv"}, {"result": "./a.csv"}])"),
      {R"(error[J11] run.json:4:51 (outputs[1].result): "./a.csv" is written by two outputs; remove one)"});
  check_faults(
      with_more(R"("outputs": [{"forecast": "d.csv"}])"),
      {R"(error[J11] run.json:4:30 (outputs[0].forecast): "d.csv" is read by step "s"; choose another file)"});
  check_faults(
      with_more(R"("outputs": [{"forecast": "run.json"}])"),
      {R"(error[J11] run.json:4:30 (outputs[0].forecast): "run.json" is the pipeline itself; choose another file)"});
  check_faults(
      with_more(R"("outputs": [{"forecast": "out/"}])"),
      {R"(error[J11] run.json:4:30 (outputs[0].forecast): "out/" names a directory; expected a file)"});
  check_faults(
      with_more(R"("outputs": [{"forecast": ""}])"),
      {R"(error[J11] run.json:4:30 (outputs[0].forecast): an empty string; expected the path of a file)"});
}

TEST(PipelineHead, J11_NamesWhatIsMissing) {
  check_faults(
      whole(R"({})"),
      {R"(error[J11] run.json:1:1: missing key "time"; expected an object such as {"column": "year", "frequency": "yearly"})",
       R"(error[J11] run.json:1:1: missing key "horizon"; expected {"until": 2021}, {"steps": 3} or a whole number of steps)",
       R"(error[J11] run.json:1:1: missing key "steps"; expected an object of steps by name)"});
  check_faults(
      whole(R"([])"),
      {R"(error[J11] run.json:1:1: an empty list; expected an object with time, horizon and steps)"});
  check_faults(
      whole(R"({"time": 3, "horizon": 1, "steps": 2})"),
      {R"(error[J11] run.json:1:10 (time): 3 is a number; expected an object such as {"column": "year", "frequency": "yearly"})",
       R"(error[J11] run.json:1:36 (steps): 2 is a number; expected an object of steps by name)"});
  check_faults(
      whole(R"({"time": {"column": "", "frequency": "annual"}, "horizon": 1, "steps": {}})"),
      {R"(error[J11] run.json:1:21 (time.column): an empty string; expected the name of the time column)",
       R"(error[J11] run.json:1:38 (time.frequency): "annual" is not known; expected one of "yearly", "quarterly", "monthly", "weekly", "daily", "hourly")",
       R"(error[J11] run.json:1:72 (steps): no steps; expected at least one)"});
  check_faults(
      whole(
          R"({"time": {"column": "t", "frequency": "monthly"}, "horizon": {"until": 2021}, "steps": {"s": {"source": "csv", "path": "a"}}})"),
      {R"(error[J11] run.json:1:72 (horizon.until): 2021 is too coarse for monthly data; write the date as the time column does)"});
}

// The most severe fault decides how a program ends; each has its own code.
TEST(PipelineHead, GivesEachFaultItsExitCode) {
  const auto exit_of = [](const std::string& text) { return testing::only_fault(text).exit; };
  EXPECT_EQ(exit_of(with_horizon("0")), ExitCode::kPipelineRefused);
  EXPECT_EQ(exit_of(with_horizon("1000000000")), ExitCode::kResourceLimit);
  EXPECT_EQ(exit_of(with_more(R"("plugins": [])")), ExitCode::kDenied);
  const auto trend = [](const std::string& word) {
    return testing::with_steps(R"("a": {"series": "s.y", "trend": ")" + word + "\"}");
  };
  EXPECT_EQ(exit_of(trend("evil.so.1")), ExitCode::kDenied);
  EXPECT_EQ(exit_of(trend("..\\\\plugins")), ExitCode::kDenied);
  EXPECT_EQ(exit_of(trend("holt")), ExitCode::kPluginRefused);
  EXPECT_EQ(exit_of(trend("hotl")), ExitCode::kPipelineRefused);
}

}  // namespace
}  // namespace steppe
