// SPDX-License-Identifier: Apache-2.0
// The key "diagnostics" of a regression step.

#include "pipeline_testing.hpp"

namespace steppe {
namespace {

std::string with_diagnostics(const std::string& diagnostics) {
  return testing::with_steps(
      R"("r": {"regression": "ols", "target": "s.y", "regressors": ["s.x"], "diagnostics": )" +
      diagnostics + "}");
}

DiagnosticsSpec diagnostics_of(const std::string& text) {
  const auto spec = testing::parse(text);
  if (!spec.ok()) {
    ADD_FAILURE() << ::testing::PrintToString(testing::faults_of(text));
    return {};
  }
  return std::get<RegressionStep>(spec->steps.back()).diagnostics;
}

TEST(DiagnosticsKey, HoldsTestsOnRequest) {
  const DiagnosticsSpec all = diagnostics_of(
      with_diagnostics(R"({"chow": 2015, "cusum": true, "breusch_godfrey_order": 4})"));
  ASSERT_TRUE(all.chow.has_value());
  EXPECT_EQ(all.chow->year, 2015);
  EXPECT_TRUE(all.cusum);
  EXPECT_EQ(all.breusch_godfrey_order, 4);
  const DiagnosticsSpec none = diagnostics_of(with_diagnostics("{}"));
  EXPECT_FALSE(none.chow.has_value());
  EXPECT_FALSE(none.cusum);
  EXPECT_EQ(none.breusch_godfrey_order, 0);
}

TEST(DiagnosticsKey, J5_J10_J11_RefusesWrongValues) {
  testing::check_faults(
      with_diagnostics("true"),
      {R"(error[J11] run.json:3:85 (steps.r.diagnostics): true is a truth value; expected an object such as {"chow": 2015, "cusum": true})"});
  testing::check_faults(
      with_diagnostics(R"({"cusun": true, "power": 1})"),
      {R"(error[J10] run.json:3:86 (steps.r.diagnostics.cusun): unknown key "cusun" of diagnostics; did you mean "cusum"?)",
       R"(error[J10] run.json:3:101 (steps.r.diagnostics.power): unknown key "power" of diagnostics; valid are "chow", "cusum", "breusch_godfrey_order")"});
  testing::check_faults(
      with_diagnostics(R"({"cusum": 1, "breusch_godfrey_order": 0})"),
      {R"(error[J11] run.json:3:95 (steps.r.diagnostics.cusum): 1 is a number; expected true or false)",
       R"(error[J5] run.json:3:123 (steps.r.diagnostics.breusch_godfrey_order): 0 is out of range; expected a number of lags from 1 to 1000)"});
  testing::check_faults(
      with_diagnostics(R"({"breusch_godfrey_order": 1.5, "chow": 2015.5})"),
      {R"(error[J5] run.json:3:111 (steps.r.diagnostics.breusch_godfrey_order): 1.5 is not a whole number; expected a number of lags from 1 to 1000)",
       R"(error[J5] run.json:3:124 (steps.r.diagnostics.chow): 2015.5 is not a whole number; expected a year such as 2019 or a date such as "2019-07")"});
}

}  // namespace
}  // namespace steppe
