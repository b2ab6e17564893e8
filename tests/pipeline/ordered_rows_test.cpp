// SPDX-License-Identifier: Apache-2.0

// Regressions whose rows are consecutive dates (tag ordered_rows) through the whole program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;
using testing::ProgramCase;

struct OrderedCase : ProgramCase {
  explicit OrderedCase(const char* value_of_2011 = "15", const char* regressor = "data.x") {
    std::string text = "year,y,x\n2008,11,1\n2009,14,3\n2010,12,3\n2011,";
    text += value_of_2011;
    csv(text + ",5\n2012,19,4\n2013,18,8\n2014,26,7\n2015,27,11\n2016,,12\n2017,,13\n");
    pipeline()["steps"]["y"] = {
        {"regression", "gls_ar"}, {"target", "data.y"}, {"regressors", {regressor}}};
  }
  Json series() { return result().at("steps").at("y").at("series").at(0); }
};

// R: the covariance matrix r^|i - j|, r by uniroot, best linear unbiased prediction.
TEST(OrderedRows, AreForecastFromTheLastErrorOn) {
  OrderedCase c;
  const auto y = c.series();
  ASSERT_EQ(c.last.exit_code, 0) << c.last.err;
  EXPECT_NEAR(y.at("statistics").at("rho").get<double>(), -0.81814607587815, 1e-12);
  EXPECT_NEAR(y.at("forecast").at(0).at("mean").get<double>(), 33.287798287273, 1e-10);
  EXPECT_NEAR(y.at("forecast").at(1).at("mean").get<double>(), 31.801543742993, 1e-10);
}

TEST(OrderedRows, MayNotHaveAGap) {
  OrderedCase c("");
  const auto run = c.run();
  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(run.err + run.out,
              ::testing::HasSubstr("needs consecutive dates, and a value is missing at 2011; fill "
                                   "it, or begin the rows after it"));
}

struct OrderedDriven : OrderedCase {
  OrderedDriven() : OrderedCase("15", "x") {
    csv("year,y,x\n2008,11,1\n2009,14,3\n2010,12,3\n2011,15,5\n2012,19,4\n2013,18,8\n2014,26,7\n"
        "2015,27,11\n");
    pipeline()["steps"]["x"] = {{"trend", "linear"}, {"series", "data.x"}};
    change({{"horizon", {{"steps", 2}}}});
  }
  // The forecast rows of a step.
  Json rows(const char* step) {
    return result().at("steps").at(step).at("series").at(0).at("forecast");
  }
};

// The residual variances are s^2 and s^2 (1 + rho^2) after one and two steps. The mean is linear in
// x of its own date.
TEST(OrderedRows, CarryTheErrorOfDriversThroughPathByPath) {
  OrderedDriven c;
  const Json y = c.series();
  EXPECT_EQ(y.at("uncertainty"), Json({{"method", "simulation"}, {"draws", 10000}}));
  const double s = y.at("statistics").at("standard_error").get<double>();
  const double rho = y.at("statistics").at("rho").get<double>();
  const std::vector<double> noise = {s * s, s * s * (1 + rho * rho)};
  const Json x = c.rows("x");
  const double slope = y.at("tables").at("coefficients").at("x").at("estimate").get<double>();
  for (std::size_t h = 0; h < 2; ++h) {
    const Json& row = y.at("forecast").at(h);
    const Json& variance = row.at("variance");
    EXPECT_NEAR(variance.at("residual").get<double>(), noise[h], 1e-10 * noise[h]);
    const double error = slope * x.at(h).at("standard_error").get<double>();
    // A variance of 10,000 draws has a standard error of 1.4 %.
    EXPECT_NEAR(variance.at("drivers").at("x").get<double>(), error * error, 0.06 * error * error);
    EXPECT_EQ(variance.at("driver_covariance").get<double>(), 0);
    EXPECT_GT(row.at("standard_error").get<double>(), row.at("known_standard_error").get<double>());
    EXPECT_GT(row.at("monte_carlo_error").at(0).get<double>(), 0);
  }
}

TEST(OrderedRows, GiveTheSameBytesForAnyNumberOfThreads) {
  OrderedDriven c;
  const std::string one = c.run({"--format", "json", "--threads", "1"}).out;
  EXPECT_EQ(one, c.run({"--format", "json", "--threads", "5"}).out);
}

// x of 2016 is planned: that date is as if the driver were known, the next one is not.
TEST(OrderedRows, LeaveDatesBeforeTheFirstForecastAsTheyAre) {
  OrderedDriven c;
  c.csv(
      "year,y,x\n2008,11,1\n2009,14,3\n2010,12,3\n2011,15,5\n2012,19,4\n2013,18,8\n2014,26,7\n"
      "2015,27,11\n2016,,12\n");
  const Json rows = c.rows("y");
  EXPECT_FALSE(rows.at(0).contains("variance"));
  EXPECT_FALSE(rows.at(0).contains("known_intervals"));
  EXPECT_TRUE(rows.at(1).contains("variance"));
}

TEST(OrderedRows, HaveNoClosedForm) {
  OrderedDriven c;
  c.pipeline()["steps"]["y"]["uncertainty"] = "closed_form";
  const auto run = c.run();
  EXPECT_THAT(run.err + run.out,
              ::testing::HasSubstr("\"uncertainty\": \"closed_form\" does not apply: gls_ar is not "
                                   "linear in its regressors on the scale of the target"));
}

TEST(OrderedRows, AreNotSimulatedBeyondAQuarterOfAGibibyte) {
  OrderedDriven c;
  c.change({{"horizon", {{"steps", 40}}}});
  c.pipeline()["steps"]["y"]["draws"] = 1'000'000;
  EXPECT_THAT(c.series().at("warnings").dump(),
              ::testing::HasSubstr("the error of the drivers is not carried through: 1000000 draws "
                                   "of paths of 40 dates take 306 MiB of memory, and at most 256 "
                                   "MiB are allowed"));
  c.pipeline()["steps"]["y"]["uncertainty"] = "simulation";
  const auto run = c.run();
  EXPECT_THAT(run.err + run.out,
              ::testing::HasSubstr("the error of the drivers cannot be carried through: 1000000 "
                                   "draws of paths of 40 dates take 306 MiB"));
}

}  // namespace
}  // namespace steppe
