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

// Rows of regressors with the key last.
RegressionInput panel_input(std::vector<double> rows, std::vector<double> target,
                            std::vector<std::string> names) {
  names.push_back("key");
  return {std::move(rows), std::move(target), {}, std::move(names), "y"};
}

// Grunfeld's eleven firms: tests/reference/panel.
RegressionInput grunfeld_firms() {
  RegressionInput input = panel_input({}, {}, {"value", "capital"});
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/panel/grunfeld.csv");
  std::string line;
  std::getline(file, line);
  double key = -1;
  std::string firm;
  while (std::getline(file, line)) {
    if (line.substr(0, line.find(',')) != firm) ++key;
    firm = line.substr(0, line.find(','));
    std::vector<double> cells;
    for (std::size_t at = line.find(',', firm.size() + 1); at != std::string::npos;
         at = line.find(',', at + 1)) {
      double value = 0;
      std::from_chars(line.data() + at + 1, line.data() + line.size(), value);
      cells.push_back(value);
    }
    input.target.push_back(cells.at(0));
    input.regressors.insert(input.regressors.end(), {cells.at(1), cells.at(2), key});
  }
  return input;
}

// y = a_key + x, with errors; three keys of three rows.
RegressionInput small_panel() {
  return panel_input({1, 0, 2, 0, 4, 0, 1, 1, 3, 1, 5, 1, 2, 2, 3, 2, 7, 2},
                     {1.1, 2.3, 3.9, 11.2, 12.7, 15.1, 22.0, 23.3, 26.8}, {"x"});
}

RegressionFit fit_panel(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.panel", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

std::string panel_warning(const FitReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings)
    if (warning.code == code) return warning.text;
  return {};
}

Fault panel_fault(const RegressionInput& input, Options options = {}) {
  const auto fit = testing::open_regression("regression.panel", std::move(options)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "was fitted";
  return {};
}

constexpr double kHalf[] = {0.975};

// panel_mpmath.csv; gretl's panel --fixed-effects --robust.
TEST(PanelPlugin, GivesTheFixedEffectsOfGrunfeldsFirms) {
  const FitReport report = fit_panel(grunfeld_firms()).report().value();
  const ReportTable& slopes = *report.table("coefficients");
  EXPECT_THAT(slopes.rows, ::testing::ElementsAre("value", "capital"));
  EXPECT_GE(testing::correct_digits(slopes.values[0], 0.11012911902575992336), 12.5);
  EXPECT_GE(testing::correct_digits(slopes.values[1], 0.015108266998570080504), 12.5);
  EXPECT_GE(testing::correct_digits(slopes.values[6], 0.31003344187500405232), 12.5);
  EXPECT_GE(testing::correct_digits(slopes.values[7], 0.052472404391976638026), 12.5);
  const ReportTable& effects = *report.table("effects");
  EXPECT_EQ(effects.rows[1], "key #1");
  EXPECT_GE(testing::correct_digits(effects.values[3], -114.60251551517899699), 12.5);
  EXPECT_EQ(effects.values[5], 20);
  EXPECT_GE(testing::correct_digits(*report.scalar("r_squared_within"), 0.76667065154884276885),
            12.5);
  EXPECT_GE(testing::correct_digits(*report.scalar("effects_f"), 49.207080948544559782), 12.5);
  EXPECT_EQ(*report.scalar("keys"), 11);
  EXPECT_EQ(*report.scalar("test_degrees_of_freedom"), 10);
  EXPECT_THAT(*report.text("equation"),
              ::testing::StartsWith("y = effect of the key + 0.11012911902576 value + 0.31003"));
  EXPECT_EQ(panel_warning(report, "few_clusters"),
            "clustered standard errors rest on the number of keys, and there are 11: with fewer "
            "than about 30 they come out too small, and p values too");
}

TEST(PanelPlugin, ForecastsFromTheEffectOfTheKey) {
  const RegressionFit fit = fit_panel(grunfeld_firms(), {{"covariance", std::string("classical")}});
  const std::vector<double> row = {1000, 300, 3};
  const auto forecast = fit.predict(row, 1, kHalf).value();
  EXPECT_GE(testing::correct_digits(forecast.mean[0], 196.57112064293488296), 12.5);
  const double se = std::sqrt(221.94185457957279163);
  EXPECT_GE(testing::correct_digits(forecast.se_mean[0], se), 12.5);
  const double se_new = std::sqrt(2530.0418462654381749 + 221.94185457957279163);
  EXPECT_GE(testing::correct_digits(forecast.se_prediction[0], se_new), 12.5);
  EXPECT_EQ(forecast.degrees_of_freedom[0], 207);
  // qt(0.975, 207) of R 4.2.2.
  EXPECT_GE(testing::correct_digits((forecast.prediction_quantiles[0] - forecast.mean[0]) / se_new,
                                    1.971490391867332),
            11);
}

TEST(PanelPlugin, WithoutEffectsHasAConstant) {
  const FitReport report =
      fit_panel(grunfeld_firms(), {{"effects", std::string("none")}}).report().value();
  const ReportTable& slopes = *report.table("coefficients");
  EXPECT_THAT(slopes.rows, ::testing::ElementsAre("intercept", "value", "capital"));
  EXPECT_GE(testing::correct_digits(slopes.values[0], -38.410053986392055254), 12.5);
  EXPECT_GE(testing::correct_digits(slopes.values[7], 0.016200445437142340442), 12.5);
  EXPECT_EQ(report.table("effects"), nullptr);
  EXPECT_EQ(report.scalar("effects_f"), nullptr);
}

TEST(PanelPlugin, KeysNeedNotFollowOneAnother) {
  RegressionInput input = small_panel();
  for (std::size_t i = 1; i < input.regressors.size(); i += 2) input.regressors[i] *= 100;
  const RegressionFit fit = fit_panel(input);
  EXPECT_THAT(fit.report().value().table("effects")->rows,
              ::testing::ElementsAre("key #0", "key #100", "key #200"));
  const std::vector<double> row = {2, 1};
  const auto unknown = fit.predict(row, 1, kHalf);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, "N1");
  EXPECT_EQ(unknown.error().message,
            "row 1: key #1 has no row in the fit: there is no effect of it, and no forecast");
}

