// SPDX-License-Identifier: Apache-2.0

// Regressions whose rows are consecutive dates (tag ordered_rows) through the whole program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

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

TEST(OrderedRows, TakeForecastDriversAsKnownAndSaySo) {
  OrderedCase c("15", "x");
  c.csv(
      "year,y,x\n2008,11,1\n2009,14,3\n2010,12,3\n2011,15,5\n2012,19,4\n2013,18,8\n2014,26,7\n2015,"
      "27,11\n");
  c.pipeline()["steps"]["x"] = {{"trend", "linear"}, {"series", "data.x"}};
  const std::string warnings = c.series().at("warnings").dump();
  EXPECT_THAT(warnings, ::testing::HasSubstr("the error of the drivers is not carried through: "
                                             "gls_ar predicts consecutive dates, and not draws of "
                                             "a single one"));
  EXPECT_THAT(warnings, ::testing::HasSubstr("regressors_taken_as_known"));
  c.pipeline()["steps"]["y"]["uncertainty"] = "simulation";
  const auto run = c.run();
  EXPECT_THAT(run.err + run.out, ::testing::HasSubstr("\"uncertainty\": \"known_drivers\""));
}

}  // namespace
}  // namespace steppe
