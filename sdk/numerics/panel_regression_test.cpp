// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/panel_regression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

// A panel in the order in which it is given; the keys are numbers.
struct PanelSample {
  std::size_t columns = 0;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<std::size_t> keys;

  PanelProblem problem(PanelEffects effects, PanelCovariance covariance) const {
    PanelProblem out;
    out.design = MatrixView(x.data(), y.size(), columns);
    out.response = VectorView(y.data(), y.size());
    out.keys = keys;
    out.key_count = keys.empty() ? 0 : *std::max_element(keys.begin(), keys.end()) + 1;
    out.effects = effects;
    out.covariance = covariance;
    return out;
  }
  Result<PanelFit> solve(PanelEffects effects = PanelEffects::kFixed,
                         PanelCovariance covariance = PanelCovariance::kClustered) const {
    return solve_panel(problem(effects, covariance));
  }
  void add(std::size_t key, double target, std::vector<double> row) {
    columns = row.size();
    keys.push_back(key);
    y.push_back(target);
    x.insert(x.end(), row.begin(), row.end());
  }
};

// As panel_mpmath.py.
PanelSample grunfeld(const std::string& which) {
  PanelSample out;
  std::vector<std::string> firms;
  const auto rows = test::read_reference("panel/grunfeld.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (firms.empty() || firms.back() != rows[i][0]) firms.push_back(rows[i][0]);
    const std::size_t g = firms.size() - 1;
    const auto year = static_cast<std::size_t>(test::number(rows[i][1]));
    if (which == "unbalanced" && g < 8 && (3 * g + year) % 5 == 0) continue;
    if (which == "unbalanced" && g == 10 && year > 1936) continue;
    out.add(g, test::number(rows[i][2]), {test::number(rows[i][3]), test::number(rows[i][4])});
  }
  return out;
}

constexpr double kNew[] = {1000, 300};
constexpr std::size_t kNewKey = 3;

double value_of(const PanelFit& fit, const std::string& quantity, std::size_t i) {
  const std::size_t first = fit.effects == PanelEffects::kNone ? 1 : 0;
  const PanelValue forecast = evaluate(fit, kNewKey, {kNew, 2});
  if (quantity == "observations") return static_cast<double>(fit.observations);
  if (quantity == "residual_ss") return fit.residual_ss;
  if (quantity == "residual_variance") return fit.residual_variance;
  if (quantity == "r_squared") return fit.r_squared;
  if (quantity == "r_squared_within") return fit.r_squared_within;
  if (quantity == "r_squared_between") return fit.r_squared_between;
  if (quantity == "r_squared_overall") return fit.r_squared_overall;
  if (quantity == "effect") return fit.effect[i];
  if (quantity == "effect_error") return fit.effect_error[i];
  if (quantity == "coefficient") return fit.coefficients[i];
  if (quantity == "slope_error") return fit.standard_errors[first + i];
  if (quantity == "constant_error") return fit.standard_errors[0];
  if (quantity == "f") return fit.f;
  if (quantity == "significance_f") return fit.significance_f;
  if (quantity == "effects_f") return fit.effects_f;
  if (quantity == "effects_significance") return fit.effects_significance;
  if (quantity == "forecast") return forecast.mean;
  if (quantity == "forecast_variance") return forecast.variance;
  ADD_FAILURE() << "no quantity " << quantity;
  return 0.0;
}

void compare_with(const std::string& file, double digits, std::size_t least) {
  std::size_t compared = 0;
  double fewest = 16.0;
  for (const auto& row : test::read_reference(file)) {
    const auto effects = row[1] == "fixed" ? PanelEffects::kFixed : PanelEffects::kNone;
    const auto covariance = row[2] == "clustered" ? PanelCovariance::kClustered
                            : row[2] == "hc1"     ? PanelCovariance::kHc1
                                                  : PanelCovariance::kClassical;
    const auto fit = grunfeld(row[0]).solve(effects, covariance);
    ASSERT_TRUE(fit.ok()) << fit.error().message;
    const double value = value_of(*fit, row[3], static_cast<std::size_t>(test::number(row[4])));
    const double seen = test::correct_digits(value, test::number(row[5]));
    EXPECT_GE(seen, digits) << row[0] << " " << row[1] << " " << row[2] << " " << row[3] << " "
                            << row[4] << ": " << value;
    fewest = std::min(fewest, seen);
    ++compared;
  }
  EXPECT_GE(compared, least);
  ::testing::Test::RecordProperty("fewest_digits", std::to_string(fewest));
}

