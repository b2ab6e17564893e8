// SPDX-License-Identifier: Apache-2.0
// The JSON Schema (draft 7) of pipelines: what an editor needs to complete and check. Structure
// only: references between steps, labels of candidates, dates and paths are beyond a schema, and
// strings with ${NAME} may be more than it knows. It refuses nothing that read_pipeline accepts,
// but for words, choices and names written as ${NAME}.

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/option_schema.hpp"
#include "pipeline/read_pipeline.hpp"
#include "pipeline/schema_parts.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;
using schema_parts::date_schema;
using schema_parts::diagnostics_schema;
using schema_parts::names_schema;
using schema_parts::reference;
using schema_parts::regressors_schema;
using schema_parts::rows_schema;
using schema_parts::scenario_schema;
using schema_parts::shock_schema;
using schema_parts::text_schema;

Json time_schema() {
  return {{"type", "object"},
          {"description", "the time column of the sources and its frequency"},
          {"additionalProperties", false},
          {"required", {"column", "frequency"}},
          {"properties",
           {{"column", text_schema("name of the time column")},
            {"frequency",
             {{"enum", {"yearly", "quarterly", "monthly", "weekly", "daily", "hourly"}},
              {"description", "calendar step between two observations"}}}}}};
}

Json horizon_schema(std::int64_t max_horizon) {
  const Json steps = {{"type", "integer"},
                      {"minimum", 1},
                      {"maximum", max_horizon},
                      {"description", "number of steps after the end of each series"}};
  const Json object = {
      {"type", "object"},
      {"additionalProperties", false},
      {"minProperties", 1},
      {"maxProperties", 1},
      {"properties", {{"until", date_schema("last date to forecast")}, {"steps", steps}}}};
  return {{"description", "how far ahead to forecast"}, {"oneOf", Json::array({steps, object})}};
}

Json coverage_schema() {
  const Json one = {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 1}};
  return {
      {"description", "probability of a prediction interval: 0.95, never 95"},
      {"default", {0.8, 0.95}},
      {"oneOf",
       Json::array(
           {one, {{"type", "array"}, {"minItems", 1}, {"uniqueItems", true}, {"items", one}}})}};
}

Json outputs_schema() {
  return {{"type", "array"},
          {"description", "files to write, relative to the pipeline's folder"},
          {"items",
           {{"type", "object"},
            {"additionalProperties", false},
            {"minProperties", 1},
            {"maxProperties", 1},
            {"properties",
             {{"forecast", text_schema("forecast table, CSV")},
              {"result", text_schema("result object, JSON")},
              {"record", text_schema("run record, JSON")}}}}}};
}

