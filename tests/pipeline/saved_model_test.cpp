// SPDX-License-Identifier: Apache-2.0

// steppe fit and steppe forecast through the whole program: the same bytes as a run, and model
// files of earlier versions.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::ProgramSettings;
using testing::run_steppe;
using testing::TemporaryFolder;
using Json = nlohmann::json;

const std::filesystem::path kRoot(STEPPE_SOURCE_DIR);

ProgramRun run_in(const TemporaryFolder& folder, const std::vector<std::string>& arguments) {
  ProgramSettings settings;
  settings.folder = folder.path();
  return run_steppe(arguments, settings);
}

void copy_example(const std::string& name, const TemporaryFolder& folder) {
  for (const auto& file : std::filesystem::directory_iterator(kRoot / "docs/examples" / name)) {
    if (file.is_regular_file()) {
      std::filesystem::copy_file(file.path(), folder.path() / file.path().filename());
    }
  }
}

// `run` with the outputs of the pipeline, then `fit`, then, without the data, `forecast`: the two
// CSV files are the same to the byte.
void expect_same_forecast(const TemporaryFolder& folder, const std::string& pipeline,
                          const std::string& csv, const std::string& until) {
  ASSERT_EQ(run_in(folder, {"run", pipeline, "--quiet"}).exit_code % 10, 0);
  const std::string wanted = folder.read(csv);
  std::filesystem::remove(folder.path() / csv);
  const ProgramRun fit = run_in(folder, {"fit", pipeline, "--save", "m.steppe", "--quiet"});
  ASSERT_EQ(fit.exit_code % 10, 0) << fit.err;
  EXPECT_FALSE(folder.has(csv)) << "fit writes the model file only";
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    if (file.path().extension() == ".csv") std::filesystem::remove(file.path());
  }
  const ProgramRun forecast =
      run_in(folder, {"forecast", "m.steppe", "--until", until, "--output", "f.csv", "--quiet"});
  EXPECT_EQ(forecast.exit_code, fit.exit_code) << forecast.err;
  EXPECT_EQ(folder.read("f.csv"), wanted);
}

TEST(SavedModel, ForecastsKaragandaAsTheRunDoes) {
  const TemporaryFolder folder;
  copy_example("karaganda", folder);
  expect_same_forecast(folder, "pipeline.json", "grp_forecast.csv", "2021");
}

TEST(SavedModel, ForecastsThePanelAsTheRunDoes) {
  const TemporaryFolder folder;
  copy_example("panel", folder);
  expect_same_forecast(folder, "pipeline.json", "gdp_forecast.csv", "2026");
}

// A longer horizon than the pipeline has, with every shipped trend and the regression on two of
// them: what a run to that horizon gives.
ProgramCase& every_estimator(ProgramCase& c) {
  c.csv(
      "year,y,x,z\n2010,88461119,14897.7,3\n2011,134426171,14388.6,4\n2012,134653117,30891.5,6\n"
      "2013,193647709,53731.2,5\n2014,281371474,21578.1,8\n2015,159861739,18442.5,9\n"
      "2016,209385885,31327.2,9\n2017,287805257,32048,13\n2018,355034682,54778,12\n"
      "2019,400265192,74007,15\n");
  Json steps = {{"data", {{"source", "csv"}, {"path", "data.csv"}}}};
  steps["y"] = nullptr;
  for (const char* trend :
       {"linear", "logarithmic", "exponential", "polynomial", "power", "naive", "drift", "mean"}) {
    steps[trend] = {{"trend", trend}, {"series", "data.y"}};
  }
  steps["cubic"] = {
      {"trend", "polynomial"}, {"order", 3}, {"intercept", 0.0}, {"series", "data.x"}};
  steps["average"] = {{"trend", "exponential"}, {"point", "mean"}, {"series", "data.z"}};
  steps["grp"] = {
      {"regression", "ols"}, {"target", "data.y"}, {"regressors", {"cubic", "average"}}};
  return c.change({{"steps", steps}, {"horizon", {{"steps", 2}}}, {"coverage", {0.8, 0.95}}});
}

