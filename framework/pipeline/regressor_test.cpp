// SPDX-License-Identifier: Apache-2.0
// The regressors of a regression step, their lags and labels, and its weights.

#include "pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::check_faults;
using testing::parse;
using testing::with_steps;

std::string regression(const std::string& regressors, const std::string& more = "") {
  return with_steps(R"("r": {"regression": "ols", "target": "s.y", "regressors": )" + regressors +
                    more + "}");
}

const RegressionStep& regression_in(const Result<PipelineSpec, Faults>& spec) {
  return std::get<RegressionStep>(spec->steps.back());
}

TEST(Regressors, HaveALagAndALabel) {
  const auto spec = parse(with_steps(
      R"("m": {"trend": "linear", "series": "s.x"},
         "r": {"regression": "ols", "target": "s.y", "regressors":
               ["m", {"of": "m", "lag": 2}, {"of": "s.z", "lag": 1, "as": "z before"}, {"of": "s.z"}]})"));
  ASSERT_TRUE(spec.ok());
  const auto& regressors = regression_in(spec).regressors;
  ASSERT_EQ(regressors.size(), 4u);
  EXPECT_EQ(regressors[0].label, "m");
  EXPECT_EQ(regressors[0].lag, 0);
  EXPECT_EQ(regressors[1].label, "m lag 2");
  EXPECT_EQ(regressors[1].name, "m");
  EXPECT_EQ(regressors[1].trend_step, "m");
  EXPECT_EQ(regressors[1].lag, 2);
  EXPECT_EQ(regressors[2].label, "z before");
  ASSERT_TRUE(regressors[2].column.has_value());
  EXPECT_EQ(regressors[2].column->text(), "s.z");
  EXPECT_EQ(regressors[3].label, "s.z");
}

// The target's own past may explain it; its value of the same date may not.
TEST(Regressors, MayBeThePastOfTheTarget) {
  EXPECT_TRUE(parse(regression(R"([{"of": "s.y", "lag": 1}])")).ok());
  check_faults(
      regression(R"([{"of": "s.y", "lag": 0, "as": "y"}])"),
      {R"(error[J13] run.json:3:69 (steps.r.regressors[0].of): regressor "s.y" is the target "s.y" of regression step "r" itself; remove it)"});
  check_faults(
      with_steps(
          R"("y": {"trend": "linear", "series": "s.y"}, "r": {"regression": "ols", "target": "s.y", "regressors": [{"of": "y", "lag": 1}]})"),
      {R"(error[J13] run.json:3:112 (steps.r.regressors[0].of): regressor "y" is the target "s.y" of regression step "r" itself; remove it)"});
}

TEST(Regressors, J5_RefuseLagsThatCountNoSteps) {
  check_faults(
      regression(R"([{"of": "s.x", "lag": -1}])"),
      {R"(error[J5] run.json:3:83 (steps.r.regressors[0].lag): -1 is out of range; expected a number of steps back, 0 to 100000)"});
  check_faults(
      regression(R"([{"of": "s.x", "lag": 1.5}])"),
      {R"(error[J5] run.json:3:83 (steps.r.regressors[0].lag): 1.5 is not a whole number; expected a number of steps back, 0 to 100000)"});
  check_faults(
      regression(R"([{"of": "s.x", "lag": "1"}])"),
      {R"(error[J5] run.json:3:83 (steps.r.regressors[0].lag): "1" is a string; expected a number of steps back, 0 to 100000)"});
  check_faults(
      regression(R"([{"of": "s.x", "lag": 100001}])"),
      {R"(error[J5] run.json:3:83 (steps.r.regressors[0].lag): 100001 is out of range; expected a number of steps back, 0 to 100000)"});
}

TEST(Regressors, J10_J11_RefuseObjectsThatAreNone) {
  check_faults(
      regression(R"([{"of": "s.x", "lagg": 1}])"),
      {R"(error[J10] run.json:3:76 (steps.r.regressors[0].lagg): unknown key "lagg" of a regressor; did you mean "lag"?)"});
  check_faults(
      regression(R"([{"lag": 1}])"),
      {R"(error[J11] run.json:3:62 (steps.r.regressors[0]): missing key "of"; expected a trend step or column such as "mining")"});
  check_faults(
      regression(R"([3])"),
      {R"(error[J11] run.json:3:62 (steps.r.regressors[0]): 3 is a number; expected a trend step or column such as "mining", or {"of": "mining", "lag": 1})"});
  check_faults(
      regression(R"([{"of": "s.x", "lag": 1, "as": ""}])"),
      {R"(error[J11] run.json:3:92 (steps.r.regressors[0].as): an empty string; expected a name for the regressor)"});
  check_faults(
      regression(R"([{"of": "mining", "lag": 1}])"),
      {R"(error[J12] run.json:3:69 (steps.r.regressors[0].of): there is no step "mining"; valid are "s", "r")"});
}

TEST(Regressors, J11_RefuseTwoOfOneLabel) {
  check_faults(
      regression(R"(["s.x", {"of": "s.z", "as": "s.x"}])"),
      {R"(error[J11] run.json:3:69 (steps.r.regressors[1]): two regressors are called "s.x"; name one of them with "as")"});
  check_faults(
      regression(R"([{"of": "s.x", "lag": 1}, {"of": "s.x", "lag": 1}])"),
      {R"(error[J11] run.json:3:87 (steps.r.regressors[1]): two regressors are called "s.x lag 1"; name one of them with "as")"});
}

TEST(Weights, AreAColumnForARegressionThatUsesThem) {
  const auto spec = parse(with_steps(
      R"("r": {"regression": "wls", "target": "s.y", "regressors": ["s.x"], "weights": "s.w"})"));
  ASSERT_TRUE(spec.ok());
  ASSERT_TRUE(regression_in(spec).weights.has_value());
  EXPECT_EQ(regression_in(spec).weights->text(), "s.w");
}

TEST(Weights, J13_AreRefusedWhereNothingUsesThem) {
  check_faults(
      regression(R"(["s.x"])", R"(, "weights": "s.w")"),
      {R"(error[J13] run.json:3:81 (steps.r.weights): regression.ols uses no weights; regressions that do: "wls")"});
}

TEST(Weights, J11_J13_MustBeAColumnOfTheTargetsPanel) {
  check_faults(
      with_steps(
          R"("r": {"regression": "wls", "target": "s.y", "regressors": ["s.x"], "weights": 1})"),
      {R"(error[J11] run.json:3:81 (steps.r.weights): 1 is a number; expected a column of a source such as "region.mining")"});
  check_faults(
      with_steps(
          R"("r": {"regression": "wls", "target": "s.y", "regressors": ["s.x"], "weights": "w.x"})"),
      {R"(error[J12] run.json:3:81 (steps.r.weights): there is no step "w"; valid are "s", "r")"});
  check_faults(
      with_steps(
          R"("m": {"trend": "linear", "series": "s.x"}, "r": {"regression": "wls", "target": "s.y", "regressors": ["m"], "weights": "m"})"),
      {R"(error[J13] run.json:3:122 (steps.r.weights): regression step "r" needs a column of a source as its weights, but got trend step "m")"});
  check_faults(
      with_steps(
          R"("p": {"source": "csv", "path": "d.csv", "key": "k"}, "r": {"regression": "wls", "target": "s.y", "regressors": ["s.x"], "weights": "p.w"})"),
      {R"(error[J13] run.json:3:134 (steps.r.weights): regression step "r" explains source step "s" without key, but its weights "p.w" come from source step "p" with key "k"; give both the same key, or the weights' source none)"});
}

}  // namespace
}  // namespace steppe
