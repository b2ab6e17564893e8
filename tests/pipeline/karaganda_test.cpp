// SPDX-License-Identifier: Apache-2.0

// The first real case, through the whole program. Expected numbers: karaganda_expected.json, made
// in 40-digit arithmetic from the data that the source prints (see
// docs/examples/karaganda/README.md).

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/run_steppe.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;
using testing::ProgramRun;
using testing::run_steppe;
using testing::TemporaryFolder;

const std::string kExample = std::string(STEPPE_SOURCE_DIR) + "/docs/examples/karaganda";

Json expected() {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/pipeline/karaganda_expected.json");
  return Json::parse(file);
}

// A copy of the example in a folder of its own, so that runs do not meet.
class Karaganda : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"pipeline.json", "karaganda.csv"}) {
      std::filesystem::copy_file(kExample + "/" + name, folder_.path() / name);
    }
  }

  Json run(const Json& change = Json::object()) {
    Json pipeline = Json::parse(folder_.read("pipeline.json"));
    pipeline.merge_patch(change);
    folder_.write("changed.json", pipeline.dump());
    const ProgramRun program =
        run_steppe({"run", (folder_.path() / "changed.json").string(), "--format", "json"});
    EXPECT_EQ(program.exit_code, 0) << program.err;
    return Json::parse(program.out);
  }

  TemporaryFolder folder_;
};

// Relative agreement; printed() compares to the digits that a text shows.
void expect_close(const Json& value, const Json& wanted, const std::string& what,
                  double tolerance = 1e-10) {
  ASSERT_TRUE(value.is_number()) << what << " is " << value;
  const double w = wanted.get<double>();
  EXPECT_NEAR(value.get<double>(), w, tolerance * std::fabs(w)) << what;
}

// The printed number of digits of a JSON number as written: half a unit of the last one.
void expect_printed(const Json& value, const Json& wanted, const std::string& what) {
  const double w = wanted.get<double>();
  const std::string text = wanted.dump();
  const auto point = text.find('.');
  const auto exponent = text.find('e');
  double unit = 0;
  if (point != std::string::npos && exponent == std::string::npos && text.substr(point) != ".0") {
    unit = std::pow(10.0, -double(text.size() - point - 1));
  } else {  // an integer printed in six significant digits, as 7.6194E+12
    unit = std::pow(10.0, std::floor(std::log10(std::fabs(w))) - 5);
  }
  EXPECT_NEAR(value.get<double>(), w, 0.51 * unit) << what;
}

const Json& series(const Json& result, const std::string& step) {
  return result.at("steps").at(step).at("series").at(0);
}

// Every trend under "full": parameters a, b, c and both R squared.
TEST_F(Karaganda, GivesEveryTrendOfBothDrivers) {
  const Json result = run();
  const Json wanted = expected().at("trends");
  int numbers = 0;
  for (const char* driver : {"mining", "innovation"}) {
    for (const auto& [trend, entry] : wanted.at(driver).items()) {
      if (trend.starts_with("forecast")) continue;
      const Json& candidate = series(result, driver).at("candidates").at(trend);
      for (const auto& [name, value] : entry.at("full").items()) {
        const std::string what = std::string(driver) + " " + trend + " " + name;
        ++numbers;
        if (name == "r2") {
          expect_close(candidate.at("statistics").at("r_squared_fit_scale"), value, what);
        } else if (name == "r2_original_scale") {
          expect_close(candidate.at("statistics").at("r_squared_original_scale"), value, what);
        } else {
          expect_close(candidate.at("parameters").at(name).at("estimate"), value, what);
        }
      }
    }
  }
  EXPECT_EQ(numbers, 36);
}

TEST_F(Karaganda, PicksAsTheSourceDoesAndForecasts2021) {
  const Json result = run();
  const Json wanted = expected().at("trends");
  EXPECT_EQ(series(result, "mining").at("model"), "polynomial");
  EXPECT_EQ(series(result, "innovation").at("model"), "exponential");
  const auto forecast = [&](const char* step) { return series(result, step).at("forecast").at(1); };
  EXPECT_EQ(forecast("mining").at("time"), "2021");
  expect_close(forecast("mining").at("mean"),
               wanted.at("mining").at("forecast_2021_polynomial").at("full"), "mining 2021");
  expect_close(forecast("innovation").at("mean"),
               wanted.at("innovation").at("forecast_2021_exponential").at("full"),
               "innovation 2021");
}

