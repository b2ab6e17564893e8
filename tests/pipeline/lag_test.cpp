// SPDX-License-Identifier: Apache-2.0

// Lagged regressors through the whole program, and which future values were known. Expected values:
// least squares in exact fractions, by hand.

#include <gtest/gtest.h>

#include <filesystem>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::run_steppe;
using Json = nlohmann::json;

Json lagged(const char* of, int lag) { return {{"of", of}, {"lag", lag}}; }

// y on x; the trend step x beside the regression y.
struct LagCase : ProgramCase {
  explicit LagCase(const Json& regressors) {
    csv("year,y,x\n2010,12,3\n2011,15,5\n2012,19,4\n2013,18,8\n2014,26,7\n2015,27,11\n");
    pipeline()["steps"]["y"] = {
        {"regression", "ols"}, {"target", "data.y"}, {"regressors", regressors}};
  }
  LagCase& with_trend() {
    pipeline()["steps"]["x"] = {{"trend", "linear"}, {"series", "data.x"}};
    return *this;
  }
  Json series() { return result().at("steps").at("y").at("series").at(0); }
};

std::string text_of_warning(const Json& series, const std::string& code) {
  for (const Json& warning : series.at("warnings")) {
    if (warning.at("code") == code) return warning.at("text");
  }
  return "";
}

double mean(const Json& series, std::size_t row) {
  return series.at("forecast").at(row).at("mean").get<double>();
}

TEST(Lag, FitsTheHistoryAStepBack) {
  LagCase c(Json::array({lagged("data.x", 1)}));
  c.change({{"horizon", {{"steps", 1}}}});
  const Json y = c.series();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const Json& coefficients = y.at("tables").at("coefficients");
  EXPECT_NEAR(coefficients.at("intercept").at("estimate").get<double>(), 336.0 / 43, 1e-13);
  EXPECT_NEAR(coefficients.at("data.x lag 1").at("estimate").get<double>(), 105.0 / 43, 1e-13);
  EXPECT_NEAR(mean(y, 0), 1491.0 / 43, 1e-12);
  EXPECT_EQ(y.at("statistics").at("observations"), 5);
  EXPECT_EQ(y.at("in_sample").at(0).at("time"), "2011");
  EXPECT_EQ(text_of_warning(y, "rows_lost_to_lag"),
            "1 row was left out at the start, 2010: \"data.x lag 1\" reaches back beyond the first "
            "value of data.x");
  EXPECT_EQ(y.at("forecast").at(0).at("regressors"), Json({{"data.x lag 1", 11.0}}));
  EXPECT_EQ(y.at("forecast").at(0).at("regressors_are"), Json({{"data.x lag 1", "known"}}));
}

TEST(Lag, GoesOnWithTheForecastWhereTheHistoryEnds) {
  LagCase c(Json::array({{{"of", "x"}, {"lag", 2}, {"as", "x_2"}}}));
  c.with_trend().change({{"horizon", {{"steps", 4}}}});
  const Json y = c.series();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const std::vector<double> wanted = {349.0 / 14, 417.0 / 14, 634.0 / 21, 4693.0 / 147};
  const std::vector<const char*> are = {"known", "known", "forecast", "forecast"};
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_NEAR(mean(y, row), wanted[row], 1e-12) << row;
    EXPECT_EQ(y.at("forecast").at(row).at("regressors_are"), Json({{"x_2", are[row]}})) << row;
  }
  EXPECT_EQ(text_of_warning(y, "rows_lost_to_lag"),
            "2 rows were left out at the start, 2010 to 2011: \"x_2\" reaches back beyond the "
            "first value of x");
}

// `rows` says which dates of the target count; a lag may look back before them.
TEST(Lag, LooksBackBeforeTheRowsOfTheFit) {
  LagCase c(Json::array({lagged("data.x", 1)}));
  c.change({{"horizon", {{"steps", 1}}}});
  c.pipeline()["steps"]["y"]["rows"] = {{"from", 2011}};
  const Json y = c.series();
  EXPECT_NEAR(mean(y, 0), 1491.0 / 43, 1e-12);
  EXPECT_EQ(text_of_warning(y, "rows_lost_to_lag"), "");
}

