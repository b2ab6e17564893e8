// SPDX-License-Identifier: Apache-2.0

// One fit for the rows of all keys, through the whole program: the numbers are those of
// tests/reference/panel/firms.txt.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;

const char* const kFirms =
    "firm,year,sales,staff,price\n"
    "Abai,2016,121,20,5.1\nAbai,2017,128,22,5.2\nAbai,2018,131,23,5.2\nAbai,2019,139,25,5.4\n"
    "Abai,2020,142,26,5.3\nKaragandy,2016,310,55,4.8\nKaragandy,2017,318,58,4.9\n"
    "Karagandy,2018,331,61,4.9\nKaragandy,2019,335,62,5.0\nKaragandy,2020,348,66,5.1\n"
    "Saran,2016,64,9,5.6\nSaran,2017,66,10,5.5\nSaran,2018,71,11,5.5\nSaran,2019,69,11,5.7\n"
    "Saran,2020,76,13,5.8\nTemirtau,2017,205,40,5.0\nTemirtau,2018,214,42,5.1\n"
    "Temirtau,2019,219,44,5.0\nTemirtau,2020,226,45,5.1\n";

struct FirmsCase : ProgramCase {
  explicit FirmsCase(const char* regression = "panel") {
    csv(kFirms);
    Json& steps = pipeline()["steps"];
    steps = {{"firms", {{"source", "csv"}, {"path", "data.csv"}, {"key", "firm"}}},
             {"staff", {{"trend", "linear"}, {"series", "firms.staff"}}},
             {"price", {{"trend", "naive"}, {"series", "firms.price"}}},
             {"sales",
              {{"regression", regression},
               {"target", "firms.sales"},
               {"regressors", {"staff", "price"}},
               {"draws", 1000}}}};
    pipeline()["outputs"] = {{{"forecast", "forecast.csv"}}, {{"record", "record.json"}}};
  }
  Json& sales() { return pipeline()["steps"]["sales"]; }
  // With exit code 0 or 10.
  Json sales_result() {
    const Json all = result();
    EXPECT_EQ(last.exit_code % 10, 0) << last.err;
    return all.at("steps").at("sales");
  }
  std::string refusal() {
    const ProgramRun run = run_as("validate", {});
    EXPECT_EQ(run.exit_code, 3) << run.out;
    return run.err + run.out;
  }
};

std::map<std::string, std::string> texts_of(const ProgramCase::Json& warnings) {
  std::map<std::string, std::string> out;
  for (const auto& warning : warnings) out[warning.at("code")] = warning.at("text");
  return out;
}

TEST(Pooled, FitsAllKeysOnceAndForecastsEach) {
  FirmsCase c;
  const auto sales = c.sales_result();
  const auto& pooled = sales.at("pooled");
  EXPECT_EQ(pooled.at("status"), "ok");
  EXPECT_EQ(pooled.at("plugin"), "regression.panel");
  EXPECT_EQ(pooled.at("keys"), 4);
  EXPECT_EQ(pooled.at("rows"), 19);
  EXPECT_EQ(pooled.at("diagnostics_remark"),
            "no tests of assumptions: they take rows as one series, and these are of 4 keys");
  const auto& tables = pooled.at("tables");
  const auto number = [](const auto& value) { return value.template get<double>(); };
  EXPECT_NEAR(number(tables.at("coefficients").at("staff").at("estimate")), 3.6229019676585192,
              1e-11);
  EXPECT_NEAR(number(tables.at("coefficients").at("price").at("standard_error")), 3.567162731960305,
              1e-10);
  EXPECT_NEAR(number(tables.at("effects").at("Saran").at("estimate")), 40.54104474341639, 1e-9);
  EXPECT_EQ(tables.at("effects").at("Temirtau").at("observations"), 4);
  EXPECT_EQ(texts_of(pooled.at("warnings")).at("few_clusters"),
            "clustered standard errors rest on the number of keys, and there are 4: with fewer "
            "than about 30 they come out too small, and p values too");
  const double expected[4][2] = {{148.39129672641238, 153.82564967790015},
                                 {356.36060300626553, 365.78014812217765},
                                 {78.64654892852474, 81.9071606994174},
                                 {231.30419825583826, 237.46313160085774}};
  ASSERT_EQ(sales.at("series").size(), 4u);
  for (std::size_t k = 0; k < 4; ++k) {
    const auto& series = sales.at("series").at(k);
    EXPECT_FALSE(series.contains("equation"));
    EXPECT_FALSE(series.contains("diagnostics"));
    EXPECT_EQ(series.at("in_sample").size(), k == 3 ? 4u : 5u);
    for (std::size_t h = 0; h < 2; ++h) {
      EXPECT_NEAR(number(series.at("forecast").at(h).at("mean")), expected[k][h], 1e-9);
      EXPECT_EQ(series.at("forecast").at(h).at("intervals").size(), 1u);
    }
    EXPECT_EQ(series.at("uncertainty").at("method"), "simulation");
  }
}

