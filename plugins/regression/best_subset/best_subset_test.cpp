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

// Fertility in 47 Swiss provinces of 1888; Mosteller, Tukey 1977, Data Analysis and Regression.
RegressionInput swiss_fertility() {
  RegressionInput out{{},
                      {},
                      {},
                      {"agriculture", "examination", "education", "catholic", "infant_mortality"},
                      "fertility"};
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/select/subsets_data.csv");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("swiss,", 0) != 0) continue;
    const char* at = line.data() + 6;
    const char* end = line.data() + line.size();
    for (int cell = 0; at < end; ++cell) {
      double value = 0;
      at = std::from_chars(at, end, value).ptr + 1;
      (cell == 0 ? out.target : out.regressors).push_back(value);
    }
  }
  return out;
}

RegressionFit fit_best_subset(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.best_subset", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

std::string best_subset_warning(const FitReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings)
    if (warning.code == code) return warning.text;
  return "";
}

// R: regsubsets of leaps, and lm on what it chose (tests/reference/select/subsets_r.csv).
TEST(BestSubset, ChoosesAsLeapsDoes) {
  const RegressionFit fit = fit_best_subset(swiss_fertility());
  const FitReport report = fit.report().value();
  EXPECT_EQ(*report.text("selected"), "agriculture + education + catholic + infant_mortality");
  EXPECT_NEAR(*report.scalar("aicc"), 327.340844063982, 1e-9);  // AIC of R plus 84 / 40
  const ReportTable* sizes = report.table("best_of_size");
  ASSERT_NE(sizes, nullptr);
  ASSERT_EQ(sizes->rows.size(), 6U);
  EXPECT_EQ(sizes->rows[0], "intercept");
  EXPECT_EQ(sizes->rows[1], "education");
  EXPECT_EQ(sizes->rows[2], "education + catholic");
  EXPECT_NEAR(sizes->values[4 * 1 + 1], 4015.2356560108051, 1e-8);
  EXPECT_NEAR(sizes->values[4 * 2 + 1], 3054.1686811545746, 1e-8);
}

TEST(BestSubset, SaysThatWhatFollowsIsTooOptimistic) {
  const FitReport report = fit_best_subset(swiss_fertility()).report().value();
  EXPECT_EQ(best_subset_warning(report, "selected_regressors"),
            "the regressors were chosen with the same data: standard errors, p values and "
            "intervals are those of a regression that was fixed beforehand, and too optimistic");
  EXPECT_THAT(best_subset_warning(report, "runners_up"),
              HasSubstr("1 other subset is within 2 units of the best: the data hardly tell them "
                        "apart"));
  EXPECT_EQ(report.table("runners_up")->rows,
            std::vector<std::string>{
                "agriculture + examination + education + catholic + infant_mortality"});
}

TEST(BestSubset, GivesWhatItDidNotChooseTheCoefficientZero) {
  const RegressionFit fit = fit_best_subset(swiss_fertility(), {{"max_size", std::int64_t{1}}});
  const FitReport report = fit.report().value();
  const ReportTable* table = report.table("coefficients");
  ASSERT_EQ(table->rows.size(), 6U);
  EXPECT_EQ(table->values[1 * 6], 0.0);
  EXPECT_TRUE(std::isnan(table->values[1 * 6 + 1]));
  EXPECT_NEAR(table->values[3 * 6], -0.862350292660963, 1e-12);  // lm(Fertility ~ Education)
  EXPECT_EQ(report.text("equation")->find("agriculture"), std::string::npos);
  const auto near = fit.predict(std::vector<double>{0, 0, 10, 0, 0}, 1, {}).value();
  const auto far = fit.predict(std::vector<double>{99, 99, 10, 99, 99}, 1, {}).value();
  EXPECT_EQ(near.mean[0], far.mean[0]);
  EXPECT_EQ(near.se_mean[0], far.se_mean[0]);
}

TEST(BestSubset, KeepsForcedRegressors) {
  const FitReport report =
      fit_best_subset(swiss_fertility(), {{"max_size", std::int64_t{2}},
                                          {"force", std::vector<std::string>{"examination"}}})
          .report()
          .value();
  EXPECT_THAT(*report.text("selected"), HasSubstr("examination"));
  EXPECT_EQ(report.table("best_of_size")->rows.size(), 2U);
}

TEST(BestSubset, CrossValidates) {
  const FitReport report =
      fit_best_subset(swiss_fertility(), {{"criterion", std::string("cv")}}).report().value();
  EXPECT_EQ(report.table("best_of_size")->columns[2], "press");
  // R: the smallest sum of (residual / (1 - hat value))^2
  EXPECT_EQ(*report.text("selected"), "agriculture + education + catholic + infant_mortality");
}

TEST(BestSubset, RefusesAForcedNameThatIsNone) {
  const auto fit = testing::open_regression("regression.best_subset",
                                            {{"force", std::vector<std::string>{"religion"}}})
                       .fit(swiss_fertility());
  ASSERT_FALSE(fit.ok());
  EXPECT_THAT(fit.error().message,
              HasSubstr("\"force\" names \"religion\", which is not a regressor; there are: "
                        "agriculture, examination, education, catholic, infant_mortality"));
}

TEST(BestSubset, RefusesFewRowsN1) {
  const RegressionInput input{{1, 2, 4}, {1, 3, 2}, {}, {"x"}, "y"};
  const auto fit = testing::open_regression("regression.best_subset", {}).fit(input);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().message,
            "3 observations are too few to choose regressors; at least 4 are needed");
}

}  // namespace
}  // namespace steppe
