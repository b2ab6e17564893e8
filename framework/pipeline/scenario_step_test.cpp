// SPDX-License-Identifier: Apache-2.0
#include "pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::check_faults;
using testing::parse;
using testing::Parts;
using testing::pipeline;
using testing::with_steps;

// A trend m, a regression r on m, its lag, and a column, and a step w that holds the scenarios.
std::string with_scenarios(const std::string& scenarios, const std::string& horizon = "2") {
  Parts parts;
  parts.horizon = horizon;
  parts.steps =
      R"("m": {"trend": "linear", "series": "s.x"}, "r": {"regression": "ols", "target": "s.y", )"
      R"("regressors": ["m", {"of": "m", "lag": 1, "as": "m before"}, "s.z"]},)"
      "\n  \"w\": {\"of\": \"r\", \"scenario\": " +
      scenarios + "}";
  return pipeline(parts);
}

TEST(ScenarioStep, IsReadWithEveryKindOfChange) {
  const auto spec = parse(with_scenarios(
      R"({"high": {"m": {"change": "+10%"}, "s.z": {"change": -5.5}},
          "shock": {"m": {"standard_deviations": -1, "from": 2021, "to": 2022}},
          "plan": {"m": {"values": [1, 2.5]}, "s.z": {"column": "s.p"}}})"));
  ASSERT_TRUE(spec.ok());
  const auto& step = std::get<ScenarioStep>(spec->steps.back());
  EXPECT_EQ(step.of, "r");
  ASSERT_EQ(step.scenarios.size(), 3u);
  EXPECT_EQ(step.scenarios[0].name, "high");
  const auto& high = step.scenarios[0].shocks;
  EXPECT_EQ(high[0].kind, ShockKind::kPerCent);
  EXPECT_EQ(high[0].amount, 10);
  EXPECT_EQ(high[0].text, "+10%");
  EXPECT_EQ(high[1].kind, ShockKind::kAmount);
  EXPECT_EQ(high[1].amount, -5.5);
  const auto& shock = step.scenarios[1].shocks[0];
  EXPECT_EQ(shock.kind, ShockKind::kStandardDeviations);
  EXPECT_EQ(shock.text, "-1 standard deviations");
  EXPECT_EQ(shock.dates.from->year, 2021);
  EXPECT_EQ(shock.dates.to->year, 2022);
  const auto& plan = step.scenarios[2].shocks;
  EXPECT_EQ(plan[0].values, (std::vector<double>{1, 2.5}));
  EXPECT_EQ(plan[1].column->text(), "s.p");
  EXPECT_EQ(spec->order.back(), spec->steps.size() - 1) << "after its regression";
}

TEST(ScenarioStep, ReadsPerCentInEveryUsualForm) {
  for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{
           {"+10%", 10}, {"10%", 10}, {"-2.5 %", -2.5}, {"-100%", -100}, {"1e2%", 100}}) {
    const auto spec = parse(with_scenarios(R"({"a": {"m": {"change": ")" + text + R"("}}})"));
    ASSERT_TRUE(spec.ok()) << text;
    EXPECT_EQ(std::get<ScenarioStep>(spec->steps.back()).scenarios[0].shocks[0].amount, value);
  }
}

TEST(ScenarioStep, J11_RefusesChangesThatAreNone) {
  for (const char* text : {"ten%", "+10", "+-1%", "%", "10%%", " 10%", "nan%", "1e999%"}) {
    check_faults(
        with_scenarios(R"({"a": {"m": {"change": ")" + std::string(text) + R"("}}})"),
        {R"(error[J11] run.json:4:55 (steps.w.scenario.a.m.change): ")" + std::string(text) +
         R"(" is no change; expected per cent such as "+10%" or a number in the driver's unit such as -5.0)"});
  }
  check_faults(
      with_scenarios(R"({"a": {"m": {"change": true}}})"),
      {R"(error[J11] run.json:4:55 (steps.w.scenario.a.m.change): true is a truth value; expected per cent such as "+10%" or a number in the driver's unit such as -5.0)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"change": "-101%"}}})"),
      {R"(error[J5] run.json:4:55 (steps.w.scenario.a.m.change): "-101%" leaves less than nothing; expected -100% or more, or "values")"});
  check_faults(
      with_scenarios(R"({"a": {"m": {}}})"),
      {R"(error[J11] run.json:4:44 (steps.w.scenario.a.m): nothing that changes "m"; expected one of the keys "change", "standard_deviations", "values", "column")"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"change": 1, "values": [1, 2]}}})"),
      {R"(error[J11] run.json:4:68 (steps.w.scenario.a.m.values): "m" is changed in two ways, by "change" and "values"; remove one)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"chnge": 1, "change": 2}}})"),
      {R"(error[J10] run.json:4:45 (steps.w.scenario.a.m.chnge): unknown key "chnge" of a change to a driver; did you mean "change"?)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"standard_deviations": "1"}}})"),
      {R"(error[J11] run.json:4:68 (steps.w.scenario.a.m.standard_deviations): "1" is a string; expected a number of standard deviations such as 1 or -2)"});
}

