// SPDX-License-Identifier: Apache-2.0

// `steppe backtest`: forecasts from past dates with nothing from after them.

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using Json = nlohmann::json;

// The numbers of tests/reference/backtest.py.
constexpr const char* kBacktestData =
    "year,mining,trade,grp\n2008,41,9,120\n2009,44,12,133\n2010,43,10,126\n2011,50,11,145\n"
    "2012,52,15,160\n2013,51,13,151\n2014,57,18,178\n2015,60,16,177\n2016,58,17,175\n"
    "2017,66,21,204\n2018,69,19,206\n2019,70,24,221\n";

class BacktestProgram : public ::testing::Test {
 protected:
  BacktestProgram() {
    case_.csv(kBacktestData);
    case_.change({{"horizon", {{"steps", 3}}},
                  {"steps",
                   {{"y", nullptr},
                    {"mining", {{"trend", "linear"}, {"series", "data.mining"}}},
                    {"trade", {{"trend", "linear"}, {"series", "data.trade"}}},
                    {"grp",
                     {{"regression", "ols"},
                      {"target", "data.grp"},
                      {"regressors", {"mining", "trade"}}}}}}});
  }
  ProgramRun backtest(const std::vector<std::string>& arguments = {}) {
    return case_.run_as("backtest", arguments);
  }
  Json result(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const ProgramRun run = backtest(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out.empty() ? Json::object() : Json::parse(run.out);
  }

  ProgramCase case_;
};

struct Judged {
  std::string origin;
  int step;
  double actual, forecast;
};

std::vector<Judged> judged_by_hand() {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/backtest.csv");
  std::vector<Judged> out;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    Judged& row = out.emplace_back();
    cells >> row.origin >> row.step >> row.actual >> row.forecast;
  }
  return out;
}

TEST_F(BacktestProgram, ForecastsDriversAndTargetAgainAtEachOrigin) {
  const Json grp = result({"--minimum", "7"}).at("steps").at("grp");
  const Json& forecasts = grp.at("results").at(0).at("forecasts");
  const std::vector<Judged> expected = judged_by_hand();
  ASSERT_EQ(expected.size(), 12u);  // three each from 2014 to 2016, two from 2017, one from 2018
  ASSERT_EQ(forecasts.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(forecasts[i].at("origin"), expected[i].origin);
    EXPECT_EQ(forecasts[i].at("step"), expected[i].step);
    EXPECT_EQ(forecasts[i].at("actual"), expected[i].actual);
    EXPECT_NEAR(forecasts[i].at("forecast").get<double>(), expected[i].forecast,
                1e-12 * expected[i].forecast);
  }
}

TEST_F(BacktestProgram, MeasuresTheErrorsByHorizon) {
  const Json accuracy = result({"--minimum", "7"}).at("steps").at("grp").at("accuracy");
  ASSERT_EQ(accuracy.size(), 4u);
  double sum = 0;
  double squares = 0;
  for (const Judged& row : judged_by_hand()) {
    if (row.step != 1) continue;
    sum += std::fabs(row.actual - row.forecast);
    squares += std::pow(row.actual - row.forecast, 2);
  }
  EXPECT_EQ(accuracy[0].at("step"), 1);
  EXPECT_EQ(accuracy[0].at("count"), 5);
  EXPECT_NEAR(accuracy[0].at("mae").get<double>(), sum / 5, 1e-10);
  EXPECT_NEAR(accuracy[0].at("rmse").get<double>(), std::sqrt(squares / 5), 1e-10);
  EXPECT_EQ(accuracy[3].at("step"), "all");
  EXPECT_EQ(accuracy[3].at("count"), 12);
}

// What comes after an origin must not matter there.
TEST_F(BacktestProgram, SeesNothingFromAfterTheOrigin) {
  const Json before = result({"--minimum", "7", "--horizon", "1"});
  std::string changed = kBacktestData;
  changed.replace(changed.find("2019,70,24,221"), 14, "2019,700,2,999");
  case_.csv(changed);
  const Json after = result({"--minimum", "7", "--horizon", "1"});
  const auto forecasts = [](const Json& of) {
    std::vector<double> out;
    for (const Json& row : of.at("steps").at("grp").at("results").at(0).at("forecasts")) {
      out.push_back(row.at("forecast"));
    }
    return out;
  };
  EXPECT_EQ(forecasts(before), forecasts(after));
}

TEST_F(BacktestProgram, TakesTheLatestOriginsAndTheHorizonAskedFor) {
  const Json asked = result({"--origins", "2", "--horizon", "1"});
  EXPECT_EQ(asked.at("origins"), Json({"2017", "2018"}));
  EXPECT_EQ(asked.at("horizon"), 1);
}

TEST_F(BacktestProgram, SaysWhatItFoundInWords) {
  const ProgramRun run = backtest({"--minimum", "7"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("5 origins, 2014 to 2018; up to 3 steps ahead"), std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("grp  regression ols of data.grp\n"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("MAE / naive"), std::string::npos) << run.out;
}

TEST_F(BacktestProgram, WritesEveryJudgedForecast) {
  const ProgramRun run = backtest({"--minimum", "7", "--output", "errors.csv", "--quiet"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  const std::string table = case_.folder().read("errors.csv");
  EXPECT_EQ(table.substr(0, table.find('\n')),
            "series,origin,time,step,actual,forecast,error,naive,lower_95,upper_95");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 3 * 12);
  EXPECT_NE(table.find("\ngrp,2014,2015,1,177,"), std::string::npos) << table;
}

TEST_F(BacktestProgram, GivesTheSameBytesForAnyNumberOfThreads) {
  const std::vector<std::string> one = {"--threads", "1", "--format", "json"};
  const std::vector<std::string> four = {"--threads", "4", "--format", "json"};
  EXPECT_EQ(backtest(one).out, backtest(four).out);
}

TEST_F(BacktestProgram, N15RefusesAnEmptyFold) {
  const ProgramRun run = backtest({"--minimum", "12"});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(run.err,
            "error[N15] no date can be an origin: the series have 12 dates, an origin needs 12 up "
            "to it and one after it; give a smaller --minimum or more data\n");
}

TEST_F(BacktestProgram, CountsForecastsThatFailAndSaysWhy) {
  const ProgramRun run = backtest({"--minimum", "1", "--origins", "11"});
  EXPECT_EQ(run.exit_code, 10);
  EXPECT_NE(run.out.find("forecasts failed, first:\n    from 2008: N1 insufficient_data: "),
            std::string::npos)
      << run.out;
}

TEST_F(BacktestProgram, WarnsOfRegressorsItHides) {
  case_.change({{"steps", {{"grp", {{"regressors", {"mining", "data.trade"}}}}}}});
  const ProgramRun run = backtest();
  EXPECT_EQ(run.exit_code, 10);
  EXPECT_NE(run.out.find("warning: regressor \"data.trade\" of step \"grp\" is a column: a "
                         "backtest hides its values after each origin"),
            std::string::npos)
      << run.out;
}

TEST_F(BacktestProgram, RefusesAPlaceItCannotWriteToBeforeItComputes) {
  const ProgramRun run = backtest({"--output", "nowhere/errors.csv"});
  EXPECT_EQ(run.exit_code, 7);
  EXPECT_EQ(run.err,
            "error[D8] nowhere/errors.csv: the directory does not exist; create it first\n");
}

}  // namespace
}  // namespace steppe