// Compares the regression protocol of a result with an entry of the expected file.
template <typename Compare>
int compare_protocol(const Json& grp, const Json& wanted, Compare compare) {
  const Json& statistics = grp.at("statistics");
  int numbers = 0;
  const auto check = [&](const Json& value, const Json& want, const std::string& what) {
    ++numbers;
    compare(value, want, what);
  };
  for (const char* name : {"multiple_r", "r_squared", "adjusted_r_squared", "standard_error",
                           "observations", "durbin_watson"}) {
    if (wanted.contains(name)) check(statistics.at(name), wanted.at(name), name);
  }
  for (const auto& [row, cells] : wanted.at("anova").items()) {
    for (const auto& [column, value] : cells.items()) {
      check(grp.at("tables").at("anova").at(row).at(column), value, "anova " + row + " " + column);
    }
  }
  for (const auto& [row, cells] : wanted.at("coefficients").items()) {
    for (const auto& [column, value] : cells.items()) {
      check(grp.at("tables").at("coefficients").at(row).at(column), value, row + " " + column);
    }
  }
  return numbers;
}

const auto kClose = [](const Json& value, const Json& wanted, const std::string& what) {
  expect_close(value, wanted, what);
};

TEST_F(Karaganda, GivesTheRegressionOfAllRows) {
  const Json wanted = expected().at("regression").at("all_rows_2010_to_2019");
  EXPECT_EQ(compare_protocol(series(run(), "grp"), wanted, kClose), 34);
}

TEST_F(Karaganda, GivesTheRegressionWithoutTheFirstRow) {
  const Json result = run({{"steps", {{"grp", {{"rows", {{"from", 2011}}}}}}}});
  const Json wanted = expected().at("regression");
  compare_protocol(series(result, "grp"), wanted.at("figure_9_rows_2011_to_2019_full"), kClose);
  compare_protocol(series(result, "grp"), wanted.at("figure_9_rows_2011_to_2019"),
                   [](const Json& value, const Json& want, const std::string& what) {
                     expect_printed(value, want, what);
                   });
}

void compare_2021(const Json& grp, const Json& wanted) {
  const Json& row = grp.at("forecast").at(1);
  EXPECT_EQ(row.at("time"), "2021");
  expect_close(row.at("mean"), wanted.at("mean"), "mean");
  // The source's protocol takes the drivers as known.
  const Json& prediction = row.at("known_intervals").at(1);
  const Json& mean = row.at("mean_intervals").at(1);
  EXPECT_EQ(prediction.at("coverage"), 0.95);
  expect_close(prediction.at("lower"), wanted.at("prediction_interval_95").at(0), "lower");
  expect_close(prediction.at("upper"), wanted.at("prediction_interval_95").at(1), "upper");
  expect_close(mean.at("lower"), wanted.at("mean_interval_95").at(0), "mean lower");
  expect_close(mean.at("upper"), wanted.at("mean_interval_95").at(1), "mean upper");
}

TEST_F(Karaganda, ForecastsTheRegionsProductOf2021) {
  const Json wanted = expected().at("grp_2021");
  compare_2021(series(run(), "grp"), wanted.at("all_rows_model_full_precision_drivers"));
  compare_2021(series(run({{"steps", {{"grp", {{"rows", {{"from", 2011}}}}}}}}), "grp"),
               wanted.at("figure_9_model_full_precision_drivers"));
}