TEST(SavedModel, ForecastsFurtherThanItsPipelineAsARunDoes) {
  ProgramCase c;
  every_estimator(c).run({"--quiet"});
  ASSERT_EQ(run_in(c.folder(), {"fit", "run.json", "--save", "m.steppe", "--quiet"}).exit_code, 0);
  c.change({{"horizon", {{"steps", nullptr}, {"until", 2031}}}}).run({"--quiet"});
  const std::string wanted = c.folder().read("forecast.csv");
  const ProgramRun forecast = run_in(
      c.folder(), {"forecast", "m.steppe", "--until", "2031", "--output", "f.csv", "--quiet"});
  EXPECT_EQ(forecast.exit_code, 0) << forecast.err;
  EXPECT_EQ(c.folder().read("f.csv"), wanted);
}

// A column whose future is in the data is known to the model as far as the data went.
TEST(SavedModel, KnowsTheFutureOfAColumnAsFarAsTheDataDid) {
  ProgramCase c;
  c.csv("year,y,x\n2010,1,2\n2011,3,3\n2012,4,5\n2013,7,6\n2014,8,9\n2015,,10\n2016,,12\n");
  c.change({{"steps",
             {{"y", nullptr},
              {"s", {{"regression", "ols"}, {"target", "data.y"}, {"regressors", {"data.x"}}}}}}});
  expect_same_forecast(
      [&]() -> TemporaryFolder& {
        c.run({"--quiet"});
        return c.folder();
      }(),
      "run.json", "forecast.csv", "2016");
  const ProgramRun further = run_in(c.folder(), {"forecast", "m.steppe", "--until", "2017"});
  EXPECT_EQ(further.exit_code, 9);
  EXPECT_NE(
      further.err.find("error[F12] series=\"data.y\" step=s[ols]: regressor \"data.x\" has no "
                       "value for 2017; the model file holds what was known of its column "
                       "when it was fitted: fit again with newer data, forecast it with a "
                       "trend step, or end earlier"),
      std::string::npos)
      << further.err;
}

Json series_of(const std::string& result) {
  return Json::parse(result).at("steps").at("mining").at("series").at(0);
}

TEST(SavedModel, TellsEquationStatisticsChoiceAndAgeWithoutTheData) {
  const TemporaryFolder folder;
  copy_example("karaganda", folder);
  const ProgramRun run = run_in(folder, {"run", "pipeline.json", "--format", "json"});
  run_in(folder, {"fit", "pipeline.json", "--save", "m.steppe", "--quiet"});
  std::filesystem::remove(folder.path() / "karaganda.csv");
  const ProgramRun forecast =
      run_in(folder, {"forecast", "m.steppe", "--until", "2021", "--format", "json"});
  ASSERT_EQ(forecast.exit_code, 0) << forecast.err;
  const Json wanted = series_of(run.out);
  const Json got = series_of(forecast.out);
  for (const char* key : {"status", "model", "choice", "equation", "parameters", "statistics",
                          "tables", "forecast", "warnings"}) {
    EXPECT_EQ(got.at(key), wanted.at(key)) << key;
  }
  const Json warnings = Json::parse(forecast.out).at("warnings");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].at("code"), "saved_fit");
  EXPECT_EQ(warnings[0].at("text"), "fitted on data up to 2019; nothing newer is in this forecast");
  const ProgramRun text = run_in(folder, {"forecast", "m.steppe", "--until", "2021"});
  EXPECT_NE(text.out.find("chosen: "), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("fitted on data up to 2019"), std::string::npos) << text.out;
}

