// SPDX-License-Identifier: Apache-2.0

// Panels: the same file with a key column, many threads, any order of rows, one bad series.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using Json = nlohmann::json;

// Rows of a made-up panel: positive values, two drivers and a target, some series shorter.
std::vector<std::string> panel_rows(int keys) {
  std::vector<std::string> rows;
  for (int k = 0; k < keys; ++k) {
    const int first = 2000 + k % 3;
    for (int year = first; year < 2012; ++year) {
      const int a = 50 + (k * 31 + year * 17) % 41 + 4 * (year - 2000);
      const int b = 20 + (k * 13 + year * 7) % 29;
      const int y = 3 * a + 2 * b + (k + year) % 11;
      rows.push_back("K" + std::to_string(k) + "," + std::to_string(year) + "," +
                     std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(y));
    }
  }
  return rows;
}

std::string table_of(const std::vector<std::string>& rows) {
  std::string csv = "id,year,a,b,y\n";
  for (const std::string& row : rows) csv += row + "\n";
  return csv;
}

void make_panel(ProgramCase& c, const std::string& csv) {
  const Json candidates = {"linear", "logarithmic", "exponential", "polynomial", "power"};
  c.csv(csv).change({{"outputs", {{{"forecast", "forecast.csv"}}, {{"result", "result.json"}}}},
                     {"steps",
                      {{"data", {{"key", "id"}}},
                       {"a", {{"trend", "best"}, {"series", "data.a"}, {"candidates", candidates}}},
                       {"b",
                        {{"trend", "best"},
                         {"series", "data.b"},
                         {"criterion", "holdout"},
                         {"candidates", candidates}}},
                       {"y",
                        {{"trend", nullptr},
                         {"series", nullptr},
                         {"regression", "ols"},
                         {"target", "data.y"},
                         {"regressors", {"a", "b"}},
                         {"draws", 1000}}}}}});  // enough for bytes, quick under sanitizers
}

// N21: the same bytes for any number of threads.
TEST(Panel, GivesTheSameBytesForOneTwoAndSixteenThreads) {
  ProgramCase c;
  make_panel(c, table_of(panel_rows(2500)));
  std::string forecast;
  std::string result;
  for (const char* threads : {"1", "2", "16"}) {
    const ProgramRun run = c.run({"--quiet", "--threads", threads});
    ASSERT_TRUE(run.exit_code == 0 || run.exit_code == 10) << run.err;
    if (forecast.empty()) {
      forecast = c.folder().read("forecast.csv");
      result = c.folder().read("result.json");
      EXPECT_GT(forecast.size(), 100000u);
    }
    EXPECT_TRUE(c.folder().read("forecast.csv") == forecast) << threads << " threads";
    EXPECT_TRUE(c.folder().read("result.json") == result) << threads << " threads";
  }
}

// C21, N21: the order of the rows does not matter.
TEST(Panel, GivesTheSameForecastForShuffledRows) {
  std::vector<std::string> rows = panel_rows(60);
  ProgramCase sorted;
  make_panel(sorted, table_of(rows));
  sorted.run({"--quiet"});
  for (std::size_t i = rows.size(); i-- > 1;) std::swap(rows[i], rows[(i * 7919) % (i + 1)]);
  ProgramCase shuffled;
  make_panel(shuffled, table_of(rows));
  shuffled.run({"--quiet"});
  EXPECT_EQ(sorted.folder().read("forecast.csv"), shuffled.folder().read("forecast.csv"));
}

// A series alone gives the same numbers as in the panel.
TEST(Panel, GivesASeriesTheSameNumbersAlone) {
  ProgramCase panel;
  make_panel(panel, table_of(panel_rows(600)));
  panel.run({"--quiet"});
  const std::string all = panel.folder().read("forecast.csv");
  std::vector<std::string> one;
  for (const std::string& row : panel_rows(600)) {
    if (row.starts_with("K77,")) one.push_back(row);
  }
  ProgramCase alone;
  make_panel(alone, table_of(one));
  alone.run({"--quiet"});
  const std::string text = alone.folder().read("forecast.csv");
  const std::string own = text.substr(text.find('\n') + 1);
  ASSERT_FALSE(own.empty());
  EXPECT_NE(all.find(own.substr(0, own.find('\n'))), std::string::npos);
}

