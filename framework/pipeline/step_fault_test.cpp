// SPDX-License-Identifier: Apache-2.0
// What is refused of a single step, with every message in full.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::check_faults;
using testing::with_source;
using testing::with_steps;

TEST(PipelineStep, RefusesUnknownPluginsWithTheNearestWord) {
  check_faults(
      with_steps(R"("a": {"trend": "linaer", "series": "s.y"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): there is no trend plugin "linaer"; did you mean "linear"?; directories searched: /plugins (--plugin-dir))"});
  check_faults(
      with_steps(R"("a": {"trend": "banana", "series": "s.y"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): there is no trend plugin "banana"; valid are "every", "exponential", "linear", "logarithmic", "polynomial", "power"; directories searched: /plugins (--plugin-dir))"});
  check_faults(
      with_steps(R"("a": {"trend": "holt", "series": "s.y"})"),
      {R"(error[B4] run.json:3:18 (steps.a.trend) plugin=steppe_trend_holt.so (/plugins/steppe_trend_holt.so): built for SDK ABI 3.1 to 3.1, host offers 1.0 to 1.0)"});
  check_faults(
      with_steps(R"("a": {"trend": "trend.linear", "series": "s.y"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): "trend.linear" repeats the kind; write "linear")"});
  check_faults(
      with_steps(R"("a": {"trend": "auto", "series": "s.y"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): "auto" is not available in this version; use "best" with candidates)"});
  check_faults(
      with_steps(R"("a": {"trend": 3, "series": "s.y"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): 3 is a number; expected the name of a trend plugin)"});
}

TEST(PipelineStep, J17_RefusesLibraryFilesAndDirectories) {
  check_faults(
      with_steps(R"("a": {"trend": "./evil.so", "series": "s.y"})"),
      {R"(error[J17] run.json:3:18 (steps.a.trend): a pipeline may not name a library file "./evil.so"; use a plugin id)"});
  check_faults(
      with_steps(R"("a": {"trend": "plugins/", "series": "s.y"})"),
      {R"(error[J17] run.json:3:18 (steps.a.trend): a pipeline may not name a plugin directory "plugins/"; use a plugin id)"});
  check_faults(
      with_steps(R"("a": {"plugin": "./x.so"})"),
      {R"(error[J17] run.json:3:9 (steps.a.plugin): "plugin": a pipeline may not name plugin files or directories; give them with --plugin-dir or STEPPE_PLUGIN_PATH)"});
  check_faults(
      with_steps(R"("r": {"regression": "s.so", "target": "s.y", "regressors": ["s.x"]})"),
      {R"(error[J17] run.json:3:23 (steps.r.regression): a pipeline may not name a library file "s.so"; use a plugin id)"});
}

TEST(PipelineStep, J10_J11_RefusesStepsWithoutAKind) {
  check_faults(
      with_steps(R"("a": {"trend": "linear"})"),
      {R"(error[J11] run.json:3:8 (steps.a): missing key "series"; expected a column such as "region.mining")"});
  check_faults(
      with_steps(R"("a": {"check": "ratio", "of": "x"})"),
      {R"(error[J10] run.json:3:18 (steps.a.check): check steps are not available in this version)"});
  check_faults(
      with_steps(R"("a": {"trned": "linear", "series": "s.y"})"),
      {R"(error[J10] run.json:3:9 (steps.a.trned): unknown step kind "trned"; did you mean "trend"?)"});
  check_faults(
      with_steps(R"("a": {})"),
      {R"(error[J11] run.json:3:8 (steps.a): a step without a kind; expected one of the keys "source", "trend", "regression", "scenario")"});
  check_faults(
      with_steps(R"("a": 3)"),
      {R"(error[J11] run.json:3:8 (steps.a): 3 is a number; expected a step such as {"trend": "linear", "series": "region.mining"})"});
  check_faults(
      with_steps(R"("a b": {"trend": "linear", "series": "s.y"})"),
      {R"(error[J11] run.json:3:3 (steps["a b"]): "a b" cannot name a step; use letters, digits and _, not a digit first)"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "source": "csv"})"),
      {R"(error[J11] run.json:3:18 (steps.a.trend): a step with two kinds, "source" and "trend"; make it two steps)"});
  check_faults(
      with_steps(R"("a": {"trend": "polynomial", "series": "s.y", "ordr": 3})"),
      {R"(error[J10] run.json:3:49 (steps.a.ordr): unknown key "ordr" for trend.polynomial; did you mean "order"?)"});
  check_faults(
      with_steps(R"("a": {"trend": "best", "series": "s.y"})"),
      {R"(error[J11] run.json:3:8 (steps.a): missing key "candidates"; expected a list of trend plugins, at least one)"});
  check_faults(
      with_steps(R"("a": {"trend": "best", "series": "s.y", "candidates": []})"),
      {R"(error[J11] run.json:3:57 (steps.a.candidates): an empty list; expected a list of trend plugins, at least one)"});
  check_faults(
      with_steps(
          R"("a": {"trend": "best", "series": "s.y", "candidates": ["linear", 3, "linear"], "criterion": "r2", "pick": "x", "holdout": 2})"),
      {R"(error[J11] run.json:3:68 (steps.a.candidates[1]): 3 is a number; expected the name of a trend plugin or an object such as {"trend": "polynomial", "order": 3})",
       R"(error[J11] run.json:3:71 (steps.a.candidates[2]): two candidates are called "linear"; name one of them with "as")",
       R"(error[J11] run.json:3:95 (steps.a.criterion): "r2" is not known; expected one of "r_squared", "adjusted_r_squared", "aicc", "bic", "holdout")",
       R"(error[J11] run.json:3:125 (steps.a.holdout): "holdout" has no effect without "criterion": "holdout")"});
  check_faults(
      with_steps(
          R"("a": {"trend": "best", "series": "s.y", "candidates": ["linear", "power"], "pick": "liner"})"),
      {R"(error[J11] run.json:3:86 (steps.a.pick): "liner" is not one of the candidates; did you mean "linear"?)"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.y", "criterion": "aicc"})"),
      {R"(error[J10] run.json:3:45 (steps.a.criterion): unknown key "criterion" for trend.linear; valid are "trend", "series", "rows", "missing", "intercept")"});
}