TEST(SavedModel, HasTheSameBytesForAnyNumberOfThreads) {
  ProgramCase c;
  std::string csv = "id,year,y\n";
  for (int k = 0; k < 1300; ++k) {
    for (int year = 2010 + k % 3; year < 2020; ++year) {
      csv += "K" + std::to_string(k) + "," + std::to_string(year) + "," +
             std::to_string(50 + (k * 31 + year * 17) % 41 + (k % 7) * (year - 2000)) + "\n";
    }
  }
  c.csv(csv).change(
      {{"steps",
        {{"data", {{"key", "id"}}},
         {"y", {{"trend", "best"}, {"candidates", {"linear", "exponential", "naive"}}}}}}});
  c.run({"--quiet"});
  std::string bytes;
  for (const char* threads : {"1", "2", "16"}) {
    const ProgramRun fit = run_in(
        c.folder(), {"fit", "run.json", "--save", "m.steppe", "--quiet", "--threads", threads});
    ASSERT_EQ(fit.exit_code, 0) << fit.err;
    const std::string now = c.folder().read("m.steppe");
    if (bytes.empty()) bytes = now;
    EXPECT_TRUE(now == bytes) << threads << " threads";
  }
  EXPECT_LT(bytes.size() / 1300, 400u) << "bytes per series";
}

// A series that could not be fitted is in the file with its reason.
TEST(SavedModel, KeepsWhyASeriesFailed) {
  ProgramCase c;
  c.csv("id,year,y\nA,2010,1\nA,2011,3\nA,2012,4\nB,2010,1\nB,2011,-3\nB,2012,4\n")
      .change({{"max_failed", 0.5},
               {"steps", {{"data", {{"key", "id"}}}, {"y", {{"trend", "exponential"}}}}}});
  c.run({"--quiet"});
  const std::string wanted = c.folder().read("forecast.csv");
  const ProgramRun fit = run_in(c.folder(), {"fit", "run.json", "--save", "m.steppe", "--quiet"});
  EXPECT_EQ(fit.exit_code, 10);
  const ProgramRun forecast = run_in(
      c.folder(), {"forecast", "m.steppe", "--until", "2014", "--output", "f.csv", "--quiet"});
  EXPECT_EQ(forecast.exit_code, 10);
  EXPECT_NE(forecast.err.find("error[N6] series=\"B/data.y\""), std::string::npos) << forecast.err;
  EXPECT_EQ(c.folder().read("f.csv"), wanted);
}

// Model files as version 0.1 wrote them, and what it forecast from them. They stay readable: never
// write them anew, add new ones beside them. Point forecasts have the same bits on every x86-64,
// since ln and exp are our own; quantiles and standard errors go through the C library's functions.
class Fixture : public ::testing::TestWithParam<std::string> {};

void expect_same_rows(const Json& got, const Json& wanted, const std::string& where) {
  ASSERT_EQ(got.size(), wanted.size()) << where;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(got[i].at("time"), wanted[i].at("time"));
    EXPECT_EQ(got[i].at("mean"), wanted[i].at("mean")) << where;
    for (std::size_t c = 0; c < wanted[i].at("intervals").size(); ++c) {
      for (const char* end : {"lower", "upper"}) {
        const double value = wanted[i].at("intervals")[c].at(end);
        EXPECT_NEAR(got[i].at("intervals")[c].at(end).get<double>(), value,
                    1e-12 * std::fabs(value))
            << where;
      }
    }
  }
}

TEST_P(Fixture, ForecastsWhatItForecastWhenItWasWritten) {
  const auto folder = kRoot / "tests/pipeline/fixtures";
  const ProgramRun run = run_steppe({"forecast", (folder / (GetParam() + ".steppe")).string(),
                                     "--until", "2025", "--format", "json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::ifstream file(folder / (GetParam() + "_to_2025.json"));
  const Json wanted = Json::parse(file);
  const Json got = Json::parse(run.out);
  std::size_t series = 0;
  for (const auto& [step, content] : wanted.at("steps").items()) {
    for (const Json& one : content.at("series")) {
      const Json& other = got.at("steps").at(step).at("series").at(0);
      EXPECT_EQ(other.at("equation"), one.at("equation")) << step;
      expect_same_rows(other.at("forecast"), one.at("forecast"), step);
      ++series;
    }
  }
  EXPECT_GE(series, 3u);
}

INSTANTIATE_TEST_SUITE_P(Version0_1, Fixture,
                         ::testing::Values("karaganda_0_1", "every_estimator_0_1",
                                           "transforms_0_1"));  // of format 2

}  // namespace
}  // namespace steppe
