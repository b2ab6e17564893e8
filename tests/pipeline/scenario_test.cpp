// SPDX-License-Identifier: Apache-2.0

// Scenarios through the whole program. Expected values: least squares and the linear trend in exact
// fractions, changed by hand.

#include <gtest/gtest.h>

#include <cmath>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::run_steppe;
using Json = nlohmann::json;

// y on the forecast of x and on the column z, which is known for both years ahead.
struct ScenarioProgram : ProgramCase {
  explicit ScenarioProgram(const Json& scenarios) {
    csv("year,y,x,z,p\n2010,12,3,2,\n2011,15,5,1,\n2012,19,4,4,\n2013,18,8,3,\n2014,26,7,6,\n"
        "2015,27,11,5,\n2016,,,7,12\n2017,,,8,15\n");
    pipeline()["horizon"] = {{"until", 2017}};
    pipeline()["steps"]["x"] = {{"trend", "linear"}, {"series", "data.x"}, {"missing", "trim"}};
    pipeline()["steps"]["y"] = {
        {"regression", "ols"}, {"target", "data.y"}, {"regressors", {"x", "data.z"}}};
    pipeline()["steps"]["if"] = {{"of", "y"}, {"scenario", scenarios}};
  }
  Json compared() { return result().at("steps").at("if").at("series").at(0); }
};

double scenario_mean(const Json& series, const char* scenario, std::size_t row) {
  return series.at("scenarios").at(scenario).at("forecast").at(row).at("mean").get<double>();
}

double width_of(const Json& row) {
  const Json& interval = row.at("intervals").at(0);
  return interval.at("upper").get<double>() - interval.at("lower").get<double>();
}

TEST(Scenario, ForecastsWithEveryKindOfChange) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", "+10%"}}}}},
                         {"low", {{"x", {{"change", -2}}}}},
                         {"dry", {{"data.z", {{"change", "-50%"}, {"from", 2017}}}}},
                         {"error", {{"x", {{"standard_deviations", 1}, {"to", 2016}}}}},
                         {"given", {{"x", {{"values", {12, 15}}}}}},
                         {"plan", {{"x", {{"column", "data.p"}}}}}});
  const Json all = c.compared();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const auto expect = [&](const char* name, double first, double second) {
    EXPECT_NEAR(scenario_mean(all, name, 0), first, 1e-11) << name;
    EXPECT_NEAR(scenario_mean(all, name, 1), second, 1e-11) << name;
  };
  const double base[] = {2503.0 / 80, 19407.0 / 560};
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_NEAR(all.at("base").at("forecast").at(row).at("mean").get<double>(), base[row], 1e-11);
  }
  expect("high", 5159.0 / 160, 2001.0 / 56);
  expect("low", 148.0 / 5, 9231.0 / 280);
  expect("dry", base[0], 14563.0 / 560);
  expect("error", base[0] + 27.0 / 32 * std::sqrt(32.0 / 9), base[1]);
  expect("given", 637.0 / 20, 5847.0 / 160);
  expect("plan", 637.0 / 20, 5847.0 / 160);
  const Json& against = all.at("scenarios").at("high").at("against_base").at(1);
  EXPECT_EQ(against.at("time"), "2017");
  EXPECT_NEAR(against.at("difference").get<double>(), 2001.0 / 56 - base[1], 1e-11);
  EXPECT_NEAR(against.at("per_cent").get<double>(), 100 * (2001.0 / 56 / base[1] - 1), 1e-10);
  EXPECT_EQ(all.at("scenarios").at("high").at("changes"), Json({{"x", "+10%"}}));
}

// What is given is known; a forecast that is changed keeps its error.
TEST(Scenario, SaysInEveryRowWhatIsKnown) {
  ScenarioProgram c(
      {{"given", {{"x", {{"values", {12, 15}}}}}}, {"low", {{"x", {{"change", -2}}}}}});
  const Json all = c.compared();
  const Json& given = all.at("scenarios").at("given").at("forecast").at(1);
  const Json& low = all.at("scenarios").at("low").at("forecast").at(1);
  EXPECT_EQ(given.at("regressors_are"), Json({{"x", "known"}, {"data.z", "known"}}));
  EXPECT_EQ(low.at("regressors_are"), Json({{"x", "forecast"}, {"data.z", "known"}}));
  EXPECT_EQ(low.at("regressors").at("x").get<double>(),
            all.at("base").at("forecast").at(1).at("regressors").at("x").get<double>() - 2);
  EXPECT_GT(width_of(low), 0);
}