// The parts add up to the variance, bit for bit, and the variance is the square of the standard
// error.
void check_split(const Json& row) {
  const Json& variance = row.at("variance");
  double sum = variance.at("residual").get<double>() + variance.at("coefficients").get<double>();
  for (const char* driver : {"mining", "innovation"}) {
    sum += variance.at("drivers").at(driver).get<double>();
  }
  sum += variance.at("driver_covariance").get<double>();
  EXPECT_EQ(sum, variance.at("total").get<double>());
  EXPECT_EQ(std::sqrt(sum), row.at("standard_error").get<double>());
  // What the page says: more comes from mining than from anything else.
  EXPECT_NEAR(variance.at("drivers").at("mining").get<double>() / sum, 0.42, 0.01);
}

Json with_uncertainty(const char* word) { return {{"steps", {{"grp", {{"uncertainty", word}}}}}}; }

TEST_F(Karaganda, CarriesTheErrorOfItsDriversThrough) {
  const Json closed = series(run(with_uncertainty("closed_form")), "grp");
  const Json drawn = series(run(), "grp");
  EXPECT_EQ(closed.at("uncertainty"), Json({{"method", "closed_form"}}));
  EXPECT_EQ(drawn.at("uncertainty"), Json({{"method", "simulation"}, {"draws", 10000}}));
  for (const Json* grp : {&closed, &drawn}) {
    const Json& row = grp->at("forecast").at(1);
    check_split(row);
    EXPECT_LT(row.at("intervals").at(1).at("lower"), row.at("known_intervals").at(1).at("lower"));
    EXPECT_GT(row.at("intervals").at(1).at("upper"), row.at("known_intervals").at(1).at("upper"));
  }
}

TEST_F(Karaganda, TakesDriversAsKnownWhereThatIsWanted) {
  const Json grp = series(run(with_uncertainty("known_drivers")), "grp");
  const Json& row = grp.at("forecast").at(1);
  EXPECT_FALSE(row.contains("variance"));
  EXPECT_FALSE(grp.contains("uncertainty"));
  const Json wanted = expected().at("grp_2021").at("all_rows_model_full_precision_drivers");
  expect_close(row.at("intervals").at(1).at("lower"), wanted.at("prediction_interval_95").at(0),
               "lower");
  EXPECT_EQ(grp.at("warnings").back().at("code"), "regressors_taken_as_known");
}

// The summary names what the issue of the source was: the choice, the scale, what is not known.
TEST_F(Karaganda, PrintsASummaryWithChoiceProtocolAndWarnings) {
  const ProgramRun run = run_steppe({"run", (folder_.path() / "pipeline.json").string()});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err, "");
  for (const char* text : {"mining", "innovation", "polynomial", "picked by the operator", "ANOVA",
                           "Multiple R", "2021", "grp_forecast.csv", "with drivers known"}) {
    EXPECT_NE(run.out.find(text), std::string::npos) << text << "\n" << run.out;
  }
  EXPECT_TRUE(folder_.has("grp_forecast.csv"));
  EXPECT_TRUE(folder_.has("grp_result.json"));
  EXPECT_TRUE(folder_.has("grp_run.json"));
}

TEST_F(Karaganda, WritesTheSameObjectThatFormatJsonPrints) {
  const ProgramRun run =
      run_steppe({"run", (folder_.path() / "pipeline.json").string(), "--format", "json"});
  EXPECT_EQ(run.out, folder_.read("grp_result.json"));
}

// The run record names input, plugins, options and accounts for every row.
TEST_F(Karaganda, RecordsTheRun) {
  run_steppe({"run", (folder_.path() / "pipeline.json").string(), "--quiet"});
  const Json record = Json::parse(folder_.read("grp_run.json"));
  const Json& rows = record.at("sources").at("region").at("rows");
  EXPECT_EQ(rows.at("rows_in"), 10);
  EXPECT_EQ(rows.at("used"), 10);
  EXPECT_EQ(rows.at("rejected"), 0);
  EXPECT_EQ(rows.at("skipped"), 0);
  // sha256sum karaganda.csv
  EXPECT_EQ(record.at("sources").at("region").at("snapshot"),
            "sha256:8b535417d1ea0a1cc2844e21b4fe0f345285179b0a181ac3ce477eb3af695aaf");
}

}  // namespace
}  // namespace steppe
