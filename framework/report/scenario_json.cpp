// SPDX-License-Identifier: Apache-2.0
#include "report/json_parts.hpp"
#include "report/scenario_parts.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

void write_scenario(JsonText& json, const StepResult& step, const ScenarioForecast& scenario,
                    const ForecastWriter& write_forecast) {
  json.key(scenario.name).object();
  json.key("changes").object(Layout::kOneLine);
  for (const ScenarioChange& change : scenario.changes) json.member(change.driver, change.text);
  json.end();
  if (scenario.rows.empty()) write_error(json, scenario.error);
  write_forecast(scenario.rows, scenario.regression);
  json.key("against_base").array();
  for (std::size_t i = 0; i < scenario.rows.size(); ++i) {
    json.object(Layout::kOneLine);
    json.member("time", label_of(scenario.rows[i].ordinal, step.calendar));
    json.member("difference", scenario.difference[i]);
    json.member("per_cent", scenario.per_cent[i]);
    json.end();
  }
  json.end();
  write_warnings(json, scenario.warnings);
  json.end();
}

}  // namespace

void write_scenarios(JsonText& json, const StepResult& step, const ScenarioComparison& comparison,
                     const ForecastWriter& write_forecast) {
  json.key("base").object();
  write_forecast(comparison.base, comparison.base_regression);
  json.end();
  json.key("scenarios").object();
  for (const ScenarioForecast& scenario : comparison.scenarios) {
    write_scenario(json, step, scenario, write_forecast);
  }
  json.end();
  json.key("elasticities").array();
  for (std::size_t i = 0; i < comparison.base.size(); ++i) {
    json.object(Layout::kOneLine);
    json.member("time", label_of(comparison.base[i].ordinal, step.calendar));
    json.key("drivers").object();
    for (const DriverEffect& effect : comparison.effects) {
      json.member(effect.driver, effect.elasticities[i]);
    }
    json.end();
    json.end();
  }
  json.end();
  json.key("tornado").object();
  json.member("time", label_of(comparison.base.back().ordinal, step.calendar));
  json.member("base", comparison.base.back().mean);
  json.key("drivers").array();
  for (const std::size_t index : comparison.tornado) {
    const DriverEffect& effect = comparison.effects[index];
    json.object(Layout::kOneLine);
    json.member("driver", effect.driver);
    json.member("swing", effect.by_standard_deviation ? "1 standard deviation" : "10%");
    json.member("lowered", effect.lowered).member("raised", effect.raised);
    json.member("effect", effect.effect);
    json.end();
  }
  json.end();
  json.end();
}

}  // namespace steppe