// Least squares of y on its own past, one step ahead; further there is no value to go on from.
TEST(Lag, ExplainsATargetByItsOwnPast) {
  LagCase c(Json::array({lagged("data.y", 1)}));
  c.change({{"horizon", {{"steps", 1}}}});
  EXPECT_NEAR(mean(c.series(), 0), 3093.0 / 110, 1e-12);
  c.change({{"horizon", {{"steps", 2}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("regressor \"data.y lag 1\" has no value for 2016; "), std::string::npos)
      << run.err;
}

TEST(Lag, CountsStepsOfTheCalendar) {
  LagCase c(Json::array({lagged("data.x", 1)}));
  c.csv(
      "year,y,x\n2018-Q3,12,3\n2018-Q4,15,5\n2019-Q1,19,4\n2019-Q2,18,8\n2019-Q3,26,7\n"
      "2019-Q4,27,11\n");
  c.change({{"horizon", {{"steps", 1}}}, {"time", {{"frequency", "quarterly"}}}});
  const Json y = c.series();
  EXPECT_EQ(y.at("forecast").at(0).at("time"), "2020-Q1");
  EXPECT_NEAR(mean(y, 0), 1491.0 / 43, 1e-12);
}

TEST(Lag, N1RefusesALagAsLongAsTheHistory) {
  LagCase c(Json::array({lagged("data.x", 6)}));
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(
      run.err.find("error[N1] series=\"data.y\" step=y[ols]: \"data.x lag 6\" leaves no rows: "
                   "data.x has 6 values and the lag is 6; rows=0; give a smaller lag"),
      std::string::npos)
      << run.err;
}

// The history of x ends two years after that of y: those years are known, later ones forecast.
TEST(KnownFuture, IsUsedOfATrendStepWhoseHistoryIsLonger) {
  LagCase c(Json::array({"x"}));
  c.csv("year,y,x\n2010,3,1\n2011,5,2\n2012,9,4\n2013,11,5\n2014,,7\n2015,,8\n");
  c.with_trend().change({{"horizon", {{"steps", nullptr}, {"until", 2016}}}});
  const Json y = c.series();
  ASSERT_EQ(y.at("forecast").size(), 3u) << c.last.err;
  const std::vector<const char*> are = {"known", "known", "forecast"};
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(y.at("forecast").at(row).at("regressors_are"), Json({{"x", are[row]}})) << row;
  }
  EXPECT_NEAR(mean(y, 0), 15, 1e-9);
  EXPECT_NEAR(mean(y, 1), 17, 1e-9);
}

TEST(KnownFuture, IsRecordedOfAColumnAndItsLag) {
  LagCase c(Json::array({"data.x", lagged("x", 1)}));
  c.csv(
      "year,y,x\n2010,3,1\n2011,5,2\n2012,9,4\n2013,11,5\n2014,12,7\n2015,14,8\n2016,,11\n"
      "2017,,9\n");
  c.with_trend();
  const Json y = c.series();
  ASSERT_EQ(y.at("forecast").size(), 2u) << c.last.err;
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_EQ(y.at("forecast").at(row).at("regressors_are"),
              Json({{"data.x", "known"}, {"x lag 1", "known"}}));
  }
  EXPECT_EQ(y.at("forecast").at(1).at("regressors"), Json({{"data.x", 9.0}, {"x lag 1", 11.0}}));
}

// A model file forecasts what the run did, with lags within the history and beyond it.
TEST(SavedModel, KeepsTheLags) {
  LagCase c(Json::array({lagged("x", 2), lagged("data.z", 3)}));
  c.csv(
      "year,y,x,z\n2010,12,3,5\n2011,15,5,1\n2012,19,4,4\n2013,18,8,2\n2014,26,7,8\n2015,27,11,5\n"
      "2016,31,12,7\n2017,33,10,7\n2018,32,14,3\n");
  c.with_trend().change({{"horizon", {{"steps", 3}}}});
  c.run({"--quiet"});
  const std::string wanted = c.folder().read("forecast.csv");
  testing::ProgramSettings settings;
  settings.folder = c.folder().path();
  ASSERT_EQ(run_steppe({"fit", "run.json", "--save", "m.steppe", "--quiet"}, settings).exit_code,
            0);
  EXPECT_EQ(c.folder().read("m.steppe").at(12), 2) << "an older steppe would not see the lags";
  std::filesystem::remove(c.folder().path() / "data.csv");
  const ProgramRun forecast = run_steppe(
      {"forecast", "m.steppe", "--until", "2021", "--output", "f.csv", "--quiet"}, settings);
  EXPECT_EQ(forecast.exit_code, 0) << forecast.err;
  EXPECT_EQ(c.folder().read("f.csv"), wanted);
}

}  // namespace
}  // namespace steppe