// Elasticities of a linear model are coefficient * driver / target; the swing of x is the standard
// error of its trend, z is known and moves by a tenth.
TEST(Scenario, MeasuresElasticitiesAndSwings) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", "+1%"}}}}}});
  const Json all = c.compared();
  const Json& at = all.at("elasticities").at(1);
  EXPECT_EQ(at.at("time"), "2017");
  EXPECT_NEAR(at.at("drivers").at("x").get<double>(), 2010.0 / 6469, 1e-12);
  EXPECT_NEAR(at.at("drivers").at("data.z").get<double>(), 9688.0 / 19407, 1e-12);
  const Json& tornado = all.at("tornado");
  EXPECT_EQ(tornado.at("time"), "2017");
  const Json& first = tornado.at("drivers").at(0);
  const Json& second = tornado.at("drivers").at(1);
  EXPECT_EQ(first.at("driver"), "x");
  EXPECT_EQ(first.at("swing"), "1 standard deviation");
  EXPECT_NEAR(first.at("lowered").get<double>(), 32.88020983652348, 1e-11);
  EXPECT_NEAR(first.at("raised").get<double>(), 36.430504449190806, 1e-11);
  EXPECT_EQ(second.at("driver"), "data.z");
  EXPECT_EQ(second.at("swing"), "10%");
  EXPECT_NEAR(second.at("lowered").get<double>(), 32.925357142857145, 1e-11);
  EXPECT_NEAR(second.at("effect").get<double>(), 36.385357142857146 - 32.925357142857145, 1e-11);
}

// A change of x reaches its lag a year later.
TEST(Scenario, ReachesTheLagsOfADriver) {
  ScenarioProgram c(Json{{"later", {{"x", {{"change", 1}, {"from", 2017}}}}},
                         {"now", {{"x", {{"change", 1}, {"to", 2016}}}}}});
  c.pipeline()["steps"]["y"]["regressors"] = Json::array({{{"of", "x"}, {"lag", 1}}});
  const Json all = c.compared();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  // y on x a year before: slope 105 / 43.
  EXPECT_NEAR(
      scenario_mean(all, "now", 1) - all.at("base").at("forecast").at(1).at("mean").get<double>(),
      105.0 / 43, 1e-11);
  EXPECT_EQ(scenario_mean(all, "now", 0), all.at("base").at("forecast").at(0).at("mean"));
  const Json& later = all.at("scenarios").at("later");
  EXPECT_EQ(later.at("warnings").at(0).at("code"), "change_without_effect");
  EXPECT_EQ(later.at("warnings").at(0).at("text"),
            "the change of \"x\" by +1 alters no value that the forecast is made from");
}

TEST(Scenario, StandsInTheForecastTable) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", "+10%"}}}}}});
  ASSERT_EQ(c.run({"--quiet"}).exit_code, 0);
  const std::string csv = c.folder().read("forecast.csv");
  EXPECT_TRUE(csv.starts_with("series,scenario,time,step,mean,")) << csv;
  EXPECT_NE(csv.find("\ny,,2016,1,31.28"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\nif,high,2016,1,32.24"), std::string::npos) << csv;
}

TEST(Scenario, ShowsBaseAndScenariosSideBySide) {
  ScenarioProgram c(
      Json{{"high", {{"x", {{"change", "+10%"}}}}}, {"low", {{"x", {{"change", -2}}}}}});
  const ProgramRun run = c.run();
  for (const char* line :
       {"if  scenarios of y, data.y\n", "  high: x +10%\n", "  low: x -2\n",
        "  time  scenario  forecast  difference", "  2016  base       31.2875",
        "    +0.95625  +3.06  ",
        "  Elasticities: per cent of the forecast for one per cent of the driver\n",
        "  The forecast of 2017 with a driver lowered and raised\n",
        "    x       1 standard deviation  32.8802  36.4305  +3.55029\n"}) {
    EXPECT_NE(run.out.find(line), std::string::npos) << line << "\n" << run.out;
  }
}

TEST(Scenario, RunsPerKey) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", "+10%"}}}}}});
  std::string panel = "id,year,y,x,z,p\n";
  for (const char* key : {"A", "B"}) {
    for (const char* row : {"2010,12,3,2,", "2011,15,5,1,", "2012,19,4,4,", "2013,18,8,3,",
                            "2014,26,7,6,", "2015,27,11,5,", "2016,,,7,12", "2017,,,8,15"}) {
      panel += std::string(key) + "," + row + "\n";
    }
  }
  c.csv(panel);
  c.pipeline()["steps"]["data"]["key"] = "id";
  const Json series = c.result().at("steps").at("if").at("series");
  ASSERT_EQ(series.size(), 2u) << c.last.err;
  EXPECT_EQ(series.at(1).at("key"), Json({{"id", "B"}}));
  EXPECT_NEAR(scenario_mean(series.at(1), "high", 1), 2001.0 / 56, 1e-11);
}