TEST(Pooled, AnyRegressionMayBe) {
  FirmsCase c("ols");
  c.sales()["pooled"] = true;
  const auto sales = c.sales_result();
  EXPECT_NEAR(sales.at("pooled").at("tables").at("coefficients").at("staff").at("estimate"),
              5.054411605600845, 1e-11);
  EXPECT_EQ(texts_of(sales.at("pooled").at("warnings")).at("pooled_rows_as_independent"),
            "the rows of 4 keys are taken as independent, which those of one key seldom are: "
            "standard errors may be too small; \"regression\": \"panel\", \"effects\": \"none\" "
            "has errors clustered by key");
  EXPECT_EQ(sales.at("series").at(0).at("uncertainty").at("method"), "closed_form");
  c.sales()["pooled"] = false;
  EXPECT_FALSE(c.sales_result().contains("pooled"));
}

TEST(Pooled, GivesTheSameBytesForAnyThreadsAndOrderOfRows) {
  FirmsCase c;
  const auto run_with = [&](const char* threads) {
    c.last = c.run({"--format", "json", "--threads", threads});
    EXPECT_EQ(c.last.exit_code, 0) << c.last.err;
    return c.last.out + c.folder().read("forecast.csv");
  };
  const std::string one = run_with("1");
  EXPECT_EQ(run_with("2"), one);
  EXPECT_EQ(run_with("16"), one);
  const std::string forecast = c.folder().read("forecast.csv");
  const std::string all(kFirms);
  const std::size_t middle = all.find("Saran,2016");
  const std::size_t first = all.find('\n') + 1;
  c.csv(all.substr(0, first) + all.substr(middle) + all.substr(first, middle - first));
  run_with("2");
  EXPECT_EQ(c.folder().read("forecast.csv"), forecast);
}

TEST(Pooled, AModelFileForecastsAsTheRun) {
  for (const char* regression : {"panel", "ols"}) {
    FirmsCase c(regression);
    c.sales()["pooled"] = true;
    ASSERT_EQ(c.run({"--quiet"}).exit_code, 0);
    const std::string wanted = c.folder().read("forecast.csv");
    const ProgramRun fit = c.run_as("fit", {"--save", "m.steppe", "--quiet"});
    ASSERT_EQ(fit.exit_code, 0) << fit.err;
    std::filesystem::remove(c.folder().path() / "data.csv");
    testing::ProgramSettings settings;
    settings.folder = c.folder().path();
    const ProgramRun forecast =
        testing::run_steppe({"forecast", "m.steppe", "--until", "2022", "--output", "f.csv",
                             "--format", "json", "--threads", "2"},
                            settings);
    ASSERT_EQ(forecast.exit_code, 0) << forecast.err;
    EXPECT_EQ(c.folder().read("f.csv"), wanted);
    const auto pooled = ProgramCase::Json::parse(forecast.out).at("steps").at("sales").at("pooled");
    EXPECT_EQ(pooled.at("rows"), 19);
    EXPECT_EQ(pooled.at("status"), "ok");
    EXPECT_EQ(pooled.at("tables").contains("effects"), std::string(regression) == "panel");
  }
}

TEST(Pooled, KeysMayEndOnDifferentDates) {
  FirmsCase c;
  c.csv(std::string(kFirms) + "Temirtau,2021,231,46,5.2\n");
  ASSERT_EQ(c.run({"--quiet"}).exit_code, 0);
  const std::string wanted = c.folder().read("forecast.csv");
  ASSERT_EQ(c.run_as("fit", {"--save", "m.steppe", "--quiet"}).exit_code, 0);
  testing::ProgramSettings settings;
  settings.folder = c.folder().path();
  const ProgramRun forecast = testing::run_steppe(
      {"forecast", "m.steppe", "--until", "2023", "--output", "f.csv", "--quiet"}, settings);
  EXPECT_EQ(forecast.exit_code, 0) << forecast.err;
  EXPECT_THAT(c.folder().read("f.csv"), ::testing::HasSubstr("Temirtau,sales,2023,2,"));
  EXPECT_THAT(wanted, ::testing::HasSubstr("Temirtau,sales,2023,2,"));
}

TEST(Pooled, TheRecordHasTheWarningsOfTheFit) {
  FirmsCase c;
  ASSERT_EQ(c.run({"--quiet"}).exit_code, 0);
  const auto record = ProgramCase::Json::parse(c.folder().read("record.json"));
  bool found = false;
  for (const auto& warning : record.at("warnings"))
    found |= warning.value("step", "") == "sales" && warning.at("code") == "few_clusters" &&
             !warning.contains("key");
  EXPECT_TRUE(found) << record.at("warnings").dump(1);
  EXPECT_THAT(c.run().out, ::testing::AllOf(::testing::HasSubstr("one fit for 4 keys, 19 rows"),
                                            ::testing::HasSubstr("(few_clusters)")));
}

