// SPDX-License-Identifier: Apache-2.0
// The schema and our own checks agree wherever a schema can know: an editor shows no error on a
// good pipeline, and shows one on a pipeline whose structure is wrong.

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::faults_of;
using testing::Parts;
using testing::pipeline;
using testing::with_horizon;
using testing::with_more;
using testing::with_source;

nlohmann::json schema_json() {
  return nlohmann::json::parse(pipeline_schema(*testing::test_context().catalogue));
}

bool schema_accepts(const std::string& text) {
  static const nlohmann::json document = schema_json();
  static const auto schema = [] {
    auto out = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    parser.populateSchema(adapter, *out);
    return out;
  }();
  const nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) return false;
  valijson::Validator validator;
  const valijson::adapters::NlohmannJsonAdapter target(value);
  return validator.validate(*schema, target, nullptr);
}

std::string with_step(const std::string& step) {
  return pipeline({.steps = std::string("\"a\": ").append(step)});
}
std::string with_candidates(const std::string& candidates) {
  return with_step(std::string(R"({"trend": "best", "series": "s.y", "candidates": )") +
                   candidates + "}");
}

// A regression r on s.x and scenarios of it.
std::string with_scenario(const std::string& scenarios) {
  return pipeline(
      {.steps = R"("r": {"regression": "ols", "target": "s.y", "regressors": ["s.x"]}, )"
                R"("a": {"of": "r", "scenario": )" +
                scenarios + "}"});
}

std::vector<std::string> good_pipelines() {
  return {
      testing::kGood,
      pipeline({}),
      with_horizon("1"),
      with_horizon("100000"),
      with_horizon(R"({"steps": 2})"),
      with_horizon(R"({"until": 2030})"),
      with_horizon(R"({"until": "2030"})"),
      with_more(R"("coverage": 0.9)"),
      with_more(R"("coverage": [0.5])"),
      with_more(R"("seed": 9223372036854775807)"),  // valijson cannot read larger ones
      with_more(R"("max_failed": 0, "details": "all", "schema_version": 1, "name": "n")"),
      with_more(R"("outputs": [])"),
      with_more(R"("outputs": [{"result": "r.json"}])"),
      with_source(R"("source": "csv", "path": "d", "delimiter": ";", "skip": 2)"),
      with_source(R"("source": "csv", "path": "d", "missing": ["NA", ""], "rename": {})"),
      with_source(R"("source": "csv", "path": "d", "key": "k", "time": "day")"),
      with_source(R"("source": "csv", "path": "d", "key": ["k", "l"])"),
      with_step(R"({"trend": "polynomial", "series": "s.y", "order": 6, "intercept": -1.5})"),
      with_step(R"({"trend": "linear", "series": "s.y", "rows": {"from": 2011}})"),
      with_step(R"({"trend": "linear", "series": "s.y", "missing": "trim"})"),
      with_step(R"({"trend": "every", "series": "s.y", "alpha": 0.999, "season_length": 2})"),
      with_step(
          R"({"trend": "every", "series": "s.y", "flags": [], "lags": [-1], "robust": false})"),
      with_candidates(R"(["linear"])"),
      with_candidates(R"(["linear", {"trend": "polynomial", "order": 3, "as": "cubic"}])"),
      with_step(
          R"({"regression": "ols", "target": "s.y", "regressors": ["s.x"], "diagnostics": {"chow": 2015, "cusum": true, "breusch_godfrey_order": 2}})"),
      with_step(R"({"regression": "ols", "target": "s.y", "regressors": ["s.x"]})"),
      with_step(
          R"({"regression": "wls", "target": "s.y", "weights": "s.w", "regressors": ["s.x", {"of": "s.x", "lag": 2, "as": "x"}]})"),
      with_scenario(
          R"({"b": {"s.x": {"change": "+10%", "from": 2020}}, "c": {"s.x": {"change": -5}}})"),
      with_scenario(
          R"({"b": {"s.x": {"standard_deviations": 1}}, "c": {"s.x": {"column": "s.p"}}})"),
      with_scenario(R"({"b": {"s.x": {"values": [1, 2.5, 3]}}})")};
}

