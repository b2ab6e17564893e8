// SPDX-License-Identifier: Apache-2.0

// Group N of the fault catalogue, through the whole program.

#include <gtest/gtest.h>

#include <cmath>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using Json = nlohmann::json;

const Json& first_series(const Json& result, const std::string& step = "y") {
  return result.at("steps").at(step).at("series").at(0);
}

bool warns(const Json& series, const std::string& code) {
  for (const Json& warning : series.at("warnings")) {
    if (warning.at("code") == code) return true;
  }
  return false;
}

TEST(NumericFault, N1RefusesTooFewPoints) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,2\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("error[N1] series=\"data.y\" step=y[linear]: "), std::string::npos)
      << run.err;
  EXPECT_NE(run.err.find("status=insufficient_data"), std::string::npos) << run.err;
}

TEST(NumericFault, N2GivesAConstantSeriesNoRSquared) {
  ProgramCase c;
  c.csv("year,y\n2010,5\n2011,5\n2012,5\n2013,5\n");
  const Json result = c.result();
  const Json& y = first_series(result);
  EXPECT_EQ(y.at("forecast").at(0).at("mean"), 5.0);
  EXPECT_EQ(y.at("parameters").at("b").at("estimate"), 0.0);
  EXPECT_TRUE(y.at("statistics").at("r_squared_fit_scale").is_null());
}

TEST(NumericFault, N2ChoosesTheFirstCandidateWhenTheCriterionIsUndefined) {
  ProgramCase c;
  c.csv("year,y\n2010,5\n2011,5\n2012,5\n2013,5\n2014,5\n")
      .change({{"steps",
                {{"y",
                  {{"trend", "best"},
                   {"criterion", "r_squared"},
                   {"candidates", {"linear", "polynomial"}}}}}}});
  const Json result = c.result();
  EXPECT_EQ(c.last.exit_code, 10) << c.last.err;
  EXPECT_EQ(first_series(result).at("status"), "degraded");
  EXPECT_TRUE(warns(first_series(result), "criterion_undefined"));
}