TEST(ScenarioStep, J11_NamesTheNearestDriver) {
  check_faults(
      with_scenarios(R"({"a": {"s.zz": {"change": 1}}})"),
      {R"(error[J11] run.json:4:39 (steps.w.scenario.a["s.zz"]): "s.zz" is no driver of regression step "r"; did you mean "s.z"?)"});
  check_faults(
      with_scenarios(R"({"a": {"coal": {"change": 1}}})"),
      {R"(error[J11] run.json:4:39 (steps.w.scenario.a.coal): "coal" is no driver of regression step "r"; valid are "m", "s.z")"});
  check_faults(
      with_scenarios(R"({"a": {"m before": {"change": 1}}})"),
      {R"(error[J11] run.json:4:39 (steps.w.scenario.a["m before"]): "m before" is no driver of regression step "r"; change "m", whose value it is)"});
}

TEST(ScenarioStep, J11_RefusesDatesAndValuesThatDoNotFitTheHorizon) {
  check_faults(
      with_scenarios(R"({"a": {"m": {"change": 1, "to": 2025}}})", R"({"until": 2022})"),
      {R"(error[J11] run.json:4:64 (steps.w.scenario.a.m.to): 2025 is after the end of the horizon, 2022)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"change": 1, "from": 2022, "to": 2021}}})"),
      {R"(error[J11] run.json:4:44 (steps.w.scenario.a.m): from 2022 is after to 2021; no date would be left)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"values": [1, 2, 3]}}})"),
      {R"(error[J11] run.json:4:55 (steps.w.scenario.a.m.values): 3 values for a horizon of 2 steps; give one for each)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"values": []}}})"),
      {R"(error[J11] run.json:4:55 (steps.w.scenario.a.m.values): an empty list; expected a list of numbers, one for each date)"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"values": [1, "2"]}}})"),
      {R"(error[J11] run.json:4:59 (steps.w.scenario.a.m.values[1]): "2" is a string; expected a list of numbers, one for each date)"});
}

TEST(ScenarioStep, J11_RefusesNamesAndShapesThatAreNone) {
  check_faults(
      with_scenarios(R"({"base": {"m": {"change": 1}}})"),
      {R"(error[J11] run.json:4:33 (steps.w.scenario.base): "base" cannot name a scenario; base is the forecast itself)"});
  check_faults(
      with_scenarios("{}"),
      {R"(error[J11] run.json:4:32 (steps.w.scenario): an empty object; expected an object of scenarios by name such as {"high": {"mining": {"change": "+10%"}}})"});
  check_faults(
      with_scenarios(R"({"a": {}})"),
      {R"(error[J11] run.json:4:38 (steps.w.scenario.a): an empty object; expected an object of drivers such as {"mining": {"change": "+10%"}})"});
  check_faults(
      with_scenarios(R"({"a": {"m": "+10%"}})"),
      {R"(error[J11] run.json:4:44 (steps.w.scenario.a.m): "+10%" is a string; expected an object such as {"change": "+10%"}, {"standard_deviations": 1}, {"values": [1, 2]} or {"column": "plan.mining"})"});
  check_faults(
      with_steps(R"("w": {"scenario": {"a": {"m": {"change": 1}}}})"),
      {R"(error[J11] run.json:3:8 (steps.w): missing key "of"; expected the name of a regression step)"});
}

TEST(ScenarioStep, J12_J13_IsOfARegressionOnly) {
  check_faults(
      with_steps(
          R"("m": {"trend": "linear", "series": "s.x"}, "w": {"of": "m", "scenario": {"a": {"m": {"change": 1}}}})"),
      {R"(error[J13] run.json:3:58 (steps.w.of): scenario step "w" needs a regression step, but got trend step "m")"});
  check_faults(
      with_steps(R"("w": {"of": "s", "scenario": {"a": {"m": {"change": 1}}}})"),
      {R"(error[J13] run.json:3:15 (steps.w.of): scenario step "w" needs a regression step, but got source step "s")"});
  check_faults(
      with_steps(R"("w": {"of": "nobody", "scenario": {"a": {"m": {"change": 1}}}})"),
      {R"(error[J12] run.json:3:15 (steps.w.of): there is no step "nobody"; valid are "s", "w")"});
  check_faults(
      with_scenarios(R"({"a": {"m": {"column": "m"}}})"),
      {R"(error[J13] run.json:4:55 (steps.w.scenario.a.m.column): scenario step "w" needs a column of a source as the path of a driver, but got trend step "m")"});
  check_faults(
      with_scenarios(
          R"({"a": {"m": {"column": "p.m"}}}}, "p": {"source": "csv", "path": "p.csv", "key": "k")"),
      {R"(error[J13] run.json:4:55 (steps.w.scenario.a.m.column): scenario step "w" is of source step "s" without key, but the path "p.m" comes from source step "p" with key "k"; give both the same key, or the path's source none)"});
}

}  // namespace
}  // namespace steppe
