// SPDX-License-Identifier: Apache-2.0
#include "pipeline/schema_parts.hpp"

#include <nlohmann/json.hpp>

namespace steppe::schema_parts {

Json text_schema(const char* description) {
  return {{"type", "string"}, {"minLength", 1}, {"description", description}};
}

Json reference(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }

Json date_schema(const char* description) {
  return {{"description", description},
          {"oneOf", Json::array({{{"type", "integer"}, {"minimum", 1}, {"maximum", 9999}},
                                 {{"type", "string"}, {"minLength", 1}}})}};
}

Json names_schema(const char* description, bool single) {
  Json list = {{"type", "array"},
               {"minItems", 1},
               {"uniqueItems", true},
               {"items", {{"type", "string"}, {"minLength", 1}}}};
  if (!single) {
    list["description"] = description;
    return list;
  }
  return {{"description", description},
          {"oneOf", Json::array({{{"type", "string"}, {"minLength", 1}}, list})}};
}

Json rows_schema() {
  return {{"type", "object"},
          {"description", "observations to use, both ends included"},
          {"minProperties", 1},
          {"additionalProperties", false},
          {"properties",
           {{"from", date_schema("first date to use")}, {"to", date_schema("last date to use")}}}};
}

Json regressors_schema() {
  const Json name = text_schema("trend step or column of a source");
  const Json object = {
      {"type", "object"},
      {"additionalProperties", false},
      {"required", {"of"}},
      {"properties",
       {{"of", name},
        {"lag",
         {{"type", "integer"},
          {"minimum", 0},
          {"maximum", 100'000},
          {"default", 0},
          {"description", "how many steps of the calendar earlier its value counts"}}},
        {"as", text_schema("a name for the regressor")}}}};
  return {{"type", "array"},
          {"minItems", 1},
          {"uniqueItems", true},
          {"description", "trend steps and columns of sources, some of them lagged"},
          {"items", {{"oneOf", Json::array({name, object})}}}};
}

Json diagnostics_schema() {
  return {{"type", "object"},
          {"description", "tests on request, beside those that are always made"},
          {"additionalProperties", false},
          {"properties",
           {{"chow", date_schema("first date after a supposed change of the coefficients")},
            {"cusum", {{"type", "boolean"}, {"description", "recursive residuals, summed up"}}},
            {"breusch_godfrey_order",
             {{"type", "integer"},
              {"minimum", 1},
              {"maximum", 1000},
              {"description", "lags of the test for autocorrelation"}}}}}};
}

// What a scenario does to one driver.
Json shock_schema() {
  const Json properties = {
      {"change",
       {{"description", "per cent such as \"+10%\", or an amount in the driver's unit"},
        {"oneOf", Json::array({{{"type", "number"}}, {{"type", "string"}, {"minLength", 2}}})}}},
      {"standard_deviations",
       {{"type", "number"}, {"description", "standard deviations of the driver's forecast error"}}},
      {"values",
       {{"type", "array"},
        {"minItems", 1},
        {"items", {{"type", "number"}}},
        {"description", "one value for each date; known, without error"}}},
      {"column", text_schema("column of a source with a value for each date: \"plan.mining\"")},
      {"from", date_schema("first date to change")},
      {"to", date_schema("last date to change")}};
  Json one = Json::array();
  for (const char* key : {"change", "standard_deviations", "values", "column"}) {
    one.push_back({{"required", {key}}});
  }
  return {{"type", "object"},
          {"description", "how a driver is changed"},
          {"properties", properties},
          {"additionalProperties", false},
          {"oneOf", one}};
}

Json scenario_schema() {
  const Json drivers = {{"type", "object"},
                        {"description", "drivers of the regression, by name"},
                        {"minProperties", 1},
                        {"additionalProperties", reference("shock")}};
  const Json scenarios = {{"type", "object"},
                          {"description", "the scenarios, by name"},
                          {"minProperties", 1},
                          {"propertyNames", {{"not", {{"enum", {"", "base"}}}}}},
                          {"additionalProperties", drivers}};
  return {
      {"properties", {{"scenario", scenarios}, {"of", text_schema("the regression step to vary")}}},
      {"additionalProperties", false},
      {"required", {"scenario", "of"}}};
}

}  // namespace steppe::schema_parts