// Temirtau has no price at all: it has no row, and fails alone.
TEST(Pooled, AKeyWithoutRowsFailsAlone) {
  FirmsCase c;
  std::string csv = "firm,year,sales,staff,price,cost\n";
  std::string line;
  for (const char* at = kFirms; *at != 0; ++at) {
    if (*at != '\n') {
      line += *at;
      continue;
    }
    if (line.substr(0, 4) != "firm") {
      csv += line + (line[0] == 'T' ? ",\n" : "," + line.substr(line.rfind(',') + 1) + "\n");
    }
    line.clear();
  }
  c.csv(csv);
  c.sales()["regressors"] = {"staff", "firms.cost"};
  const auto sales = c.result().at("steps").at("sales");
  EXPECT_EQ(sales.at("pooled").at("keys"), 3);
  EXPECT_EQ(sales.at("pooled").at("rows"), 15);
  EXPECT_EQ(texts_of(sales.at("pooled").at("warnings")).at("keys_left_out"),
            "1 key is not in the fit, having no rows for it: \"Temirtau\"");
  EXPECT_EQ(sales.at("series").at(3).at("error").at("message"),
            "no date has the target and every regressor; rows=0");
}

TEST(Pooled, NamesKeysAndDatesWhereTheFitSaysNumbers) {
  FirmsCase c;
  std::string csv = kFirms;
  csv.replace(csv.find("Saran,2017,66,10"), 16, "Saran,2017,66,1e200");
  c.csv(csv);
  c.sales()["regressors"] = {"firms.staff"};
  const auto sales = c.result().at("steps").at("sales");
  EXPECT_EQ(sales.at("pooled").at("status"), "failed");
  EXPECT_EQ(sales.at("series").at(0).at("error").at("message"),
            sales.at("pooled").at("error").at("message"));
  // Saran alone has one row: it is named in the warning.
  FirmsCase one;
  csv = std::string(kFirms).substr(0, std::string(kFirms).find("Saran,2017"));
  one.csv(csv);
  EXPECT_EQ(
      texts_of(one.result().at("steps").at("sales").at("pooled").at("warnings")).at("single_row"),
      "\"Saran\" has a single row: it is fitted exactly by the effect, and tells nothing of "
      "the slopes");
}

TEST(Pooled, ASingleKeyHasNoClusteredErrors) {
  FirmsCase c;
  c.csv(std::string(kFirms).substr(0, std::string(kFirms).find("Karagandy")));
  c.sales()["regressors"] = {"staff"};
  const auto sales = c.result().at("steps").at("sales");
  EXPECT_EQ(texts_of(sales.at("pooled").at("warnings")).at("single_key"),
            "all rows are of one key: clustered standard errors, t, p and F are undefined and "
            "forecasts have no interval; use \"covariance\": \"classical\"");
  EXPECT_TRUE(sales.at("series").at(0).at("forecast").at(0).at("standard_error").is_null());
}

TEST(Pooled, J13_RefusesWhatAPoolCannotBe) {
  FirmsCase keyless;
  keyless.pipeline()["steps"]["firms"].erase("key");
  EXPECT_THAT(keyless.refusal(),
              ::testing::HasSubstr(
                  "regression step \"sales\" fits the rows of all keys at once, but source step "
                  "\"firms\" without key has one series; give the source its \"key\", or fit that "
                  "series with a regression that is not pooled"));
  FirmsCase apart;
  apart.sales()["pooled"] = false;
  EXPECT_THAT(apart.refusal(),
              ::testing::HasSubstr(
                  "(steps.sales.pooled): regression.panel fits the rows of all keys at once; "
                  "remove \"pooled\", or use a regression that fits each key by itself, such as "
                  "\"ols\""));
  FirmsCase ordered("gls_ar");
  ordered.sales()["pooled"] = true;
  EXPECT_THAT(ordered.refusal(),
              ::testing::HasSubstr("regression.gls_ar needs rows of consecutive dates, which those "
                                   "of several keys are not; remove \"pooled\""));
  FirmsCase tested;
  tested.sales()["diagnostics"] = {{"cusum", true}};
  EXPECT_THAT(tested.refusal(),
              ::testing::HasSubstr("the tests of assumptions take rows as one series, and a pooled "
                                   "fit has those of all keys; remove \"diagnostics\""));
  FirmsCase word;
  word.sales()["pooled"] = "yes";
  EXPECT_THAT(word.refusal(), ::testing::HasSubstr("\"yes\" is a string; expected true for one fit "
                                                   "to the rows of all keys"));
}

TEST(Pooled, ScenariosChangeTheDriversOfEveryKey) {
  FirmsCase c;
  c.pipeline()["steps"]["plan"] = {{"scenario", {{"more", {{"staff", {{"change", "+10%"}}}}}}},
                                   {"of", "sales"}};
  const auto all = c.result();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  const auto& plan = all.at("steps").at("plan").at("series");
  ASSERT_EQ(plan.size(), 4u);
  for (const auto& series : plan) EXPECT_EQ(series.at("status"), "ok") << series.dump(1);
}

TEST(Pooled, BacktestsFitThePoolAtEveryOrigin) {
  FirmsCase c;
  const ProgramRun run =
      c.run_as("backtest", {"--horizon", "1", "--minimum", "3", "--format", "json"});
  EXPECT_EQ(run.exit_code % 10, 0) << run.err;
  EXPECT_THAT(run.out, ::testing::HasSubstr("\"sales\""));
}

}  // namespace
}  // namespace steppe