// What a schema can see.
std::vector<std::string> bad_structures() {
  return {
      "[]",
      "{}",
      "3",
      R"({"time": {"column": "t", "frequency": "yearly"}, "horizon": 1})",
      R"({"time": {"column": "t"}, "horizon": 1, "steps": {"s": {"source": "csv", "path": "d"}}})",
      R"({"time": {"column": "t", "frequency": "yearly"}, "horizon": 1, "steps": {}})",
      with_horizon("0"),
      with_horizon("-1"),
      with_horizon("3.9"),
      with_horizon("1e20"),
      with_horizon("\"12\""),
      with_horizon("1000000000"),
      with_horizon("{}"),
      with_horizon(R"({"until": 2030, "steps": 1})"),
      with_horizon(R"({"until": 10000})"),
      with_horizon(R"({"stepz": 1})"),
      with_more(R"("coverage": 95)"),
      with_more(R"("coverage": [])"),
      with_more(R"("coverage": [0.9, 0.9])"),
      with_more(R"("coverage": 0)"),
      with_more(R"("coverage": "0.9")"),
      with_more(R"("seed": -1)"),
      with_more(R"("seed": 1.5)"),
      with_more(R"("seed": 18446744073709551616)"),
      with_more(R"("max_failed": 1.1)"),
      with_more(R"("details": "some")"),
      with_more(R"("schema_version": 2)"),
      with_more(R"("name": "")"),
      with_more(R"("nam": "x")"),
      with_more(R"("outputs": {"result": "r"})"),
      with_more(R"("outputs": [{}])"),
      with_more(R"("outputs": [{"result": "r", "record": "s"}])"),
      with_more(R"("outputs": [{"results": "r"}])"),
      with_more(R"("outputs": [{"result": ""}])"),
      with_source(R"("source": "csv")"),
      with_source(R"("source": "cvs", "path": "d")"),
      with_source(R"("source": "csv", "path": "")"),
      with_source(R"("source": "csv", "path": "d", "delimiter": "|")"),
      with_source(R"("source": "csv", "path": "d", "skip": -1)"),
      with_source(R"("source": "csv", "path": "d", "skip": "1")"),
      with_source(R"("source": "csv", "path": "d", "missing": "NA")"),
      with_source(R"("source": "csv", "path": "d", "missing": [1])"),
      with_source(R"("source": "csv", "path": "d", "rename": {"a": 1})"),
      with_source(R"("source": "csv", "path": "d", "rename": [])"),
      with_source(R"("source": "csv", "path": "d", "key": [])"),
      with_source(R"("source": "csv", "path": "d", "key": ["k", "k"])"),
      with_source(R"("source": "csv", "path": "d", "time": 3)"),
      with_source(R"("source": "csv", "path": "d", "pth": "e")"),
      with_step("{}"),
      with_step("3"),
      with_step(R"({"trned": "linear", "series": "s.y"})"),
      with_step(R"({"trend": "linear", "regression": "ols", "series": "s.y"})"),
      with_step(R"({"trend": "linear"})"),
      with_step(R"({"trend": "./evil.so", "series": "s.y"})"),
      with_step(R"({"trend": "linear", "series": "s.y", "order": 2})"),
      with_step(R"({"trend": "polynomial", "series": "s.y", "order": 7})"),
      with_step(R"({"trend": "polynomial", "series": "s.y", "order": 2.5})"),
      with_step(R"({"trend": "linear", "series": "s.y", "missing": "drop"})"),
      with_step(R"({"trend": "linear", "series": "s.y", "rows": {}})"),
      with_step(R"({"trend": "linear", "series": "s.y", "criterion": "aicc"})"),
      with_step(R"({"trend": "every", "series": "s.y", "alpha": 1})"),
      with_step(R"({"trend": "every", "series": "s.y", "alpha": 0})"),
      with_step(R"({"trend": "every", "series": "s.y", "robust": 1})"),
      with_step(R"({"trend": "every", "series": "s.y", "lags": [1.5]})"),
      with_step(R"({"trend": "best", "series": "s.y"})"),
      with_step(R"({"check": "ratio"})"),
      with_candidates("[]"),
      with_candidates(R"("linear")"),
      with_candidates(R"(["best"])"),
      with_candidates(R"([{"as": "x"}])"),
      with_candidates(R"([{"trend": "polynomial", "ordre": 3}])"),
      with_step(R"({"regression": "ols", "target": "s.y"})"),
      with_step(R"({"regression": "ols", "target": "s.y", "regressors": []})"),
      with_step(R"({"regression": "ols", "target": "s.y", "regressors": "s.x"})"),
      with_step(R"({"regression": "ols", "target": "s.y", "regressors": [{"lag": 1}]})"),
      with_step(
          R"({"regression": "ols", "target": "s.y", "regressors": [{"of": "s.x", "lag": -1}]})"),
      with_scenario(R"({"b": {}})"),
      with_scenario(R"({"base": {"s.x": {"change": 1}}})"),
      with_scenario(R"({"b": {"s.x": {"change": 1, "values": [1]}}})"),
      with_scenario(R"({"b": {"s.x": {"values": []}}})"),
      with_step(R"({"scenario": {"b": {"s.x": {"change": 1}}}})"),
      pipeline({.steps = R"("a.b": {"trend": "linear", "series": "s.y"})"}),
      pipeline({.steps = R"("1a": {"trend": "linear", "series": "s.y"})"}),
      pipeline({.steps = R"("a b": {"trend": "linear", "series": "s.y"})"})};
}