// The kind's own keys, but for the kind's word. Shapes as in the step readers.
Json own_properties(StepKind kind) {
  if (kind == StepKind::kSource) {
    return {{"key", names_schema("key columns: they tell the series of a panel apart", true)},
            {"time", text_schema("name of the time column in this source")}};
  }
  if (kind == StepKind::kTrend) {
    return {{"series", text_schema("column of a source: \"region.mining\"")},
            {"rows", rows_schema()},
            {"missing",
             {{"enum", {"refuse", "trim"}},
              {"default", "refuse"},
              {"description", "what to do with missing values at the ends of a series"}}}};
  }
  return {
      {"target", text_schema("column of a source to explain: \"region.grp\"")},
      {"regressors", regressors_schema()},
      {"weights", text_schema("column of a source that weighs the rows: \"region.w\"")},
      {"pooled",
       {{"type", "boolean"},
        {"description", "one fit to the rows of all keys; always so for panel"}}},
      {"uncertainty",
       {{"enum", uncertainty_names()},
        {"description",
         "how the error of forecast regressors goes into the intervals; without it closed_form "
         "where that applies, else simulation"}}},
      {"draws",
       {{"type", "integer"},
        {"minimum", kFewestDraws},
        {"maximum", kMostDraws},
        {"default", 10'000},
        {"description", "draws of a simulation"}}},
      {"driver_correlation",
       {{"enum", correlation_names()},
        {"default", "residuals"},
        {"description",
         "what tells how the errors of drivers correlate: residuals of their trends, errors one "
         "step ahead from rolling origins, or nothing: they are independent"}}},
      {"rows", rows_schema()},
      {"diagnostics", diagnostics_schema()}};
}

Json best_schema() {
  Json properties = own_properties(StepKind::kTrend);
  properties["trend"] = {{"const", "best"}};
  properties["candidates"] = {{"type", "array"},
                              {"minItems", 1},
                              {"description", "models to choose among"},
                              {"items", reference("candidate")}};
  properties["criterion"] = {{"enum", criterion_names()},
                             {"default", "aicc"},
                             {"description", "how the best candidate is found"}};
  properties["pick"] = text_schema("the operator's own choice: a candidate's name");
  properties["holdout"] = {{"type", "integer"},
                           {"minimum", 1},
                           {"description", "observations to hold out, for criterion holdout"}};
  return {{"properties", properties},
          {"additionalProperties", false},
          {"required", {"series", "candidates"}}};
}

// A step or, when `candidate`, an entry of a list of candidates with one component.
Json component_schema(const ComponentDescription& component, StepKind kind, bool candidate) {
  Json properties = candidate ? Json::object() : own_properties(kind);
  if (candidate) properties["as"] = text_schema("a name for the candidate");
  Json required = Json::array();
  if (!candidate && kind == StepKind::kTrend) required = {"series"};
  if (kind == StepKind::kRegression) required = {"target", "regressors"};
  properties[component.kind()] = {{"const", component.name()}, {"description", component.summary}};
  for (const OptionDescription& option : component.options) {
    if (properties.contains(option.name)) continue;
    properties[option.name] = Json::parse(option_schema(option));
    if (option.required) required.push_back(option.name);
  }
  Json out = {{"description", component.summary},
              {"properties", properties},
              {"additionalProperties", false}};
  if (!required.empty()) out["required"] = required;
  return out;
}

// `if` the kind's word is this one, `then` the step must look like that.
Json rule(const std::string& kind, const std::string& word, const std::string& definition) {
  return {{"if", {{"properties", {{kind, {{"const", word}}}}}, {"required", {kind}}}},
          {"then", reference(definition)}};
}

class SchemaBuilder {
 public:
  explicit SchemaBuilder(const PluginCatalogue& catalogue) : catalogue_(catalogue) {}

  Json build() {
    Json words = Json::object();
    words["source"] = kind_words("source", StepKind::kSource);
    words["trend"] = kind_words("trend", StepKind::kTrend);
    words["regression"] = kind_words("regression", StepKind::kRegression);
    words["trend"]["enum"].push_back("best");
    step_rules_.push_back(rule("trend", "best", "trend.best"));
    definitions_["trend.best"] = best_schema();
    words["scenario"] = {{"type", "object"},
                         {"description", "forecasts of a regression with its drivers changed"}};
    step_rules_.push_back({{"if", {{"required", {"scenario"}}}}, {"then", reference("scenario")}});
    definitions_["scenario"] = scenario_schema();
    definitions_["shock"] = shock_schema();
    definitions_["candidate"] = candidate_schema(words["trend"]["enum"]);
    definitions_["step"] = {
        {"type", "object"},
        {"description", "a step: its kind and the plugin that serves it, then its options"},
        {"properties", words},
        {"oneOf", Json::array({{{"required", {"source"}}},
                               {{"required", {"trend"}}},
                               {{"required", {"regression"}}},
                               {{"required", {"scenario"}}}})},
        {"allOf", step_rules_}};
    return root();
  }

 private:
  // The words of one kind, and what each of them asks of a step.
  Json kind_words(const std::string& kind, StepKind step_kind) {
    Json words = Json::array();
    for (const std::string& word : component_words(catalogue_, kind)) {
      const std::string id = kind + "." + word;
      const auto entry = catalogue_.find(id);
      if (!entry) continue;  // two files serve it: no pipeline can use it
      words.push_back(word);
      definitions_[id] = component_schema(*entry->component, step_kind, false);
      step_rules_.push_back(rule(kind, word, id));
      if (step_kind != StepKind::kTrend) continue;
      definitions_[id + ":candidate"] = component_schema(*entry->component, step_kind, true);
      candidate_rules_.push_back(rule(kind, word, id + ":candidate"));
    }
    return {{"enum", words}, {"description", "plugin of kind " + kind}};
  }

  // All words but `best`, the last: either the word alone or an object with it. A word alone must
  // not need options.
  Json candidate_schema(Json words) const {
    words.erase(words.size() - 1);
    Json alone = Json::array();
    for (const auto& word : words) {
      const auto entry = catalogue_.find("trend." + word.get<std::string>());
      bool complete = true;
      for (const OptionDescription& option : entry->component->options) {
        complete = complete && !option.required;
      }
      if (complete) alone.push_back(word);
    }
    Json object = {{"type", "object"},
                   {"required", {"trend"}},
                   {"properties", {{"trend", {{"enum", words}}}}}};
    if (!candidate_rules_.empty()) object["allOf"] = candidate_rules_;
    return {{"oneOf", Json::array({{{"enum", alone}}, object})}};
  }

  Json root() const {
    const Json steps = {
        {"type", "object"},
        {"description", "the steps, by name"},
        {"minProperties", 1},
        {"propertyNames",
         {{"pattern", "^[^\\x00-/:-@\\[-^`{-\\x7f]+$"}, {"not", {{"pattern", "^[0-9]"}}}}},
        {"additionalProperties", reference("step")}};
    Json out;
    out["$schema"] = "http://json-schema.org/draft-07/schema#";
    out["title"] = "Steppe pipeline, schema version 1";
    out["type"] = "object";
    out["required"] = {"time", "horizon", "steps"};
    out["additionalProperties"] = false;
    out["properties"] = {
        {"$schema", text_schema("address of this schema, for editors")},
        {"schema_version", {{"const", 1}, {"type", "integer"}}},
        {"name", text_schema("name of the pipeline, for reports")},
        {"time", time_schema()},
        {"horizon", horizon_schema(PipelineLimits{}.max_horizon)},
        {"coverage", coverage_schema()},
        {"seed",
         {{"type", "integer"}, {"minimum", 0}, {"description", "seed of all random numbers"}}},
        {"max_failed",
         {{"type", "number"},
          {"minimum", 0},
          {"maximum", 1},
          {"description", "share of the series that may fail"}}},
        {"details",
         {{"enum", {"auto", "all", "none"}},
          {"default", "auto"},
          {"description", "how much of each fit stands in the result"}}},
        {"steps", steps},
        {"outputs", outputs_schema()}};
    out["definitions"] = definitions_;
    return out;
  }

  const PluginCatalogue& catalogue_;
  Json definitions_ = Json::object();
  Json step_rules_ = Json::array();
  Json candidate_rules_ = Json::array();
};

}  // namespace

std::string pipeline_schema(const PluginCatalogue& catalogue) {
  return SchemaBuilder(catalogue).build().dump(2) + "\n";
}

}  // namespace steppe