TEST(PanelRegression, AgreesWithIndicatorsInFiftyDigits) {
  compare_with("panel/panel_mpmath.csv", 12.5, 150);
}

TEST(PanelRegression, AgreesWithGretl) { compare_with("panel/panel_gretl.csv", 12.5, 23); }

TEST(PanelRegression, AgreesWithR) { compare_with("panel/panel_r.csv", 11.5, 33); }

TEST(PanelRegression, LosesNoDigitsToLevels) {
  PanelSample level = grunfeld("balanced");
  const PanelFit plain = level.solve().value();
  // Exact in binary, another for each key: slopes, errors and shares within stay.
  for (std::size_t i = 0; i < level.y.size(); ++i)
    level.x[2 * i] += 1048576.0 * static_cast<double>(1 + level.keys[i]);
  const PanelFit shifted = level.solve().value();
  for (std::size_t j = 0; j < 2; ++j) {
    // 1e7 + 2792.2: seven of sixteen digits are the level's.
    EXPECT_GE(test::correct_digits(shifted.coefficients[j], plain.coefficients[j]), 9.0);
    EXPECT_GE(test::correct_digits(shifted.standard_errors[j], plain.standard_errors[j]), 9.0);
  }
}

// y = a_i + 2 x, no error: by hand.
PanelSample exact_panel() {
  PanelSample out;
  for (std::size_t key = 0; key < 3; ++key)
    for (int t = 0; t < 3; ++t)
      out.add(key, 10.0 * static_cast<double>(key) + 2.0 * t * t, {static_cast<double>(t * t)});
  return out;
}

TEST(PanelRegression, N9_AnExactFitHasNoErrors) {
  const PanelFit fit = exact_panel().solve().value();
  EXPECT_TRUE(fit.exact);
  EXPECT_DOUBLE_EQ(fit.coefficients[0], 2.0);
  EXPECT_EQ(fit.standard_errors[0], 0.0);
  EXPECT_DOUBLE_EQ(fit.effect[2], 20.0);
  EXPECT_EQ(fit.r_squared, 1.0);
  EXPECT_TRUE(std::isnan(fit.f));
  EXPECT_TRUE(std::isnan(fit.effects_f));
}

TEST(PanelRegression, N4_WhatNeverChangesWithinAKeyHasNoSlope) {
  PanelSample sample;
  const double noise[] = {0.1, -0.3, 0.2, 0.4, -0.1, -0.2, 0.3, 0.05, -0.4};
  for (std::size_t i = 0; i < 9; ++i) {
    const std::size_t key = i / 3;
    const double x = 0.1 * static_cast<double>(i * i % 7);
    // 0.3 + 0.1 and the like: equal but for rounding; the third column is the first and a level.
    sample.add(
        key, 1.0 + x + noise[i],
        {x, 0.1 * static_cast<double>(1 + key) + 0.3, x + 1000.1 * static_cast<double>(key)});
  }
  const PanelFit fit = sample.solve().value();
  ASSERT_EQ(fit.slopes.dropped.size(), 2u);
  EXPECT_EQ(fit.slopes.dropped[0].column, 1u);
  EXPECT_TRUE(fit.slopes.dropped[0].depends_on.empty());
  EXPECT_EQ(fit.slopes.dropped[1].column, 2u);
  EXPECT_EQ(fit.slopes.dropped[1].depends_on, std::vector<std::size_t>{0});
  EXPECT_EQ(fit.rank, 4u);
  const double same[] = {7.0, 0.2 + 0.3, 7.0 + 1000.1};
  EXPECT_EQ(broken_dependency(fit, 1, {same, 3}), nullptr);
  const double other_level[] = {7.0, 0.2 + 0.3, 7.0};
  EXPECT_EQ(broken_dependency(fit, 1, {other_level, 3})->column, 2u);
  const double other_constant[] = {7.0, 0.6, 7.0 + 1000.1};
  EXPECT_EQ(broken_dependency(fit, 1, {other_constant, 3})->column, 1u);
}