// What a schema cannot see: meanings. Only our own checks refuse these.
std::vector<std::string> bad_meanings() {
  return {
      with_step(R"({"trend": "linear", "series": "nowhere.y"})"),
      with_step(R"({"trend": "linear", "series": "s"})"),
      with_step(R"({"trend": "linear", "series": "a.y"})"),
      with_step(R"({"trend": "linear", "series": "s.t"})"),
      with_step(R"({"trend": "linear", "series": "s.y", "rows": {"from": 2019, "to": 2011}})"),
      with_step(R"({"trend": "linear", "series": "s.y", "rows": {"from": "1/2/2019"}})"),
      with_candidates(R"(["linear", "linear"])"),
      with_step(R"({"trend": "best", "series": "s.y", "candidates": ["linear"], "pick": "x"})"),
      with_step(R"({"trend": "best", "series": "s.y", "candidates": ["linear"], "holdout": 2})"),
      with_horizon(R"({"until": "soon"})"),
      with_more(R"("outputs": [{"result": "r"}, {"record": "./r"}])"),
      with_more(R"("outputs": [{"result": "d.csv"}])"),
      with_step(R"({"trend": "linear", "series": "s.${UNSET}"})"),
      // Duplicate keys are gone before a schema sees the document.
      std::string(R"({"name": "a", )").append(pipeline({.more = R"(, "name": "b")"}).substr(1))};
}

TEST(PipelineSchema, AgreesWithTheReaderOnGoodPipelines) {
  for (const std::string& text : good_pipelines()) {
    EXPECT_THAT(faults_of(text), ::testing::IsEmpty()) << text;
    EXPECT_TRUE(schema_accepts(text)) << text;
  }
}

TEST(PipelineSchema, AgreesWithTheReaderOnBadStructures) {
  for (const std::string& text : bad_structures()) {
    EXPECT_THAT(faults_of(text), ::testing::Not(::testing::IsEmpty())) << text;
    EXPECT_FALSE(schema_accepts(text)) << text;
  }
}

TEST(PipelineSchema, LeavesMeaningsToTheReader) {
  for (const std::string& text : bad_meanings()) {
    EXPECT_THAT(faults_of(text), ::testing::Not(::testing::IsEmpty())) << text;
    EXPECT_TRUE(schema_accepts(text)) << text;
  }
}

TEST(PipelineSchema, TellsEditorsWhatTheOptionTablesSay) {
  const nlohmann::json schema = schema_json();
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  const nlohmann::json& definitions = schema["definitions"];
  EXPECT_EQ(definitions["trend.polynomial"]["properties"]["order"],
            nlohmann::json::parse(R"({"type": "integer", "minimum": 2, "maximum": 6, "default": 2,
                                      "description": "degree of the polynomial"})"));
  EXPECT_EQ(definitions["source.csv"]["properties"]["delimiter"],
            nlohmann::json::parse(R"({"type": "string", "enum": [",", ";", "\t"], "default": ",",
                                      "description": "what separates fields"})"));
  EXPECT_EQ(definitions["source.csv"]["properties"]["skip"]["description"],
            "lines before the header [lines]");
  EXPECT_EQ(definitions["source.csv"]["required"], nlohmann::json::parse(R"(["path"])"));
  EXPECT_EQ(definitions["trend.every"]["properties"]["alpha"],
            nlohmann::json::parse(R"({"type": "number", "exclusiveMinimum": 0,
                "exclusiveMaximum": 1, "description": "weight of the newest observation"})"));
}

TEST(PipelineSchema, StandsOnItsOwnWithoutPlugins) {
  const nlohmann::json schema =
      nlohmann::json::parse(pipeline_schema(PluginCatalogue::from_verdicts({})));
  EXPECT_EQ(schema["definitions"]["step"]["properties"]["trend"]["enum"],
            nlohmann::json::parse(R"(["best"])"));
}

}  // namespace
}  // namespace steppe