TEST(PanelPlugin, RefusesKeysThatAreNoWholeNumbers) {
  RegressionInput input = small_panel();
  input.regressors[5] = 0.5;
  EXPECT_EQ(panel_fault(input).message,
            "row 3: 0.5 is no key: the last column of regression.panel numbers the key of each "
            "row, 0, 1, "
            "..; a program that gives the regressors alone does not know the tag pooled_rows");
  input.regressors[5] = -1;
  EXPECT_THAT(panel_fault(input).message, ::testing::StartsWith("row 3: -1 is no key"));
  input.regressors[5] = 1e17;
  EXPECT_THAT(panel_fault(input).message, ::testing::StartsWith("row 3: 1e+17 is no key"));
  input.regressors[5] = std::nan("");
  EXPECT_THAT(panel_fault(input).message,
              ::testing::StartsWith("row 3: a missing value is no key"));
  EXPECT_EQ(panel_fault(panel_input({}, {}, {})).message, "no observations");
  EXPECT_EQ(panel_fault({{}, {1, 2}, {}, {}, "y"}).message,
            "there is no column: the last one numbers the key of each row");
}

TEST(PanelPlugin, RefusesWeightsAndTheNameOfTheConstant) {
  RegressionInput input = small_panel();
  input.weights.assign(9, 1.0);
  EXPECT_EQ(panel_fault(input).kind, ErrorKind::kNotSupported);
  EXPECT_EQ(panel_fault(input).message, "regression.panel has no weights; remove them");
  input = small_panel();
  input.regressor_names[0] = "intercept";
  EXPECT_TRUE(fit_panel(input).report().ok());
  EXPECT_EQ(panel_fault(input, {{"effects", std::string("none")}}).message,
            "a regressor is named \"intercept\", the name of the constant term; rename it");
}