TEST(PanelRegression, N1_RefusesFewerRowsThanCoefficients) {
  PanelSample sample;
  sample.add(0, 1, {1, 2});
  sample.add(0, 2, {2, 1});
  sample.add(1, 2, {3, 1});
  const auto fixed = sample.solve();
  ASSERT_FALSE(fixed.ok());
  EXPECT_EQ(fixed.error().fault, "N1");
  EXPECT_EQ(fixed.error().message,
            "3 observations for 4 coefficients (2 slopes and 2 effects of keys); at least 4 are "
            "needed, and more for standard errors");
  EXPECT_TRUE(sample.solve(PanelEffects::kNone).ok());
  sample.y.pop_back(), sample.keys.pop_back();
  const auto none = sample.solve(PanelEffects::kNone);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message,
            "2 observations for 3 coefficients (2 slopes and a constant); at least 3 are needed, "
            "and more for standard errors");
}

TEST(PanelRegression, N1_ASaturatedFitClaimsNothing) {
  PanelSample sample;
  sample.add(0, 1, {1});
  sample.add(0, 3, {2});
  sample.add(1, 2, {3});
  const PanelFit fit = sample.solve().value();
  EXPECT_EQ(fit.residual_dof, 0.0);
  EXPECT_DOUBLE_EQ(fit.coefficients[0], 2.0);
  EXPECT_DOUBLE_EQ(fit.effect[1], -4.0);
  EXPECT_TRUE(std::isnan(fit.standard_errors[0]));
  EXPECT_TRUE(std::isnan(fit.effect_error[1]));
}

TEST(PanelRegression, ASingleKeyHasNoClusteredErrors) {
  PanelSample sample = grunfeld("balanced");
  std::fill(sample.keys.begin(), sample.keys.end(), 0u);
  const PanelFit clustered = sample.solve().value();
  EXPECT_TRUE(std::isnan(clustered.standard_errors[0]));
  EXPECT_TRUE(std::isnan(clustered.f));
  EXPECT_TRUE(std::isnan(clustered.effects_f));
  // One effect for all is a constant.
  const PanelFit one = sample.solve(PanelEffects::kFixed, PanelCovariance::kClassical).value();
  const PanelFit none = sample.solve(PanelEffects::kNone, PanelCovariance::kClassical).value();
  EXPECT_GE(test::correct_digits(one.effect[0], none.coefficients[0]), 12.0);
  EXPECT_GE(test::correct_digits(one.standard_errors[1], none.standard_errors[2]), 13.0);
}

TEST(PanelRegression, WithoutRegressorsTheEffectsAreTheMeans) {
  PanelSample sample;
  for (const auto& [key, y] : {std::pair{0, 1.0}, {0, 3.0}, {1, 10.0}, {1, 14.0}})
    sample.add(static_cast<std::size_t>(key), y, {});
  const PanelFit fit = sample.solve().value();
  EXPECT_EQ(fit.effect, (std::vector<double>{2.0, 12.0}));
  EXPECT_EQ(fit.residual_ss, 10.0);  // 1 + 1 + 4 + 4
  EXPECT_EQ(fit.residual_variance, 5.0);
  EXPECT_DOUBLE_EQ(fit.effects_f, 20.0);  // (110 - 10) / 1 / 5
  EXPECT_DOUBLE_EQ(fit.effect_error[0], std::sqrt(2.5));
  EXPECT_EQ(evaluate(fit, 1, {}).mean, 12.0);
  EXPECT_TRUE(std::isnan(fit.f));
}

TEST(PanelRegression, TheOrderOfRowsChangesRoundingOnly) {
  const PanelSample sample = grunfeld("unbalanced");
  PanelSample turned;
  for (std::size_t i = sample.y.size(); i-- > 0;)
    turned.add(sample.keys[i], sample.y[i], {sample.x[2 * i], sample.x[2 * i + 1]});
  const PanelFit a = sample.solve().value();
  const PanelFit b = turned.solve().value();
  EXPECT_GE(test::correct_digits(a.coefficients[1], b.coefficients[1]), 14.0);
  EXPECT_GE(test::correct_digits(a.standard_errors[1], b.standard_errors[1]), 13.0);
  EXPECT_GE(test::correct_digits(a.effect[4], b.effect[4]), 14.0);
}

TEST(PanelRegression, N6_RefusesWhatIsNoNumber) {
  PanelSample sample = exact_panel();
  sample.x[4] = std::nan("");
  const auto fit = sample.solve();
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().where, "row 5");
  EXPECT_EQ(fit.error().message, "column 1 is not a finite number");
}

TEST(PanelRegression, RefusesKeysThatDoNotFitTheRows) {
  PanelSample sample = exact_panel();
  sample.keys[0] = 7;  // then 3 to 6 have no row
  const auto fit = sample.solve();
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().message, "the numbers of the keys do not fit the rows");
}

}  // namespace
}  // namespace steppe::numerics
