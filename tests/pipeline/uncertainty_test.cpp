// SPDX-License-Identifier: Apache-2.0

// The error of forecast drivers through the whole program: which method, which interval, what is
// said where none applies.
#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;
using testing::ProgramCase;

// y on x and z with noise; x and z are forecast by `trend`.
struct Driven : ProgramCase {
  explicit Driven(const Json& regression = Json::object(), const char* trend = "linear") {
    csv("year,y,x,z\n2010,3.1,1,5\n2011,5.3,2.2,4\n2012,8.2,3.7,6\n2013,11.4,5.1,5\n2014,12.9,6.2,"
        "7\n"
        "2015,16.3,7.4,7\n2016,18.0,9.1,8\n2017,21.5,10.0,9\n");
    Json step = {{"regression", "ols"}, {"target", "data.y"}, {"regressors", {"x", "z"}}};
    step.merge_patch(regression);
    change({{"steps",
             {{"y", {{"trend", nullptr}, {"series", nullptr}}},
              {"x", {{"trend", trend}, {"series", "data.x"}}},
              {"z", {{"trend", trend}, {"series", "data.z"}}}}}});
    pipeline()["steps"]["y"] = step;
  }
};

Json target(ProgramCase& c) { return c.result().at("steps").at("y").at("series").at(0); }

bool has_warning(const Json& series, const std::string& code) {
  for (const Json& warning : series.at("warnings")) {
    if (warning.at("code") == code) return true;
  }
  return false;
}

double width(const Json& row, const char* name) {
  const Json& interval = row.at(name).at(0);
  return interval.at("upper").get<double>() - interval.at("lower").get<double>();
}

TEST(Uncertainty, TakesTheClosedFormForLinearTrends) {
  Driven c;
  const Json y = target(c);
  EXPECT_EQ(y.at("uncertainty"), Json({{"method", "closed_form"}}));
  for (const Json& row : y.at("forecast")) {
    EXPECT_GT(width(row, "intervals"), width(row, "known_intervals"));
    EXPECT_FALSE(row.contains("monte_carlo_error"));
  }
  EXPECT_FALSE(has_warning(y, "regressors_taken_as_known"));
}

TEST(Uncertainty, SimulatesWhereTheErrorsOfADriverAreNotSymmetric) {
  Driven c(Json({{"draws", 2000}}), "exponential");
  const Json y = target(c);
  EXPECT_EQ(y.at("uncertainty"), Json({{"method", "simulation"}, {"draws", 2000}}));
  EXPECT_GT(y.at("forecast").at(0).at("monte_carlo_error").at(0).get<double>(), 0);
}

TEST(Uncertainty, OfTheTwoMethodsIsTheSameButForChance) {
  Driven closed;
  Driven drawn(Json({{"uncertainty", "simulation"}}));
  const Json a = target(closed).at("forecast");
  const Json b = target(drawn).at("forecast");
  for (std::size_t h = 0; h < a.size(); ++h) {
    const double chance = b[h].at("monte_carlo_error").at(0).get<double>();
    EXPECT_NEAR(width(a[h], "intervals"), width(b[h], "intervals"), 6 * chance);
    EXPECT_EQ(a[h].at("known_intervals"), b[h].at("known_intervals"));
    EXPECT_EQ(a[h].at("mean"), b[h].at("mean"));
  }
}

TEST(Uncertainty, IsTheSameBytesForAnyNumberOfThreads) {
  Driven c(Json({{"uncertainty", "simulation"}}));
  const std::string one = c.run({"--format", "json", "--threads", "1"}).out;
  EXPECT_EQ(one, c.run({"--format", "json", "--threads", "5"}).out);
  c.change({{"seed", 77}});
  EXPECT_NE(one, c.run({"--format", "json", "--threads", "1"}).out);
}

// 2 b1 b2 r s1 s2, by the closed form.
double correlation_told(ProgramCase& c) {
  const Json steps = c.result().at("steps");
  const Json& y = steps.at("y").at("series").at(0);
  const Json& variance = y.at("forecast").at(0).at("variance");
  double product = 2;
  for (const char* driver : {"x", "z"}) {
    const Json& forecast = steps.at(driver).at("series").at(0).at("forecast");
    product *= forecast.at(0).at("standard_error").get<double>() *
               y.at("tables").at("coefficients").at(driver).at("estimate").get<double>();
  }
  return variance.at("driver_covariance").get<double>() / product;
}

// tests/reference/driver_correlation.py: straight lines by numpy.
TEST(Uncertainty, CorrelatesDriversByResidualsRollingErrorsOrNotAtAll) {
  Driven plain;
  EXPECT_NEAR(correlation_told(plain), -0.099718942871712, 1e-10);
  Driven residuals(Json({{"driver_correlation", "residuals"}}));
  EXPECT_NEAR(correlation_told(residuals), -0.099718942871712, 1e-10);
  Driven rolling(Json({{"driver_correlation", "rolling"}}));
  EXPECT_NEAR(correlation_told(rolling), 0.16627411080226898, 1e-10);
  Driven none(Json({{"driver_correlation", "none"}}));
  EXPECT_EQ(correlation_told(none), 0);
}

