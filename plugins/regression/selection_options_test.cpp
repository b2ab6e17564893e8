// SPDX-License-Identifier: Apache-2.0

// Weights, covariances and transforms of the regressions that choose among their regressors.
// Choices of R: tests/reference/linear/transforms_r.R.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "plugin_testing.hpp"
#include "support/linear_plugin_testing.hpp"

namespace steppe {
namespace {

using linear_plugins::number_in;
using linear_plugins::reference_rows;
using linear_plugins::report_cell;
using linear_plugins::report_scalar;
using linear_plugins::warnings_in;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kSwissNames = {"agriculture", "examination", "education", "catholic",
                                              "infant_mortality"};
const char* const kChoosers[] = {"regression.best_subset", "regression.stepwise"};

// The weight of row i is 1 + (i modulo 5), i from 1; row 3 has none.
RegressionInput swiss_rows(bool weighted) {
  RegressionInput out{{}, {}, {}, kSwissNames, "fertility"};
  for (const auto& cells : reference_rows("select/subsets_data.csv")) {
    if (cells[0] != "swiss") continue;
    out.target.push_back(number_in(cells[1]));
    for (std::size_t j = 2; j < cells.size(); ++j) out.regressors.push_back(number_in(cells[j]));
    const std::size_t i = out.target.size();
    if (weighted) out.weights.push_back(i == 3 ? 0.0 : 1.0 + static_cast<double>(i % 5));
  }
  return out;
}

// Only these columns, which have to ascend.
RegressionInput some_columns(const RegressionInput& all, const std::vector<std::size_t>& columns) {
  RegressionInput out = all;
  out.regressors.clear();
  out.regressor_names.clear();
  for (const std::size_t j : columns) out.regressor_names.push_back(all.regressor_names[j]);
  for (std::size_t i = 0; i < all.target.size(); ++i)
    for (const std::size_t j : columns)
      out.regressors.push_back(all.regressors[i * all.regressor_names.size() + j]);
  return out;
}

RegressionFit fit_chooser(const std::string& id, const RegressionInput& input, Options options) {
  auto fit = testing::open_regression(id, std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << id << ": " << fit.error().message;
  return std::move(fit).value();
}

TEST(SelectionOptions, ChooseWithWeightsAsRDoes) {
  for (const bool log : {false, true}) {
    for (const std::string criterion : {"aicc", "bic", "adjusted_r_squared", "cv"}) {
      const std::string name = std::string("swiss.") + (log ? "log." : "fertility.") + criterion;
      double value = 0;
      std::string selected;
      for (const auto& cells : reference_rows("linear/transforms_r.csv")) {
        if (cells[0] != name) continue;
        if (cells[1] == "value") value = number_in(cells[3]);
        if (cells[1] != "column") continue;
        selected += selected.empty() ? "" : " + ";
        selected += kSwissNames[static_cast<std::size_t>(number_in(cells[3])) - 1];
      }
      Options options = {{"criterion", criterion}};
      if (log) options.push_back({"transform", std::string("log")});
      const FitReport report =
          fit_chooser("regression.best_subset", swiss_rows(true), options).report().value();
      EXPECT_EQ(*report.text("selected"), selected) << name;
      const std::string column = criterion == "cv" ? "press" : criterion;
      EXPECT_GE(
          testing::correct_digits(report_cell(report, "best_of_size", selected, column), value),
          10.0)
          << name;
      if (criterion.size() > 4 || criterion == "cv") continue;
      const FitReport stepped =
          fit_chooser("regression.stepwise", swiss_rows(true), options).report().value();
      EXPECT_EQ(*stepped.text("selected"), selected) << name;
    }
  }
}

// What is chosen is then fitted as regression.ols or regression.wls would fit it.
TEST(SelectionOptions, FitTheChosenAsLeastSquaresDoes) {
  const std::vector<std::size_t> chosen = {0, 2, 3, 4};
  for (const bool weighted : {false, true}) {
    for (const std::string kind : {"classical", "hc0", "hc1", "hc2", "hc3", "newey_west"}) {
      for (const std::string scale : {"none", "log", "box_cox"}) {
        Options options = {{"covariance", kind}, {"transform", scale}};
        const RegressionInput all = swiss_rows(weighted);
        Options same = options;
        if (scale == "box_cox") {  // lambda is that of all regressors
          const FitReport full =
              fit_chooser(weighted ? "regression.wls" : "regression.ols", all, options)
                  .report()
                  .value();
          same.push_back({"box_cox_lambda", report_scalar(full, "box_cox_lambda")});
        }
        const RegressionFit least = fit_chooser(weighted ? "regression.wls" : "regression.ols",
                                                some_columns(all, chosen), same);
        const FitReport expected = least.report().value();
        for (const char* id : kChoosers) {
          const RegressionFit fit = fit_chooser(id, all, options);
          const FitReport report = fit.report().value();
          ASSERT_EQ(*report.text("selected"),
                    "agriculture + education + catholic + infant_mortality")
              << id << kind << scale;
          for (const char* row : {"intercept", "agriculture", "education", "catholic"})
            for (const char* column : {"estimate", "standard_error", "t", "p"})
              EXPECT_DOUBLE_EQ(report_cell(report, "coefficients", row, column),
                               report_cell(expected, "coefficients", row, column))
                  << id << kind << scale;
          EXPECT_EQ(report_cell(report, "coefficients", "examination", "estimate"), 0.0);
          EXPECT_TRUE(
              std::isnan(report_cell(report, "coefficients", "examination", "standard_error")));
          EXPECT_DOUBLE_EQ(report_cell(report, "anova", "regression", "f"),
                           report_cell(expected, "anova", "regression", "f"));
          const std::vector<double> levels = {0.1, 0.9};
          const auto got = fit.predict(std::vector<double>{40, 20, 10, 50, 21}, 1, levels).value();
          const auto wanted = least.predict(std::vector<double>{40, 10, 50, 21}, 1, levels).value();
          EXPECT_DOUBLE_EQ(got.mean[0], wanted.mean[0]);
          EXPECT_DOUBLE_EQ(got.se_mean[0], wanted.se_mean[0]);
          EXPECT_DOUBLE_EQ(got.prediction_quantiles[1], wanted.prediction_quantiles[1]);
        }
      }
    }
  }
}

TEST(SelectionOptions, SayWhatTheyChange) {
  for (const char* id : kChoosers) {
    const FitReport report = fit_chooser(id, swiss_rows(true),
                                         {{"covariance", std::string("newey_west")},
                                          {"transform", std::string("box_cox")}})
                                 .report()
                                 .value();
    EXPECT_EQ(*report.text("covariance"), "newey_west");
    EXPECT_EQ(report_scalar(report, "covariance_lag"), 3.0);
    EXPECT_EQ(*report.text("transform"), "box_cox");
    EXPECT_EQ(*report.text("point"), "median");
    EXPECT_THAT(warnings_in(report, "new_rows_have_weight_1"),
                ElementsAre("the weights of the fit run from 0 to 5; a forecast row has weight 1, "
                            "its error the variance of weight 1"));
    ASSERT_EQ(warnings_in(report, "transformed_target").size(), 1U);
    EXPECT_THAT(warnings_in(report, "robust_covariance").front(), HasSubstr("newey_west"));
  }
}

TEST(SelectionOptions, AWeightOfZeroLeavesTheRowOut) {
  RegressionInput weighted = swiss_rows(false);
  weighted.weights.assign(47, 1.0);
  weighted.weights[9] = 0.0;
  RegressionInput without = swiss_rows(false);
  without.target.erase(without.target.begin() + 9);
  without.regressors.erase(without.regressors.begin() + 45, without.regressors.begin() + 50);
  for (const std::string criterion : {"aicc", "cv"}) {
    const auto values = [&](const RegressionInput& input) {
      return fit_chooser("regression.best_subset", input, {{"criterion", criterion}})
          .report()
          .value()
          .table("best_of_size")
          ->values;
    };
    const auto a = values(weighted);
    const auto b = values(without);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      EXPECT_NEAR(a[i], b[i], 1e-10 * (1.0 + std::abs(b[i]))) << criterion << " " << i;
  }
}

TEST(SelectionOptions, AreSavedWithTheFit) {
  for (const char* id : kChoosers) {
    for (const Options& options : std::vector<Options>{
             {{"covariance", std::string("hc3")}},
             {{"transform", std::string("log")}, {"point", std::string("mean")}},
             {{"transform", std::string("box_cox")}, {"covariance", std::string("newey_west")}}}) {
      const RegressionModel model = testing::open_regression(id, options);
      auto fit = model.fit(swiss_rows(true));
      ASSERT_TRUE(fit.ok()) << fit.error().message;
      linear_plugins::expect_same_after_loading(model, *fit, {47, 5});
      const auto saved = fit->save();
      ASSERT_TRUE(saved.ok());
      const auto refused =
          testing::open_regression(id, {}).load({saved->schema, saved->bytes, 47, 5});
      ASSERT_FALSE(refused.ok());
    }
  }
}

TEST(SelectionOptions, N6_RefuseATargetWithoutALogarithm) {
  RegressionInput input = swiss_rows(false);
  input.target[4] = -1.0;
  for (const char* id : kChoosers) {
    auto fit = testing::open_regression(id, {{"transform", std::string("log")}}).fit(input);
    ASSERT_FALSE(fit.ok());
    EXPECT_EQ(fit.error().code, "N6");
    EXPECT_THAT(fit.error().message, HasSubstr("\"fertility\" = -1 has no logarithm"));
  }
}

TEST(SelectionOptions, RefuseOptionsWithoutEffect) {
  for (const char* id : kChoosers) {
    std::string text;
    try {
      testing::open_regression(id, {{"covariance_lag", std::int64_t{3}}});
    } catch (const std::exception& refused) {
      text = refused.what();
    }
    EXPECT_THAT(text, HasSubstr("\"covariance_lag\" has no effect without \"covariance\": "
                                "\"newey_west\"; remove it or add that"));
  }
}

}  // namespace
}  // namespace steppe
