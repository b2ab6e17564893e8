// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe {
namespace {

using ::testing::HasSubstr;

// 32 cars of 1974; Henderson, Velleman 1981, Biometrics 37, 391-411.
RegressionInput cars_of_1974() {
  RegressionInput out{
      {}, {}, {}, {"cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb"}, "mpg"};
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/select/subsets_data.csv");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("mtcars,", 0) != 0) continue;
    const char* at = line.data() + 7;
    const char* end = line.data() + line.size();
    for (int cell = 0; at < end; ++cell) {
      double value = 0;
      at = std::from_chars(at, end, value).ptr + 1;
      (cell == 0 ? out.target : out.regressors).push_back(value);
    }
  }
  return out;
}

RegressionFit fit_stepwise(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.stepwise", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

// R: step(lm(mpg ~ ., mtcars)) ends at wt + qsec + am after seven steps; forward at wt + cyl + hp.
TEST(Stepwise, EndsWhereStepOfREnds) {
  const FitReport both =
      fit_stepwise(cars_of_1974(), {{"criterion", std::string("aic")}}).report().value();
  EXPECT_EQ(*both.text("selected"), "wt + qsec + am");
  const FitReport forward = fit_stepwise(cars_of_1974(), {{"criterion", std::string("aic")},
                                                          {"direction", std::string("forward")}})
                                .report()
                                .value();
  EXPECT_EQ(*forward.text("selected"), "cyl + hp + wt");
  EXPECT_EQ(*forward.text("start"), "intercept");
}

TEST(Stepwise, TellsEveryChangeItLookedAt) {
  const FitReport report =
      fit_stepwise(cars_of_1974(), {{"criterion", std::string("aic")}}).report().value();
  const ReportTable* trace = report.table("trace");
  ASSERT_NE(trace, nullptr);
  EXPECT_EQ(trace->columns, (std::vector<std::string>{"step", "aic", "residual_ss", "made"}));
  EXPECT_EQ(trace->rows[0], "1: - cyl");
  EXPECT_EQ(trace->values[3], 1.0);
  EXPECT_EQ(trace->rows.back().substr(0, 3), "8: ");
  std::size_t first = 0;
  for (const std::string& row : trace->rows) first += row.rfind("1: ", 0) == 0 ? 1 : 0;
  EXPECT_EQ(first, 11U);  // ten regressors and no change
}

TEST(Stepwise, AlwaysWarns) {
  const FitReport report = fit_stepwise(cars_of_1974()).report().value();
  std::string text;
  for (const Warning& warning : report.warnings)
    if (warning.code == "stepwise") text = warning.text;
  EXPECT_EQ(text,
            "stepwise selection finds a way, not the best regressors: it keeps noise, drops what "
            "matters when regressors correlate, and its R squared is too high and its p values "
            "too small (Harrell 2015, Regression Modeling Strategies, 4.3); better: "
            "regression.best_subset, which looks at all subsets, or regression.lasso");
}

TEST(Stepwise, KeepsForcedRegressors) {
  const FitReport report =
      fit_stepwise(cars_of_1974(), {{"force", std::vector<std::string>{"carb", "gear"}}})
          .report()
          .value();
  EXPECT_THAT(*report.text("selected"), HasSubstr("gear + carb"));
}

TEST(Stepwise, RefusesFewRowsN1) {
  RegressionInput input = cars_of_1974();
  input.target.resize(9);
  input.regressors.resize(90);
  const auto fit =
      testing::open_regression("regression.stepwise", {{"direction", std::string("backward")}})
          .fit(input);
  ASSERT_FALSE(fit.ok());
  EXPECT_THAT(fit.error().message, HasSubstr("9 observations are too few for the 8 regressors to "
                                             "begin with; go forward instead"));
}

}  // namespace
}  // namespace steppe