// One scenario that cannot be had degrades the series and leaves the others.
TEST(Scenario, SaysWhyOneOfThemFails) {
  const auto reason = [](const Json& change) {
    ScenarioProgram c(Json{{"bad", change}, {"good", {{"x", {{"change", 1}}}}}});
    const Json series = c.compared();
    EXPECT_EQ(c.last.exit_code, 10) << c.last.err;
    EXPECT_EQ(series.at("status"), "degraded");
    EXPECT_EQ(series.at("scenarios").at("good").at("forecast").size(), 2u);
    EXPECT_EQ(series.at("scenarios").at("bad").at("forecast").size(), 0u);
    return series.at("scenarios").at("bad").at("error").at("message").get<std::string>();
  };
  EXPECT_EQ(reason({{"x", {{"values", {1, 2, 3}}}}}),
            "\"x\" is given 3 values for 2 dates, 2016 to 2017; give one for each");
  EXPECT_EQ(reason({{"x", {{"change", 1}, {"from", 2014}}}}),
            "\"x\" cannot be changed at 2014: the forecast of \"y\" is for 2016 to 2017");
  EXPECT_EQ(reason({{"x", {{"column", "data.y"}}}}),
            "\"data.y\" has no value for 2016; it needs one for each of 2016 to 2017");
  EXPECT_EQ(
      reason({{"data.z", {{"standard_deviations", 1}}}}),
      "\"data.z\" has no forecast error at 2016, where it is known: standard deviations of it "
      "cannot be counted; change it by per cent or by an amount");
  EXPECT_EQ(reason({{"x", {{"standard_deviations", 1e308}}}}),
            "\"x\" changed by 1e+308 standard deviations at 2016 is beyond the range of numbers");
}

TEST(Scenario, FailsWithItsRegression) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", 1}}}}}});
  c.csv("year,y,x,z,p\n2010,12,3,2,\n2011,15,5,1,\n2012,19,4,4,\n2013,18,8,3,\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("step=if[ols]: regression step \"y\" has no forecast: regressor "
                         "\"data.z\" has no value for 2014"),
            std::string::npos)
      << run.err;
}

TEST(Scenario, IsNotInAModelFile) {
  ScenarioProgram c(Json{{"high", {{"x", {{"change", 1}}}}}});
  c.run({"--quiet"});
  testing::ProgramSettings settings;
  settings.folder = c.folder().path();
  const ProgramRun fit = run_steppe({"fit", "run.json", "--save", "m.steppe"}, settings);
  EXPECT_EQ(fit.exit_code, 0) << fit.err;
  EXPECT_NE(fit.out.find("run: scenario step \"if\" is not in the model file: a forecast from it "
                         "has no scenarios; run the pipeline for them (scenario_not_kept)"),
            std::string::npos)
      << fit.out;
  const ProgramRun forecast =
      run_steppe({"forecast", "m.steppe", "--until", "2017", "--format", "json"}, settings);
  EXPECT_EQ(forecast.exit_code, 0) << forecast.err;
  EXPECT_FALSE(Json::parse(forecast.out).at("steps").contains("if"));
}

TEST(Scenario, IsExplained) {
  ScenarioProgram c(
      Json{{"high", {{"x", {{"change", "+10%"}}}, {"data.z", {{"values", {1, 2}}}}}}});
  c.run({"--quiet"});
  testing::ProgramSettings settings;
  settings.folder = c.folder().path();
  const ProgramRun run = run_steppe({"explain", "run.json"}, settings);
  EXPECT_NE(run.out.find("if: scenarios of y\n  high: data.z values, x +10%\n"), std::string::npos)
      << run.out;
}

}  // namespace
}  // namespace steppe