// N18 and G6: a bad series gets its status, its neighbours the numbers they had without it.
TEST(Panel, LeavesTheNeighboursOfABadSeriesAlone) {
  std::vector<std::string> rows = panel_rows(30);
  ProgramCase clean;
  make_panel(clean, table_of(rows));
  clean.run({"--quiet"});
  rows.push_back("X,2000,0,1,1");
  rows.push_back("X,2001,-4,1,1");
  ProgramCase dirty;
  make_panel(dirty, table_of(rows));
  dirty.change({{"max_failed", 1}});
  const ProgramRun run = dirty.run({"--quiet"});
  EXPECT_EQ(run.exit_code, 10) << run.err;
  const std::string before = clean.folder().read("forecast.csv");
  const std::string after = dirty.folder().read("forecast.csv");
  std::size_t found = 0;
  std::size_t total = 0;
  for (std::size_t start = 0; start < before.size();) {
    const std::size_t end = before.find('\n', start);
    found += after.find(before.substr(start, end - start + 1)) != std::string::npos;
    ++total;
    start = end + 1;
  }
  EXPECT_EQ(found, total);
  EXPECT_NE(after.find("X,a,"), std::string::npos) << "the failed series is not lost";
}

// A source without keys serves every key: one national driver for all regions.
TEST(Panel, GivesEveryKeyTheDriverOfASourceWithoutKeys) {
  ProgramCase c;
  c.csv(
      "id,year,y\nA,2010,1\nA,2011,3\nA,2012,5\nA,2013,7\nA,2014,9\nB,2010,2\nB,2011,4\nB,2012,6\n"
      "B,2013,8\nB,2014,10\n");
  c.folder().write("nation.csv", "year,x\n2010,10\n2011,20\n2012,30\n2013,40\n2014,50\n");
  c.change({{"steps",
             {{"data", {{"key", "id"}}},
              {"nation", {{"source", "csv"}, {"path", "nation.csv"}}},
              {"x", {{"trend", "linear"}, {"series", "nation.x"}}},
              {"y",
               {{"trend", nullptr},
                {"series", nullptr},
                {"regression", "ols"},
                {"target", "data.y"},
                {"regressors", {"x"}}}}}}});
  const Json result = c.result();
  EXPECT_EQ(result.at("steps").at("x").at("series").size(), 1u);
  const Json& series = result.at("steps").at("y").at("series");
  ASSERT_EQ(series.size(), 2u);
  // y = x / 5 - 1 for A, x / 5 for B; x is 60 in 2015.
  EXPECT_NEAR(series[0].at("forecast")[0].at("mean").get<double>(), 11, 1e-10);
  EXPECT_NEAR(series[1].at("forecast")[0].at("mean").get<double>(), 12, 1e-10);
}

// J13: keys that do not fit are refused before anything is read.
TEST(Panel, RefusesARegressorWithOtherKeys) {
  ProgramCase c;
  c.csv("id,year,y\nA,2010,1\n");
  c.change({{"steps",
             {{"data", {{"key", "id"}}},
              {"other", {{"source", "csv"}, {"path", "missing.csv"}, {"key", "sector"}}},
              {"x", {{"trend", "linear"}, {"series", "other.x"}}},
              {"y",
               {{"trend", nullptr},
                {"series", nullptr},
                {"regression", "ols"},
                {"target", "data.y"},
                {"regressors", {"x"}}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("error[J13] run.json:"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("(steps.y.regressors[0]): regression step \"y\" explains source step "
                         "\"data\" with key \"id\", but regressor \"x\" comes from source step "
                         "\"other\" with key \"sector\"; give both the same key, or the "
                         "regressor's source none"),
            std::string::npos)
      << run.err;
}

}  // namespace
}  // namespace steppe