TEST(PipelineStep, J5_J6_QuotesTheOptionTable) {
  check_faults(
      with_steps(R"("a": {"trend": "polynomial", "series": "s.y", "order": 9})"),
      {R"(error[J5] run.json:3:58 (steps.a.order): 9 is out of range; expected order of trend.polynomial: whole number, 2 to 6, default 2 (degree of the polynomial))"});
  check_faults(
      with_steps(R"("a": {"trend": "polynomial", "series": "s.y", "order": 2.5})"),
      {R"(error[J5] run.json:3:58 (steps.a.order): 2.5 is not a whole number; expected order of trend.polynomial: whole number, 2 to 6, default 2 (degree of the polynomial))"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.y", "intercept": 1e-400})"),
      {R"(error[J6] run.json:3:58 (steps.a.intercept): 1e-400 cannot be held by a double; expected intercept of trend.linear: number (fixed value at time 0))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "alpha": 1})"),
      {R"(error[J5] run.json:3:53 (steps.a.alpha): 1 is out of range; expected alpha of trend.every: number, above 0, below 1 (weight of the newest observation))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "large": 9007199254740993})"),
      {R"(error[J5] run.json:3:53 (steps.a.large): 9007199254740993 is out of range; expected large of trend.every: whole number, at most 9007199254740992 (a bound beyond 2^53))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "count": 9223372036854775808})"),
      {R"(error[J6] run.json:3:53 (steps.a.count): 9223372036854775808 is out of range; expected count of trend.every: whole number (any whole number))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "token": 12345, "robust": 1})"),
      {R"(error[J11] run.json:3:53 (steps.a.token): not a string; expected token of trend.every: string (name of a secret))",
       R"(error[J11] run.json:3:70 (steps.a.robust): 1 is a number; expected robust of trend.every: true or false (whether outliers weigh less))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "lags": [1, "x", 2.5]})"),
      {R"(error[J5] run.json:3:56 (steps.a.lags[1]): "x" is a string; expected lags of trend.every: list of whole numbers (lags to use))",
       R"(error[J5] run.json:3:61 (steps.a.lags[2]): 2.5 is not a whole number; expected lags of trend.every: list of whole numbers (lags to use))"});
  check_faults(
      with_steps(
          R"("a": {"trend": "best", "series": "s.y", "candidates": ["linear"], "holdout": 0})"),
      {R"(error[J5] run.json:3:80 (steps.a.holdout): 0 is out of range; expected a number of observations, at least 1)",
       R"(error[J11] run.json:3:80 (steps.a.holdout): "holdout" has no effect without "criterion": "holdout")"});
}

TEST(PipelineStep, J11_RefusesWrongKeysOfTrends) {
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.y", "intercept": "1"})"),
      {R"(error[J11] run.json:3:58 (steps.a.intercept): "1" is a string; expected intercept of trend.linear: number (fixed value at time 0))"});
  check_faults(
      with_steps(
          R"("a": {"trend": "linear", "series": "s.y", "rows": {"from": 2019, "to": 2011}})"),
      {R"(error[J11] run.json:3:53 (steps.a.rows): from 2019 is after to 2011; no rows would be left)"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.y", "rows": {}})"),
      {R"(error[J11] run.json:3:53 (steps.a.rows): missing key "from" or "to"; expected one or both)"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.y", "missing": "drop"})"),
      {R"(error[J11] run.json:3:56 (steps.a.missing): "drop" is not known; expected one of "refuse", "trim")"});
}