TEST(Uncertainty, SimulatesWithTheCorrelationThatIsWanted) {
  const Json ways = {"residuals", "rolling", "none"};
  for (const Json& way : ways) {
    Driven closed(Json({{"driver_correlation", way}}));
    Driven drawn(Json({{"driver_correlation", way}, {"uncertainty", "simulation"}}));
    const Json a = target(closed).at("forecast").at(0).at("variance").at("driver_covariance");
    const Json b = target(drawn).at("forecast").at(0).at("variance").at("driver_covariance");
    EXPECT_NEAR(a.get<double>(), b.get<double>(), 1e-12) << way;
  }
}

TEST(Uncertainty, TakesRollingErrorsOnTheScaleOfTheDriver) {
  Driven rolling(Json({{"driver_correlation", "rolling"}, {"draws", 1000}}), "exponential");
  const Json y = target(rolling);
  EXPECT_EQ(y.at("uncertainty").at("method"), "simulation");
  EXPECT_NE(y.at("forecast").at(0).at("variance").at("driver_covariance").get<double>(), 0);
}

TEST(Uncertainty, LeavesDriversKnownWhereTheOperatorWantsIt) {
  Driven c(Json({{"uncertainty", "known_drivers"}}));
  const Json y = target(c);
  EXPECT_FALSE(y.contains("uncertainty"));
  EXPECT_TRUE(has_warning(y, "regressors_taken_as_known"));
}

TEST(Uncertainty, RefusesTheClosedFormForARegressionThatIsNotLinear) {
  Driven c(Json({{"uncertainty", "closed_form"}, {"transform", "log"}}));
  const auto run = c.run();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(run.err.find("\"uncertainty\": \"closed_form\" does not apply: ols is not linear in "
                         "its regressors on the scale of the target, or knows no variance of its "
                         "errors; set \"uncertainty\": \"simulation\" or leave it out"),
            std::string::npos)
      << run.err;
}

TEST(Uncertainty, SimulatesARegressionThatIsNotLinearByItsPredictions) {
  Driven c(Json({{"transform", "log"}, {"draws", 1000}}));
  const Json y = target(c);
  ASSERT_TRUE(y.contains("uncertainty")) << y.dump(1);
  EXPECT_EQ(y.at("uncertainty").at("method"), "simulation");
  for (const Json& row : y.at("forecast")) {
    EXPECT_GT(width(row, "intervals"), width(row, "known_intervals"));
  }
}

// N7: a lognormal driver whose quantiles are numbers and whose variance, e^(s^2), is beyond them.
TEST(Uncertainty, LeavesAVarianceBeyondTheRangeOfDoubleUndefinedAndSaysSo) {
  Driven c(Json({{"regressors", {"x"}}}), "exponential");
  c.csv(
      "year,y,x\n2010,1,1e-40\n2011,2,1e42\n2012,3,1e-38\n2013,5,1e45\n2014,4,1e-41\n2015,6,1e40\n"
      "2016,6,1e-30\n");
  c.change({{"steps", {{"z", nullptr}}}});
  const Json y = target(c);
  const Json& row = y.at("forecast").at(0);
  EXPECT_TRUE(row.at("standard_error").is_null());
  EXPECT_TRUE(row.at("variance").at("total").is_null());
  EXPECT_TRUE(row.at("intervals").at(0).at("upper").is_number());
  std::string text;
  for (const Json& warning : y.at("warnings")) {
    if (warning.at("code") == "variance_overflow") text = warning.at("text");
  }
  EXPECT_EQ(text,
            "the variance of the forecast leaves the range of double and is left undefined; the "
            "intervals stand");
}

TEST(Uncertainty, OfALaggedDriverBeginsWhereItsHistoryEnds) {
  Driven c(Json({{"regressors", {{{"of", "x"}, {"lag", 1}}, "data.z"}}}));
  c.csv(
      "year,y,x,z\n2010,3.1,1,5\n2011,5.3,2.2,4\n2012,8.2,3.7,6\n2013,11.4,5.1,5\n2014,12.9,6.2,7\n"
      "2015,16.3,7.4,7\n2016,18.0,9.1,8\n2017,21.5,10.0,9\n2018,,,9\n2019,,,10\n");
  c.change({{"steps", {{"x", {{"missing", "trim"}}}, {"z", nullptr}}}});
  const Json rows = target(c).at("forecast");
  EXPECT_FALSE(rows.at(0).contains("variance"));  // x of 2017 is known
  ASSERT_TRUE(rows.at(1).contains("variance"));   // x of 2018 is forecast
  EXPECT_GT(rows.at(1).at("variance").at("drivers").at("x lag 1").get<double>(), 0);
  EXPECT_EQ(rows.at(1).at("variance").at("driver_covariance").get<double>(), 0);
}

}  // namespace
}  // namespace steppe