TEST(NumericFault, N6NamesTheValueThatHasNoLogarithm) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,3\n2012,4\n2013,0\n2014,8\n")
      .change({{"steps", {{"y", {{"trend", "power"}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("error[N6] series=\"data.y\" step=y[power]: 2013 (row 4): "),
            std::string::npos)
      << run.err;
  EXPECT_NE(run.err.find("status=domain_error"), std::string::npos) << run.err;
}

TEST(NumericFault, N6LeavesAFailedCandidateOutOfTheChoiceWithAWarning) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,3\n2012,4\n2013,0\n2014,8\n2015,9\n")
      .change({{"steps",
                {{"y",
                  {{"trend", "best"},
                   {"criterion", "r_squared"},
                   {"candidates", {"power", "linear"}}}}}}});
  const Json result = c.result();
  EXPECT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_EQ(first_series(result).at("model"), "linear");
  EXPECT_TRUE(warns(first_series(result), "candidate_failed"));
}

TEST(NumericFault, N7NamesTheStepAtWhichAForecastOverflows) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,1e100\n2012,1e200\n2013,1e300\n")
      .change({{"steps", {{"y", {{"trend", "exponential"}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("error[N7] series=\"data.y\" step=y[exponential]: 2014: overflow: the "
                         "forecast leaves the range of double at step 1; shorten the horizon or "
                         "choose another model; status=domain_error"),
            std::string::npos)
      << run.err;
}

// N5: calendar years give the same as 1..n: time is shifted inside.
TEST(NumericFault, N5ForecastsTheSameForAnyStartYear) {
  const auto forecast = [](int start) {
    ProgramCase c;
    std::string csv = "year,y\n";
    const double y[] = {1.5, 3.25, 4, 7.5, 8.125, 11, 15};
    for (int i = 0; i < 7; ++i)
      csv += std::to_string(start + i) + "," + std::to_string(y[i]) + "\n";
    c.csv(csv).change({{"steps", {{"y", {{"trend", "polynomial"}}}}}});
    return first_series(c.result()).at("forecast").at(1).at("mean").get<double>();
  };
  EXPECT_EQ(forecast(2010), forecast(1005));
}

TEST(NumericFault, N13RefusesAnUnknownKeyForASeason) {
  ProgramCase c;
  c.change({{"steps", {{"y", {{"season_length", 1}}}}}});
  EXPECT_EQ(c.run().exit_code, 3);
}

TEST(NumericFault, N14RefusesAnImpossibleHorizon) {
  for (const Json& horizon : {Json(0), Json(-1), Json{{"steps", 0}}}) {
    ProgramCase c;
    c.change({{"horizon", nullptr}});
    c.pipeline()["horizon"] = horizon;
    EXPECT_EQ(c.run().exit_code, 3) << horizon;
  }
}

TEST(NumericFault, N14SaysWhenTheSeriesAlreadyReachesTheHorizon) {
  ProgramCase c;
  c.change({{"horizon", nullptr}});
  c.pipeline()["horizon"] = {{"until", 2015}};
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("the series already reaches 2015, the horizon ends at 2015; give a later "
                         "date in horizon.until"),
            std::string::npos)
      << run.err;
}

TEST(NumericFault, N16SaysWhenEveryValueIsMissing) {
  ProgramCase c;
  c.csv("year,y\n2010,\n2011,\n2012,\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("error[N16] series=\"data.y\" step=y: every value is missing; "
                         "status=insufficient_data"),
            std::string::npos)
      << run.err;
}

TEST(NumericFault, N17RefusesMissingEndsUnlessAskedToCutThem) {
  ProgramCase c;
  c.csv("year,y\n2010,\n2011,2\n2012,3\n2013,5\n2014,6\n2015,\n");
  const ProgramRun refused = c.run();
  EXPECT_EQ(refused.exit_code, 9);
  EXPECT_NE(refused.err.find("error[N17] series=\"data.y\" step=y: 1 leading and 1 trailing values "
                             "are missing; set \"missing\": \"trim\" to use 2011 to 2014"),
            std::string::npos)
      << refused.err;
  c.change({{"steps", {{"y", {{"missing", "trim"}}}}}});
  const Json result = c.result();
  EXPECT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_EQ(first_series(result).at("forecast").at(0).at("time"), "2015");
  EXPECT_TRUE(warns(first_series(result), "missing_ends_cut"));
}

TEST(NumericFault, N17RefusesAMissingValueInside) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,\n2012,3\n2013,5\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("error[N17] series=\"data.y\" step=y: 2011 (row 2): a value inside the "
                         "series is missing; fill it in, or start after it with rows.from"),
            std::string::npos)
      << run.err;
}

// N4: a duplicated regressor is dropped by name, and the forecast says so.
TEST(NumericFault, N4NamesACollinearRegressor) {
  ProgramCase c;
  c.csv("year,y,x,z\n2010,1,1,2\n2011,3,2,4\n2012,4,4,8\n2013,7,5,10\n2014,8,7,14\n2015,11,8,16\n")
      .change({{"steps",
                {{"x", {{"trend", "linear"}, {"series", "data.x"}}},
                 {"z", {{"trend", "linear"}, {"series", "data.z"}}},
                 {"y",
                  {{"trend", nullptr},
                   {"series", nullptr},
                   {"regression", "ols"},
                   {"target", "data.y"},
                   {"regressors", {"x", "z"}}}}}}});
  const Json result = c.result();
  EXPECT_TRUE(warns(first_series(result), "rank_deficient")) << c.last.err;
}

TEST(NumericFault, SaysWhichRegressorHasNoFutureValue) {
  ProgramCase c;
  c.csv("year,y,x\n2010,1,1\n2011,3,2\n2012,4,4\n2013,7,5\n2014,8,7\n2015,11,8\n")
      .change({{"steps",
                {{"y",
                  {{"trend", nullptr},
                   {"series", nullptr},
                   {"regression", "ols"},
                   {"target", "data.y"},
                   {"regressors", {"data.x"}}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(
      run.err.find("regressor \"data.x\" has no value for 2016; forecast it with a trend step, "
                   "or give its column values up to the horizon"),
      std::string::npos)
      << run.err;
}

// A column that goes on past the target is used as known.
TEST(NumericFault, UsesKnownFutureValuesOfAColumn) {
  ProgramCase c;
  c.csv("year,y,x\n2010,3,1\n2011,5,2\n2012,9,4\n2013,11,5\n2014,,7\n2015,,8\n")
      .change({{"steps",
                {{"y",
                  {{"trend", nullptr},
                   {"series", nullptr},
                   {"regression", "ols"},
                   {"target", "data.y"},
                   {"regressors", {"data.x"}}}}}}});
  const Json result = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_NEAR(first_series(result).at("forecast")[0].at("mean").get<double>(), 15, 1e-9);
  EXPECT_NEAR(first_series(result).at("forecast")[1].at("mean").get<double>(), 17, 1e-9);
  EXPECT_FALSE(warns(first_series(result), "regressors_taken_as_known"));
}

}  // namespace
}  // namespace steppe
