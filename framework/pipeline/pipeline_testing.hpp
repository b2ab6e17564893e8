// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of this room share: a catalogue of made-up plugins, a good pipeline, and short
// ways to get at faults.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read_pipeline.hpp"

namespace steppe::testing {

inline OptionDescription option(std::string name, std::size_t type, std::string help) {
  OptionDescription out;
  out.name = std::move(name);
  out.type = type;
  out.help = std::move(help);
  return out;
}

enum OptionTypeIndex : std::size_t {
  kBoolType,
  kIntegerType,
  kDoubleType,
  kStringType,
  kBoolListType,
  kIntegerListType,
  kDoubleListType,
  kStringListType,
  kStringMapType
};

inline ComponentDescription component(std::string id, std::vector<OptionDescription> options = {}) {
  ComponentDescription out;
  out.id = std::move(id);
  out.version = "1.0.0";
  out.summary = "Made up for a test.";
  out.options = std::move(options);
  return out;
}

inline std::vector<OptionDescription> csv_options() {
  OptionDescription path = option("path", kStringType, "the file to read");
  path.required = true;
  path.path = true;
  OptionDescription delimiter = option("delimiter", kStringType, "what separates fields");
  delimiter.choices = {",", ";", "\t"};
  delimiter.default_value = std::string(",");
  OptionDescription skip = option("skip", kIntegerType, "lines before the header");
  skip.unit = "lines";
  skip.minimum = 0;
  skip.default_value = std::int64_t{0};
  OptionDescription missing = option("missing", kStringListType, "cells that stand for no value");
  missing.default_value = std::vector<std::string>{};
  return {path, delimiter, skip, missing, option("rename", kStringMapType, "new column names")};
}

// One option of every type, with every kind of bound.
inline std::vector<OptionDescription> every_option() {
  OptionDescription season = option("season_length", kIntegerType, "observations in one cycle");
  season.unit = "observations";
  season.minimum = 2;
  OptionDescription alpha = option("alpha", kDoubleType, "weight of the newest observation");
  alpha.minimum = 0;
  alpha.maximum = 1;
  alpha.exclusive_minimum = true;
  alpha.exclusive_maximum = true;
  OptionDescription count = option("count", kIntegerType, "any whole number");
  OptionDescription large = option("large", kIntegerType, "a bound beyond 2^53");
  large.maximum = 9007199254740992.0;
  OptionDescription token = option("token", kStringType, "name of a secret");
  token.secret = true;
  return {season,
          alpha,
          count,
          large,
          token,
          option("robust", kBoolType, "whether outliers weigh less"),
          option("flags", kBoolListType, "switches"),
          option("lags", kIntegerListType, "lags to use"),
          option("knots", kDoubleListType, "where the line bends")};
}

inline PluginCatalogue test_catalogue() {
  OptionDescription order = option("order", kIntegerType, "degree of the polynomial");
  order.minimum = 2;
  order.maximum = 6;
  order.default_value = std::int64_t{2};
  OptionDescription intercept = option("intercept", kDoubleType, "fixed value at time 0");
  PluginVerdict good;
  good.path = "/plugins/good.so";
  good.accepted = true;
  good.components = {component("source.csv", csv_options()),
                     component("trend.logarithmic"),
                     component("trend.linear", {intercept}),
                     component("trend.exponential", {intercept}),
                     component("trend.polynomial", {order, intercept}),
                     component("trend.power"),
                     component("trend.every", every_option()),
                     component("regression.ols"),
                     component("regression.wls")};
  good.components.back().tags = {{"uses_weights", 1}};
  PluginVerdict broken;
  broken.path = "/plugins/steppe_trend_holt.so";
  broken.fault = "B4";
  broken.reason = "built for SDK ABI 3.1 to 3.1, host offers 1.0 to 1.0";
  return PluginCatalogue::from_verdicts({good, broken}, {{"/plugins", "--plugin-dir"}});
}

inline std::optional<std::string> test_environment(const std::string& name) {
  static const std::map<std::string, std::string> values = {
      {"FILE", "data.csv"},
      {"EVIL", "x\", \"skip\": 9, \"y\": \"\n${FILE}"},
      {"MODEL", "linear"},
      {"LATIN", "caf\xE9"},
      {"EMPTY", ""}};
  const auto found = values.find(name);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

inline const PipelineContext& test_context() {
  static const PluginCatalogue catalogue = test_catalogue();
  static const PipelineContext context{&catalogue, test_environment, {}};
  return context;
}

inline Result<PipelineSpec, Faults> parse(std::string_view text) {
  return parse_pipeline(text, "run.json", test_context());
}

// The faults as a person reads them, one line each; empty when the pipeline is good.
inline std::vector<std::string> faults_of(std::string_view text) {
  std::vector<std::string> lines;
  const auto result = parse(text);
  if (result.ok()) return lines;
  for (const Fault& fault : result.error()) lines.push_back(to_text(fault));
  return lines;
}

// The only fault of a pipeline that has one.
inline Fault only_fault(std::string_view text) {
  const auto result = parse(text);
  if (result.ok() || result.error().size() != 1) {
    ADD_FAILURE() << "expected one fault, got " << ::testing::PrintToString(faults_of(text));
    return {};
  }
  return result.error().front();
}

inline std::string only_message(std::string_view text) { return to_text(only_fault(text)); }

// The pipeline of the source case.
inline const std::string kGood = R"({
  "$schema": "steppe-pipeline-1.schema.json",
  "name": "Karaganda GRP to 2021",
  "time": {"column": "year", "frequency": "yearly"},
  "horizon": {"until": 2021},
  "coverage": [0.80, 0.95],
  "steps": {
    "region":     {"source": "csv", "path": "karaganda.csv"},
    "mining":     {"trend": "best", "series": "region.mining", "criterion": "r_squared",
                   "candidates": ["logarithmic", "linear", "exponential", "polynomial", "power"]},
    "innovation": {"trend": "best", "series": "region.innovation", "pick": "exponential",
                   "candidates": ["logarithmic", "linear", "exponential", "polynomial", "power"]},
    "grp":        {"regression": "ols", "target": "region.grp", "regressors": ["mining", "innovation"]}
  },
  "outputs": [{"forecast": "grp_forecast.csv"}, {"result": "grp.json"}, {"record": "grp_run.json"}]
}
)";

// A small good pipeline on four lines, with the given text for horizon, one step and further
// members: `steps` is `"a": {...}` and stands after the source "s", at line 3 column 3.
struct Parts {
  std::string horizon = "3";
  std::string steps = R"("a": {"trend": "linear", "series": "s.y"})";
  std::string more = "";
  std::string source = R"("source": "csv", "path": "d.csv")";
};

inline std::string pipeline(const Parts& parts) {
  return R"({"time": {"column": "t", "frequency": "yearly"}, "horizon": )" + parts.horizon +
         ",\n \"steps\": {\"s\": {" + parts.source + "},\n  " + parts.steps + "\n }" + parts.more +
         "}\n";
}

inline std::string whole(const std::string& text) { return text; }
inline std::string with_horizon(const std::string& horizon) {
  return pipeline({.horizon = horizon});
}
inline std::string with_steps(const std::string& steps) { return pipeline({.steps = steps}); }
inline std::string with_more(const std::string& more) {
  return pipeline({.more = std::string(", ").append(more)});
}
inline std::string with_source(const std::string& source) { return pipeline({.source = source}); }

// The faults of a pipeline, all of them and in this order.
inline void check_faults(const std::string& text, const std::vector<std::string>& expected) {
  EXPECT_EQ(faults_of(text), expected) << text;
}

}  // namespace steppe::testing
