// SPDX-License-Identifier: Apache-2.0

// What a pipeline may be given beside one plain yearly file: packed files, many files, seasons,
// regressors that never change. Through the whole program, with exit codes and messages.

#include <gtest/gtest.h>

#include <cmath>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using Json = nlohmann::json;

std::string message_of(const ProgramRun& run) { return run.err.substr(0, run.err.find('\n')); }

const Json& only_series(const Json& result, const std::string& step = "y") {
  return result.at("steps").at(step).at("series").at(0);
}

std::string bytes_of(const std::string& hexadecimal) {
  std::string out;
  for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
    out += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
  }
  return out;
}

// The default file of ProgramCase as gzip.compress of Python gives it.
std::string packed_file() {
  return bytes_of(
      "1f8b0800000000000203ab4c4d2cd2a9e432323034d0310451863ac620ca48c7044419eb988328131d0b1065aa63"
      "68c80500fdb0486c32000000");
}

TEST(PackedInput, GivesTheForecastsOfThePlainFile) {
  ProgramCase c;
  ASSERT_EQ(c.run().exit_code, 0);
  const std::string plain = c.folder().read("forecast.csv");
  c.folder().write("data.csv", packed_file());
  const Json result = c.result();
  EXPECT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_EQ(c.folder().read("forecast.csv"), plain);
  EXPECT_EQ(result.at("sources").at("data").at("rows").at("rows_in"), 6);
}

