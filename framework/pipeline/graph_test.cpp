// SPDX-License-Identifier: Apache-2.0
// What is refused of steps that refer to each other, with every message in full.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using testing::check_faults;
using testing::with_steps;

TEST(PipelineGraph, J12_RefusesDanglingReferencesAndCircles) {
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "q.y"})"),
      {R"(error[J12] run.json:3:38 (steps.a.series): there is no step "q"; valid are "s", "a")"});
  check_faults(
      with_steps(R"("aa": {"trend": "linear", "series": "ss.y"})"),
      {R"(error[J12] run.json:3:39 (steps.aa.series): there is no step "ss"; did you mean "s"?)"});
  check_faults(with_steps(R"("a": {"trend": "linear", "series": "a.y"})"),
               {R"(error[J12] run.json:3:38 (steps.a.series): step "a" refers to itself)"});
  check_faults(
      with_steps(
          R"("a": {"trend": "linear", "series": "b.y"}, "b": {"trend": "linear", "series": "c.y"}, "c": {"trend": "linear", "series": "a.y"})"),
      {R"(error[J12] run.json:3:38 (steps.a.series): the steps refer to each other in a circle: a -> b -> c -> a; break it)"});
  check_faults(with_steps(R"("r": {"regression": "ols", "target": "s.y", "regressors": ["r"]})"),
               {R"(error[J12] run.json:3:62 (steps.r.regressors[0]): step "r" refers to itself)"});
  check_faults(
      with_steps(
          R"("r": {"regression": "ols", "target": "s.y", "regressors": ["q"]}, "q": {"regression": "ols", "target": "s.z", "regressors": ["r"]})"),
      {R"(error[J12] run.json:3:62 (steps.r.regressors[0]): the steps refer to each other in a circle: r -> q -> r; break it)"});
}

TEST(PipelineGraph, J13_NamesBothStepsThatDoNotFit) {
  check_faults(
      with_steps(
          R"("a": {"trend": "linear", "series": "s.y"}, "b": {"trend": "linear", "series": "a"})"),
      {R"(error[J13] run.json:3:81 (steps.b.series): trend step "b" needs a column of a source as its series, but got trend step "a")"});
  check_faults(
      with_steps(
          R"("a": {"trend": "linear", "series": "s.y"}, "b": {"trend": "linear", "series": "a.y"})"),
      {R"(error[J13] run.json:3:81 (steps.b.series): trend step "b" needs a column of a source as its series, but trend step "a" has no columns)"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s"})"),
      {R"(error[J13] run.json:3:38 (steps.a.series): trend step "a" needs a column of a source as its series, but "s" names no column of source step "s"; write "s.<column>")"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s.t"})"),
      {R"(error[J13] run.json:3:38 (steps.a.series): trend step "a" needs a column of a source as its series, but "s.t" is the time column of source step "s")"});
  check_faults(
      with_steps(R"("a": {"trend": "linear", "series": "s."})"),
      {R"(error[J13] run.json:3:38 (steps.a.series): trend step "a" needs a column of a source as its series, but "s." names no column of source step "s"; write "s.<column>")"});
  check_faults(
      with_steps(
          R"("r": {"regression": "ols", "target": "s.y", "regressors": ["q", "s"]}, "q": {"regression": "ols", "target": "s.z", "regressors": ["s.x"]})"),
      {R"(error[J13] run.json:3:62 (steps.r.regressors[0]): regression step "r" needs trend steps and columns of sources as regressors, but got regression step "q")",
       R"(error[J13] run.json:3:67 (steps.r.regressors[1]): regression step "r" needs trend steps and columns of sources as regressors, but "s" names no column of source step "s"; write "s.<column>")"});
  check_faults(
      with_steps(
          R"("r": {"regression": "ols", "target": "s.y", "regressors": ["s.y", "a"]}, "a": {"trend": "linear", "series": "s.y"})"),
      {R"(error[J13] run.json:3:62 (steps.r.regressors[0]): regressor "s.y" is the target "s.y" of regression step "r" itself; remove it)",
       R"(error[J13] run.json:3:69 (steps.r.regressors[1]): regressor "a" is the target "s.y" of regression step "r" itself; remove it)"});
  check_faults(
      with_steps(
          R"("r": {"regression": "ols", "target": "a", "regressors": ["a.b"]}, "a": {"trend": "linear", "series": "s.y"})"),
      {R"(error[J13] run.json:3:40 (steps.r.target): regression step "r" needs a column of a source as its target, but got trend step "a")",
       R"(error[J13] run.json:3:60 (steps.r.regressors[0]): regression step "r" needs trend steps and columns of sources as regressors, but trend step "a" has no columns; write "a")"});
  check_faults(
      with_steps(
          R"("u": {"source": "csv", "path": "e.csv", "key": "k"}, "r": {"regression": "ols", "target": "s.y", "regressors": ["u.x"]})"),
      {R"(error[J13] run.json:3:115 (steps.r.regressors[0]): regression step "r" explains source step "s" without key, but regressor "u.x" comes from source step "u" with key "k"; give both the same key, or the regressor's source none)"});
}

}  // namespace
}  // namespace steppe