TEST(PipelineStep, N13_RefusesWrongSeasons) {
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "season_length": 1})"),
      {R"(error[N13] run.json:3:61 (steps.a.season_length): 1 is out of range; expected season_length of trend.every: whole number, at least 2, in observations (observations in one cycle))"});
  check_faults(
      with_steps(R"("a": {"trend": "every", "series": "s.y", "season_length": 4.5})"),
      {R"(error[N13] run.json:3:61 (steps.a.season_length): 4.5 is not a whole number; expected season_length of trend.every: whole number, at least 2, in observations (observations in one cycle))"});
}

TEST(PipelineStep, J11_RefusesWrongRegressions) {
  check_faults(
      with_steps(R"("r": {"regression": "ols", "target": "s.y", "regressors": []})"),
      {R"(error[J11] run.json:3:61 (steps.r.regressors): an empty list; expected a list of trend steps and columns such as ["mining", "region.innovation"])"});
  check_faults(
      with_steps(R"("r": {"regression": "ols", "target": "s.y", "regressors": "s.x"})"),
      {R"(error[J11] run.json:3:61 (steps.r.regressors): "s.x" is a string; expected a list of trend steps and columns such as ["mining", "region.innovation"])"});
  check_faults(
      with_steps(
          R"("r": {"regression": "ols", "target": "s.y", "regressors": ["s.x", "s.x", ""]})"),
      {R"(error[J11] run.json:3:69 (steps.r.regressors[1]): "s.x" is given twice; remove one)",
       R"(error[J11] run.json:3:76 (steps.r.regressors[2]): an empty string; expected a list of trend steps and columns such as ["mining", "region.innovation"])"});
}

TEST(PipelineStep, J5_J11_RefusesWrongOptionsOfSources) {
  check_faults(
      with_source(R"("source": "csv")"),
      {R"(error[J11] run.json:2:17 (steps.s): missing key "path"; expected path of source.csv: string, required (the file to read))"});
  check_faults(
      with_source(R"("source": "csv", "path": "${FILE}", "delimiter": "${EVIL}")"),
      {R"(error[J11] run.json:2:67 (steps.s.delimiter): "${EVIL}" is not one of the choices; expected delimiter of source.csv: string, one of ",", ";", "\x09", default "," (what separates fields))"});
  check_faults(
      with_source(R"("source": "csv", "path": "${EMPTY}")"),
      {R"(error[J11] run.json:2:43 (steps.s.path): "${EMPTY}" is empty; expected path of source.csv: string, required (the file to read))"});
  check_faults(
      with_source(R"("source": "csv", "path": "d.csv", "delimiter": "|")"),
      {R"(error[J11] run.json:2:65 (steps.s.delimiter): "|" is not one of the choices; expected delimiter of source.csv: string, one of ",", ";", "\x09", default "," (what separates fields))"});
  check_faults(
      with_source(R"("source": "csv", "path": "d.csv", "key": ["t"])"),
      {R"(error[J11] run.json:2:59 (steps.s.key): "t" is the time column; it cannot be a key)"});
  check_faults(
      with_source(R"("source": "csv", "path": "d.csv", "key": "k", "skip": -1)"),
      {R"(error[J5] run.json:2:72 (steps.s.skip): -1 is out of range; expected skip of source.csv: whole number, at least 0, in lines, default 0 (lines before the header))"});
  check_faults(
      with_source(R"("source": "csv", "path": 3, "missing": "NA", "rename": {"a": 1})"),
      {R"(error[J11] run.json:2:43 (steps.s.path): 3 is a number; expected path of source.csv: string, required (the file to read))",
       R"(error[J11] run.json:2:57 (steps.s.missing): "NA" is a string; expected missing of source.csv: list of strings, default [] (cells that stand for no value))",
       R"(error[J11] run.json:2:79 (steps.s.rename.a): 1 is a number; expected rename of source.csv: map of strings (new column names))"});
}

TEST(PipelineStep, J16_RefusesVariablesThatCannotBeExpanded) {
  check_faults(
      with_source(R"("source": "csv", "path": "${UNSET}")"),
      {R"(error[J16] run.json:2:43 (steps.s.path): the environment variable UNSET is not set; set it or write the value)"});
  check_faults(
      with_source(R"("source": "csv", "path": "${LATIN}")"),
      {R"(error[J16] run.json:2:43 (steps.s.path): the environment variable LATIN does not hold UTF-8)"});
  check_faults(
      with_source(R"("source": "csv", "path": "${}x")"),
      {R"(error[J16] run.json:2:43 (steps.s.path): "${" without a variable's name; write ${NAME})"});
  check_faults(
      with_source(R"("source": "csv", "path": "a${FILE")"),
      {R"(error[J16] run.json:2:43 (steps.s.path): "${" without a variable's name; write ${NAME})"});
}

}  // namespace
}  // namespace steppe