TEST(PackedInput, C24EndsWith11AtTheLimit) {
  ProgramCase c;
  c.folder().write("data.csv", packed_file());
  c.change({{"steps", {{"data", {{"max_unpacked", 49}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 11);
  EXPECT_EQ(message_of(run),
            "error[C24] data.csv step=data: the gzip data unfold to more than 49 bytes "
            "(max_unpacked)");
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

TEST(PackedInput, C24EndsWith4ForAFileCutShort) {
  ProgramCase c;
  c.folder().write("data.csv", packed_file().substr(0, 40));
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(message_of(run),
            "error[C24] data.csv step=data: the gzip data are cut short: they end after 40 bytes, "
            "before their end; fetch or pack the file again");
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

class ManyFiles : public ::testing::Test {
 protected:
  ManyFiles() {
    std::filesystem::create_directory(c.folder().path() / "data");
    c.folder().write("data/2.csv", "year,y\n2013,7\n2014,8\n2015,11\n");
    c.folder().write("data/1.csv", "year,y\n2010,1\n2011,3\n2012,4\n");
    c.change({{"steps", {{"data", {{"path", "data/*.csv"}}}}}});
  }
  ProgramCase c;
};

TEST_F(ManyFiles, GiveTheForecastsOfOne) {
  const Json result = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const Json& data = result.at("sources").at("data");
  EXPECT_EQ(data.at("path"), "data/*.csv");
  EXPECT_EQ(data.at("rows").at("rows_in"), 6);
  EXPECT_TRUE(std::string(data.at("snapshot")).starts_with("files=2;sha256:"));
  const std::string many = c.folder().read("forecast.csv");
  ProgramCase one;
  ASSERT_EQ(one.run().exit_code, 0);
  EXPECT_EQ(many, one.folder().read("forecast.csv"));
}

TEST_F(ManyFiles, MorePathsAreFoundBesideThePipeline) {
  c.folder().write("late.csv", "year,y\n2016,12\n");
  c.change({{"steps", {{"data", {{"more_paths", {"late.csv"}}}}}}});
  const Json result = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_EQ(result.at("sources").at("data").at("rows").at("rows_in"), 7);
}

TEST_F(ManyFiles, C25NamesTheFileWithoutTheColumn) {
  c.folder().write("data/2.csv", "year,z\n2013,7\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(message_of(run),
            "error[C25] 2.csv:1 step=data: the header is not that of 1.csv: it lacks \"y\" and it "
            "adds \"z\"; files read as one table need the same columns in the same order");
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

TEST_F(ManyFiles, C19NamesBothFilesOfADate) {
  c.folder().write("data/2.csv", "year,y\n2012,7\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_TRUE(message_of(run).starts_with("error[C19]")) << run.err;
  EXPECT_NE(run.err.find("1.csv:4"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("2.csv:2"), std::string::npos) << run.err;
}

TEST_F(ManyFiles, C25RefusesAPatternWithoutFiles) {
  c.change({{"steps", {{"data", {{"path", "data/*.tsv"}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_TRUE(message_of(run).starts_with("error[C25] *.tsv step=data: cannot read ")) << run.err;
  EXPECT_TRUE(message_of(run).ends_with("data/*.tsv\": no file there has such a name")) << run.err;
}

// Quarters with a rhythm: 10, 20, 30, 40, each year 1 more.
class Seasons : public ::testing::Test {
 protected:
  Seasons() {
    std::string csv = "date,y\n";
    for (int i = 0; i < 12; ++i) {
      csv += std::to_string(2020 + i / 4) + "-Q" + std::to_string(i % 4 + 1) + "," +
             std::to_string(10 * (i % 4 + 1) + i / 4) + "\n";
    }
    c.csv(csv).change({{"time", {{"column", "date"}, {"frequency", "quarterly"}}},
                       {"horizon", {{"steps", 5}}},
                       {"steps", {{"y", {{"trend", "seasonal_naive"}, {"season_length", 4}}}}}});
  }
  ProgramCase c;
};

// By hand: each quarter is 1 above that of the year before, so sigma is 1; 1.959963984540054 of it
// to each side in the first year ahead, times sqrt(2) in the second.
TEST_F(Seasons, AreRepeatedWithTheirIntervals) {
  const Json result = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const Json& rows = only_series(result).at("forecast");
  const std::vector<double> means = {12, 22, 32, 42, 12};
  for (std::size_t h = 0; h < means.size(); ++h) {
    const double reach = 1.959963984540054 * (h < 4 ? 1 : std::sqrt(2.0));
    EXPECT_EQ(rows.at(h).at("mean"), means[h]);
    EXPECT_NEAR(rows.at(h).at("intervals").at(0).at("upper"), means[h] + reach, 1e-12);
  }
}

TEST_F(Seasons, N13RefusesLessThanTwoOfThem) {
  c.change({{"steps", {{"y", {{"season_length", 7}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_EQ(message_of(run),
            "error[N13] series=\"data.y\" step=y[seasonal_naive]: 12 observations; a season of 7 "
            "needs two seasons, at least 14; status=insufficient_data");
}

TEST_F(Seasons, N13RefusesASeriesWithoutOne) {
  c.change({{"steps", {{"y", {{"season_length", nullptr}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_EQ(
      message_of(run),
      "error[N13] series=\"data.y\" step=y[seasonal_naive]: option season_length: the series "
      "has no season of its own; set season_length, such as 12 for monthly data with a yearly "
      "rhythm; status=invalid_config");
}

TEST_F(Seasons, N13RefusesWhatIsNoLengthBeforeAnythingRuns) {
  for (const Json& length : {Json(1), Json(4.5), Json("4")}) {
    c.change({{"steps", {{"y", {{"season_length", length}}}}}});
    const ProgramRun run = c.run();
    EXPECT_EQ(run.exit_code, 3) << length;
    EXPECT_NE(run.err.find("(steps.y.season_length)"), std::string::npos) << run.err;
  }
}

// N3: a driver that never changes explains nothing. It is dropped, and said so.
TEST(ConstantRegressor, IsDroppedWithAWarning) {
  ProgramCase c;
  c.csv("year,y,x,k\n2010,1,1,5\n2011,3,2,5\n2012,4,4,5\n2013,7,5,5\n2014,8,7,5\n2015,11,8,5\n")
      .change({{"steps",
                {{"x", {{"trend", "linear"}, {"series", "data.x"}}},
                 {"k", {{"trend", "linear"}, {"series", "data.k"}}},
                 {"y",
                  {{"trend", nullptr},
                   {"series", nullptr},
                   {"regression", "ols"},
                   {"target", "data.y"},
                   {"regressors", {"x", "k"}}}}}}});
  const Json with = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  bool warned = false;
  for (const Json& warning : only_series(with).at("warnings")) {
    warned |= warning.at("code") == "rank_deficient";
  }
  EXPECT_TRUE(warned);
  const Json forecast = only_series(with).at("forecast");
  c.change({{"steps", {{"k", nullptr}, {"y", {{"regressors", {"x"}}}}}}});
  const Json without = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  for (std::size_t h = 0; h < 2; ++h) {
    const double expected = only_series(without).at("forecast").at(h).at("mean");
    EXPECT_NEAR(forecast.at(h).at("mean"), expected, 1e-12 * std::fabs(expected));
  }
}

// N7: the median of the forecast is a number, its 97.5 % quantile is beyond the range of double.
TEST(IntervalOverflow, IsLeftUndefinedWithAWarning) {
  ProgramCase c;
  c.csv("year,y\n2010,1e290\n2011,1e306\n2012,1e291\n2013,1e305\n2014,1e290\n2015,1e306\n")
      .change({{"steps", {{"y", {{"trend", "exponential"}}}}}});
  const Json result = c.result();
  const Json& y = only_series(result);
  EXPECT_TRUE(y.at("forecast").at(0).at("mean").is_number()) << y;
  EXPECT_TRUE(y.at("forecast").at(0).at("intervals").at(0).at("upper").is_null()) << y;
  std::string text;
  for (const Json& warning : y.at("warnings")) {
    if (warning.at("code") == "interval_overflow") text = warning.at("text");
  }
  EXPECT_EQ(text, "an interval bound leaves the range of double and is left undefined");
}

}  // namespace
}  // namespace steppe