TEST(PanelPlugin, N1_RefusesFewerRowsThanCoefficients) {
  EXPECT_EQ(panel_fault(panel_input({1, 0, 2, 1}, {1, 2}, {"x"})).message,
            "2 observations for 3 coefficients (1 slope and 2 effects of keys); at least 3 are "
            "needed, and more for standard errors");
}

TEST(PanelPlugin, N1_ASaturatedFitClaimsNothing) {
  const RegressionFit fit = fit_panel(panel_input({1, 0, 2, 0, 5, 4}, {1, 3, 2}, {"x"}));
  const FitReport report = fit.report().value();
  EXPECT_EQ(panel_warning(report, "saturated_fit"),
            "as many coefficients as observations: the fit passes through every point whatever the "
            "data, so standard errors, t, p and F are undefined and forecasts have no interval");
  EXPECT_EQ(panel_warning(report, "single_row"),
            "key #4 has a single row: it is fitted exactly by the effect, and tells nothing of the "
            "slopes");
  const std::vector<double> row = {3, 0};
  const auto forecast = fit.predict(row, 1, kHalf).value();
  EXPECT_DOUBLE_EQ(forecast.mean[0], 5);
  EXPECT_TRUE(std::isnan(forecast.prediction_quantiles[0]));
}

TEST(PanelPlugin, N4_ADroppedColumnIsNamedAndItsDependencyKept) {
  RegressionInput input = panel_input({}, {}, {"x", "size", "y2"});
  const RegressionInput small = small_panel();
  input.target = small.target;
  for (std::size_t i = 0; i < 9; ++i) {
    const double x = small.regressors[2 * i];
    const double key = small.regressors[2 * i + 1];
    input.regressors.insert(input.regressors.end(), {x, 5 + key, 2 * x + 3 * key, key});
  }
  const RegressionFit fit = fit_panel(input);
  std::vector<std::string> said;
  const FitReport report = fit.report().value();
  for (const Warning& warning : report.warnings)
    if (warning.code == "rank_deficient") said.push_back(warning.text);
  EXPECT_THAT(
      said, ::testing::ElementsAre(
                "\"size\" was dropped, it never changes within a key: it is in the effects; a "
                "forecast needs rows that keep this",
                "\"y2\" was dropped, it depends on other columns: y2 = a level of each key + 2 x; "
                "a forecast needs rows that keep this"));
  const std::vector<double> good = {9, 6, 21, 1};
  EXPECT_TRUE(fit.predict(good, 1, kHalf).ok());
  const std::vector<double> bad = {9, 7, 21, 1};
  const auto refused = fit.predict(bad, 1, kHalf);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "N4");
  EXPECT_EQ(
      refused.error().message,
      "row 1: the fit rests on size = a level of each key, which this row does not keep; there is "
      "no forecast for it: remove one of these regressors");
}

TEST(PanelPlugin, N9_SaysThatAFitIsExactOrItsTargetConstant) {
  RegressionInput input = small_panel();
  for (std::size_t i = 0; i < 9; ++i)
    input.target[i] = 3 * input.regressors[2 * i] + input.regressors[2 * i + 1];
  EXPECT_EQ(panel_warning(fit_panel(input).report().value(), "exact_fit"),
            "the residuals are no larger than the rounding of the data: standard errors are 0, and "
            "t, p and F are undefined; check that the target is not computed from the regressors");
  input.target.assign(9, 4.0);
  EXPECT_EQ(panel_warning(fit_panel(input).report().value(), "constant_target"),
            "\"y\" never changes: R squared, t, p and F are undefined");
}

TEST(PanelPlugin, SaysWhatFewKeysCannotTell) {
  RegressionInput one = small_panel();
  for (std::size_t i = 1; i < one.regressors.size(); i += 2) one.regressors[i] = 0;
  const FitReport single = fit_panel(one).report().value();
  EXPECT_EQ(panel_warning(single, "single_key"),
            "all rows are of one key: clustered standard errors, t, p and F are undefined and "
            "forecasts have no interval; use \"covariance\": \"classical\"");
  EXPECT_EQ(panel_warning(single, "share_undefined"),
            "R squared between is undefined: the target or its fitted part does not change there");
  RegressionInput two = panel_input({}, {}, {"x", "z"});
  const RegressionInput small = small_panel();
  two.target = small.target;
  for (std::size_t i = 0; i < 9; ++i)
    two.regressors.insert(
        two.regressors.end(),
        {small.regressors[2 * i], std::sqrt(static_cast<double>(i * i % 5)), i < 4 ? 0.0 : 1.0});
  EXPECT_EQ(panel_warning(fit_panel(two).report().value(), "f_undefined"),
            "2 slopes and 2 keys: the clustered covariance of the slopes has no inverse, so F and "
            "its significance are undefined");
}

TEST(PanelPlugin, SaysWhenAnErrorIsNotToBeTrusted) {
  const FitReport hc1 =
      fit_panel(small_panel(), {{"covariance", std::string("hc1")}}).report().value();
  EXPECT_EQ(panel_warning(hc1, "hc1_with_effects"),
            "hc1 is not consistent beside fixed effects when the keys have few rows (Stock, Watson "
            "2008): use \"clustered\"");
  EXPECT_EQ(panel_warning(hc1, "few_degrees_of_freedom"), "");  // five
  RegressionInput no_slope = small_panel();
  no_slope.target = {1.1, 0.9, 1.0, 1.2, 0.8, 1.0, 0.7, 1.3, 1.0};
  EXPECT_THAT(panel_warning(fit_panel(no_slope).report().value(), "insignificant_coefficient"),
              ::testing::MatchesRegex("\"x\": p = .*, the data do not show that its coefficient "
                                      "differs from zero"));
  const FitReport means = fit_panel(panel_input({0, 0, 1, 1}, {1, 3, 10, 14}, {})).report().value();
  EXPECT_EQ(panel_warning(means, "no_regressor_left"),
            "no regressor has a coefficient: F, its significance and the R squared within, between "
            "and overall are undefined");
  EXPECT_EQ(panel_warning(means, "few_degrees_of_freedom"),
            "only 2 residual degrees of freedom: intervals are wide and tests weak");
  EXPECT_EQ(*means.text("equation"), "y = effect of the key");
}

TEST(PanelPlugin, N6_N7_RefusesRowsWithoutAForecast) {
  RegressionInput bad = small_panel();
  bad.regressors[4] = std::nan("");
  EXPECT_EQ(panel_fault(bad).message, "row 3: x is not a finite number");
  const RegressionFit fit = fit_panel(small_panel());
  const std::vector<double> infinite = {HUGE_VAL, 0};
  EXPECT_EQ(fit.predict(infinite, 1, kHalf).error().message, "row 1: \"x\" is not a finite number");
  const std::vector<double> huge = {1e308, 0};
  EXPECT_EQ(fit.predict(huge, 1, kHalf).error().message,
            "row 1: the forecast is too large for a number");
}

TEST(PanelPlugin, ASavedFitSaysTheSame) {
  const RegressionModel model = testing::open_regression("regression.panel");
  const RegressionFit fit = std::move(model.fit(grunfeld_firms())).value();
  const auto saved = fit.save();
  ASSERT_TRUE(saved.ok()) << saved.error().message;
  const auto again = model.load({saved->schema, saved->bytes, 220, 3});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->report().value().table("effects")->values,
            fit.report().value().table("effects")->values);
  const std::vector<double> row = {1000, 300, 3};
  EXPECT_EQ(again->predict(row, 1, kHalf)->prediction_quantiles,
            fit.predict(row, 1, kHalf)->prediction_quantiles);
  const auto other =
      testing::open_regression("regression.panel", {{"effects", std::string("none")}})
          .load({saved->schema, saved->bytes, 220, 3});
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().message,
              ::testing::HasSubstr("it has other effects or another covariance than its options"));
  const std::string cut(saved->bytes);
  for (std::size_t at = 0; at < cut.size(); at += 97) {
    std::string changed = cut;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    const auto damaged = model.load({saved->schema, changed, 220, 3});
    if (damaged.ok()) static_cast<void>(damaged->report());
  }
}

}  // namespace
}  // namespace steppe
