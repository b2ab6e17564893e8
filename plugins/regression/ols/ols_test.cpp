// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "plugin_testing.hpp"
#include "steppe/abi/entry.h"
#include "steppe/abi/regression.h"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double number(const std::string& text) {
  double value = kNaN;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::vector<std::string>> read_reference(const std::string& name) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',')
        cells.emplace_back();
      else
        cells.back() += c;
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

RegressionFit fit_ols(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.ols", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

Fault refuse_ols(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.ols", std::move(options)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "the fit was not refused";
  return {};
}

double scalar(const FitReport& report, const std::string& name) {
  const double* value = report.scalar(name);
  if (value == nullptr) ADD_FAILURE() << "no scalar " << name;
  return value == nullptr ? kNaN : *value;
}

double cell(const FitReport& report, const std::string& table_name, const std::string& row,
            const std::string& column) {
  const ReportTable* table = report.table(table_name);
  for (std::size_t r = 0; table != nullptr && r < table->rows.size(); ++r)
    for (std::size_t c = 0; c < table->columns.size(); ++c)
      if (table->rows[r] == row && table->columns[c] == column)
        return table->values[r * table->columns.size() + c];
  ADD_FAILURE() << "no cell " << table_name << "." << row << "." << column;
  return kNaN;
}

std::vector<std::string> warnings_of(const FitReport& report, const std::string& code) {
  std::vector<std::string> texts;
  for (const Warning& warning : report.warnings)
    if (warning.code == code) texts.push_back(warning.text);
  return texts;
}

// ---- the Karaganda case

struct Year {
  double grp, mining, innovation;
};
const std::vector<Year> kKaraganda = {
    {1872842.3, 88461119, 14897.7},  {2387705.2, 134426171, 14388.6},
    {2446510.3, 134653117, 30891.5}, {2621888.8, 193647709, 53731.2},
    {2899976.8, 281371474, 21578.1}, {3107085.6, 159861739, 18442.5},
    {3712055.9, 209385885, 31327.2}, {4284362.6, 287805257, 32048},
    {4734402.0, 355034682, 54778},   {5388260.6, 400265192, 74007}};

RegressionInput karaganda(std::size_t first_row) {
  RegressionInput input;
  input.regressor_names = {"mining", "innovation"};
  input.target_name = "grp";
  for (std::size_t i = first_row; i < kKaraganda.size(); ++i) {
    input.target.push_back(kKaraganda[i].grp);
    input.regressors.push_back(kKaraganda[i].mining);
    input.regressors.push_back(kKaraganda[i].innovation);
  }
  return input;
}

// "anova.residual.ss" or "multiple_r" in the report.
double quantity(const FitReport& report, const std::string& path) {
  const std::size_t first = path.find('.');
  if (first == std::string::npos) return scalar(report, path);
  const std::size_t second = path.find('.', first + 1);
  return cell(report, path.substr(0, first), path.substr(first + 1, second - first - 1),
              path.substr(second + 1));
}

// Significant digits of a printed number.
int printed_digits(const std::string& text) {
  int digits = 0;
  bool leading = true;
  for (const char c : text) {
    if (c == '.' || c == '-' || (leading && c == '0')) continue;
    leading = false;
    ++digits;
  }
  return digits;
}

void expect_karaganda(const std::string& name, std::size_t first_row, double tolerance) {
  const FitReport report = fit_ols(karaganda(first_row)).report().value();
  int compared = 0;
  for (const auto& cells : read_reference("karaganda_regression.csv")) {
    if (cells[0] != name) continue;
    ++compared;
    const double expected = number(cells[2]);
    EXPECT_NEAR(quantity(report, cells[1]), expected, tolerance * std::abs(expected)) << cells[1];
  }
  EXPECT_EQ(compared, 34);
}

TEST(Ols, ReproducesTheKaragandaRegressionOfAllRows) {
  expect_karaganda("all_rows_2010_to_2019", 0, 1e-10);
}

TEST(Ols, ReproducesTheKaragandaRegressionWithoutItsFirstRow) {
  expect_karaganda("figure_9_rows_2011_to_2019_full", 1, 1e-10);
}

TEST(Ols, ReproducesFigureNineToAllPrintedDigits) {
  const FitReport report = fit_ols(karaganda(1)).report().value();
  int compared = 0;
  for (const auto& cells : read_reference("karaganda_regression.csv")) {
    if (cells[0] != "figure_9_rows_2011_to_2019") continue;
    ++compared;
    // The figure prints the sums of squares as 7.6194E+12: six digits.
    const bool exponent = cells[2].size() > 13 && cells[2].ends_with("000000.0");
    const double expected = number(cells[2]);
    const int digits = exponent ? 6 : printed_digits(cells[2]);
    const double last_place =
        std::pow(10.0, std::floor(std::log10(std::abs(expected))) - digits + 1);
    EXPECT_NEAR(quantity(report, cells[1]), expected, 0.501 * last_place) << cells[1];
  }
  EXPECT_EQ(compared, 33);
}

TEST(Ols, ReproducesTheForecastOf2021WithBothIntervals) {
  double drivers[2] = {};
  for (const auto& cells : read_reference("karaganda_regression.csv"))
    if (cells[0] == "drivers_2021") drivers[cells[1] == "mining" ? 0 : 1] = number(cells[2]);
  for (const std::size_t first_row : {0u, 1u}) {
    const std::string name = first_row == 0 ? "all_rows_model_full_precision_drivers"
                                            : "figure_9_model_full_precision_drivers";
    const std::vector<double> probabilities = {0.025, 0.975};
    const auto forecast = fit_ols(karaganda(first_row)).predict(drivers, 1, probabilities).value();
    for (const auto& cells : read_reference("karaganda_regression.csv")) {
      if (cells[0] != name) continue;
      const double expected = number(cells[2]);
      double value = forecast.mean[0];
      if (cells[1] == "mean_interval_95.1") value = forecast.mean_quantiles[0];
      if (cells[1] == "mean_interval_95.2") value = forecast.mean_quantiles[1];
      if (cells[1] == "prediction_interval_95.1") value = forecast.prediction_quantiles[0];
      if (cells[1] == "prediction_interval_95.2") value = forecast.prediction_quantiles[1];
      EXPECT_NEAR(value, expected, 1e-10 * expected) << name << " " << cells[1];
    }
    EXPECT_EQ(forecast.degrees_of_freedom[0], first_row == 0 ? 7.0 : 6.0);
  }
}

TEST(Ols, SaysThatTheInnovationCoefficientIsInsignificant) {
  const FitReport report = fit_ols(karaganda(1)).report().value();
  EXPECT_THAT(warnings_of(report, "insignificant_coefficient"),
              ElementsAre("\"innovation\": p = 0.675, the data do not show that its coefficient "
                          "differs from zero"));
}

TEST(Ols, WritesItsEquation) {
  const FitReport report = fit_ols(karaganda(1)).report().value();
  ASSERT_NE(report.text("equation"), nullptr);
  EXPECT_EQ(*report.text("equation"),
            "grp = 1088901.23104784 + 0.0091635493251776 mining + 6.10337488055635 innovation");
}

// ---- certified by NIST

RegressionInput longley() {
  RegressionInput input;
  input.target_name = "y";
  const auto rows = read_reference("nist_linear/Longley.csv");
  input.regressor_names = {rows[0].begin() + 1, rows[0].end()};
  for (std::size_t i = 1; i < rows.size(); ++i) {
    input.target.push_back(number(rows[i][0]));
    for (std::size_t j = 1; j < rows[i].size(); ++j) input.regressors.push_back(number(rows[i][j]));
  }
  return input;
}

TEST(Ols, HasTheCertifiedLongleyCoefficients) {
  const FitReport report = fit_ols(longley()).report().value();
  for (const auto& cells : read_reference("nist_linear/certified.csv")) {
    if (cells[0] != "Longley") continue;
    if (cells[1] == "rsd") {
      EXPECT_GE(testing::correct_digits(scalar(report, "standard_error"), number(cells[2])), 14.0);
    } else if (cells[1] == "r2") {
      EXPECT_GE(testing::correct_digits(scalar(report, "r_squared"), number(cells[2])), 14.0);
    } else {
      const std::string row = cells[1] == "b0" ? "intercept" : "x" + cells[1].substr(1);
      const double estimate = cell(report, "coefficients", row, "estimate");
      const double error = cell(report, "coefficients", row, "standard_error");
      EXPECT_GE(testing::correct_digits(estimate, number(cells[2])), 14.0) << row;
      EXPECT_GE(testing::correct_digits(error, number(cells[3])), 14.0) << row;
    }
  }
}

TEST(Ols, HasTheCertifiedLongleyAnova) {
  // The analysis of variance table NIST publishes with the set, 15 digits.
  const FitReport report = fit_ols(longley()).report().value();
  const auto expect = [&](const char* row, const char* column, double certified) {
    EXPECT_GE(testing::correct_digits(cell(report, "anova", row, column), certified), 13.5)
        << row << " " << column;
  };
  expect("regression", "df", 6);
  expect("regression", "ss", 184172401.944494);
  expect("regression", "ms", 30695400.3240823);
  expect("regression", "f", 330.285339234588);
  expect("residual", "df", 9);
  expect("residual", "ss", 836424.055505915);
  expect("residual", "ms", 92936.0061673238);
}

TEST(Ols, WarnsThatTheLongleyRegressorsNearlyDepend) {
  const FitReport report = fit_ols(longley()).report().value();
  const auto warnings = warnings_of(report, "high_condition_number");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0],
            "the regressors nearly depend on one another (condition number 111, above 30): single "
            "coefficients are unreliable, and so are forecasts for rows unlike those of the fit");
}

// ---- degenerate data and options

RegressionInput small(std::vector<double> x, std::vector<double> y,
                      std::vector<std::string> names = {"x"}) {
  RegressionInput input;
  input.regressors = std::move(x);
  input.target = std::move(y);
  input.regressor_names = std::move(names);
  input.target_name = "y";
  return input;
}

// total = mining + oil.
RegressionInput collinear() {
  return small({1, 2, 3, 2, 1, 3, 3, 5, 8, 4, 4, 8, 6, 1, 7, 5, 3, 8}, {3, 4, 9, 8, 8, 9},
               {"mining", "oil", "total"});
}

TEST(Ols, N4_NamesTheDroppedColumnAndWhatItDependsOn) {
  const FitReport report = fit_ols(collinear()).report().value();
  EXPECT_THAT(warnings_of(report, "rank_deficient"),
              ElementsAre("\"total\" was dropped, it depends on other columns: total = 1 mining + "
                          "1 oil; a forecast needs rows that keep this"));
  EXPECT_TRUE(std::isnan(cell(report, "coefficients", "total", "estimate")));
  EXPECT_EQ(scalar(report, "rank"), 3.0);
}

TEST(Ols, N4_ForecastsFromADependentDesignOnlyRowsThatKeepTheDependency) {
  const RegressionFit fit = fit_ols(collinear());
  const RegressionFit without =
      fit_ols(small({1, 2, 2, 1, 3, 5, 4, 4, 6, 1, 5, 3}, {3, 4, 9, 8, 8, 9}, {"mining", "oil"}));
  const std::vector<double> keeps = {7, 5, 12};
  const std::vector<double> pair = {7, 5};
  EXPECT_DOUBLE_EQ(fit.predict(keeps, 1, {})->mean[0], without.predict(pair, 1, {})->mean[0]);
  EXPECT_DOUBLE_EQ(fit.predict(keeps, 1, {})->se_mean[0], without.predict(pair, 1, {})->se_mean[0]);

  const std::vector<double> breaks = {7, 5, 12, 7, 5, 13};
  const auto refused = fit.predict(breaks, 2, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kRankDeficient);
  EXPECT_EQ(refused.error().code, "N4");
  EXPECT_THAT(refused.error().message,
              HasSubstr("the fit rests on total = 1 mining + 1 oil, which this row does "
                        "not keep; there is no forecast for it: remove one of these "
                        "regressors"));
}

TEST(Ols, N3_DropsAConstantRegressor) {
  const FitReport report =
      fit_ols(small({5, 5, 5, 5, 5, 5, 5}, {1, 2, 6, 3, 1, 2, 6})).report().value();
  EXPECT_THAT(warnings_of(report, "rank_deficient"),
              ElementsAre("\"x\" was dropped, it depends on other columns: x = 5; a forecast needs "
                          "rows that keep this"));
  EXPECT_THAT(warnings_of(report, "no_regressor_left"),
              ElementsAre("no regressor has a coefficient: F and its significance are undefined"));
  EXPECT_DOUBLE_EQ(cell(report, "coefficients", "intercept", "estimate"), 3.0);
}

TEST(Ols, N1_RefusesFewerObservationsThanCoefficients) {
  const Fault fault = refuse_ols(small({1, 2, 3, 4}, {1, 2}, {"a", "b"}));
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fault.code, "N1");
  EXPECT_THAT(fault.message,
              HasSubstr("2 observations for 3 coefficients; at least 3 are needed, and "
                        "more for standard errors"));
}

TEST(Ols, N1_ASaturatedFitClaimsNothing) {
  const RegressionFit fit = fit_ols(small({1, 2}, {3, 7}));
  const FitReport report = fit.report().value();
  EXPECT_DOUBLE_EQ(cell(report, "coefficients", "x", "estimate"), 4.0);
  EXPECT_TRUE(std::isnan(cell(report, "coefficients", "x", "standard_error")));
  EXPECT_TRUE(std::isnan(scalar(report, "r_squared")));
  EXPECT_THAT(warnings_of(report, "saturated_fit"),
              ElementsAre("as many coefficients as observations: the fit passes through every "
                          "point whatever the data, so standard errors, R squared, t, p, F, "
                          "Durbin-Watson, AICc and BIC are undefined and forecasts have no "
                          "interval"));
  const std::vector<double> row = {3};
  const std::vector<double> probabilities = {0.9};
  const auto forecast = fit.predict(row, 1, probabilities);
  ASSERT_TRUE(forecast.ok()) << forecast.error().message;
  EXPECT_DOUBLE_EQ(forecast->mean[0], 11.0);
  EXPECT_TRUE(std::isnan(forecast->se_prediction[0]));
  EXPECT_TRUE(std::isnan(forecast->prediction_quantiles[0]));
  EXPECT_TRUE(std::isnan(forecast->degrees_of_freedom[0]));
}

TEST(Ols, N2_AConstantTargetHasSlopeZeroAndNoRSquared) {
  const FitReport report =
      fit_ols(small({1, 2, 3, 5, 9, 10, 12}, {4, 4, 4, 4, 4, 4, 4})).report().value();
  EXPECT_EQ(cell(report, "coefficients", "x", "estimate"), 0.0);
  EXPECT_TRUE(std::isnan(scalar(report, "r_squared")));
  EXPECT_THAT(warnings_of(report, "constant_target"),
              ElementsAre("\"y\" never changes: R squared, t, p, F, Durbin-Watson, AICc and BIC "
                          "are undefined"));
  EXPECT_THAT(warnings_of(report, "exact_fit"), IsEmpty());
}

TEST(Ols, N9_FlagsAnExactFit) {
  const FitReport report =
      fit_ols(small({1, 2, 3, 5, 9, 10, 12}, {0.1, 0.2, 0.3, 0.5, 0.9, 1.0, 1.2})).report().value();
  EXPECT_EQ(scalar(report, "r_squared"), 1.0);
  EXPECT_THAT(warnings_of(report, "exact_fit"),
              ElementsAre("the residuals are no larger than the rounding of the data: standard "
                          "errors are 0, and t, p, F, Durbin-Watson, AICc and BIC are undefined; "
                          "check that the target is not computed from the regressors"));
}

TEST(Ols, WarnsOfFewDegreesOfFreedom) {
  const FitReport report = fit_ols(small({1, 2, 3, 4}, {1, 2, 2, 4})).report().value();
  EXPECT_THAT(warnings_of(report, "few_degrees_of_freedom"),
              ElementsAre("only 2 residual degrees of freedom: intervals are wide and tests weak; "
                          "AICc is undefined"));
}

TEST(Ols, WarnsOfARowThatDecidesACoefficientAlone) {
  const FitReport report =
      fit_ols(small({0, 0, 0, 0, 0, 0, 1}, {1, 2, 4, 3, 2, 1, 9})).report().value();
  EXPECT_THAT(warnings_of(report, "full_leverage"),
              ElementsAre("row 7 alone decides a coefficient (leverage 1): its standardized "
                          "residual and Cook's distance are undefined"));
}

TEST(Ols, FitsWithoutIntercept) {
  const FitReport report =
      fit_ols(small({1, 2, 3}, {2, 3, 7}), {{"intercept", false}}).report().value();
  // b = sum xy / sum x^2 = 29 / 14.
  EXPECT_DOUBLE_EQ(cell(report, "coefficients", "x", "estimate"), 29.0 / 14.0);
  EXPECT_EQ(cell(report, "anova", "total", "df"), 3.0);
  EXPECT_DOUBLE_EQ(cell(report, "anova", "total", "ss"), 62.0);
  EXPECT_EQ(*report.text("equation"), "y = 2.07142857142857 x");
}

TEST(Ols, NamesTheLimitsAfterTheirCoverage) {
  for (const auto& [coverage, percent] : std::vector<std::pair<double, std::string>>{
           {0.9, "90"}, {0.57, "57"}, {0.995, "99.5"}, {0.05, "5"}, {0.001, "0.1"}}) {
    const FitReport report =
        fit_ols(small({1, 2, 3}, {1, 2, 2}), {{"coverage", coverage}}).report().value();
    EXPECT_THAT(report.table("coefficients")->columns,
                ElementsAre("estimate", "standard_error", "t", "p", "lower_" + percent,
                            "upper_" + percent));
  }
}

TEST(Ols, GivesObservationsTheirFittedValuesAndInfluence) {
  const RegressionFit fit = fit_ols(small({1, 2, 3}, {1, 2, 2}));
  const FitReport report = fit.report().value();
  const ReportTable* table = report.table("observations");
  ASSERT_NE(table, nullptr);
  EXPECT_THAT(table->columns, ElementsAre("fitted", "residual", "leverage", "standardized_residual",
                                          "cooks_distance"));
  // By hand: residuals -1/6, 1/3, -1/6, s = 1/sqrt(6), leverages 5/6, 1/3, 5/6.
  EXPECT_NEAR(table->values[1], -1.0 / 6.0, 1e-15);
  EXPECT_NEAR(table->values[2], 5.0 / 6.0, 1e-15);
  EXPECT_NEAR(table->values[3], -1.0, 1e-14);
  EXPECT_NEAR(table->values[4], 2.5, 1e-13);  // 1 * (5/6) / (1/6) / 2
  EXPECT_NEAR(fit.fitted_values().value()[1], 5.0 / 3.0, 1e-15);
}

TEST(Ols, RefusesValuesThatAreNotFinite) {
  const Fault fault = refuse_ols(small({1, 2, kNaN}, {1, 2, 2}));
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidData);
  EXPECT_THAT(fault.message, HasSubstr("\"x\" is not a finite number"));
  const Fault target = refuse_ols(small({1, 2, 3}, {1, kNaN, 2}));
  EXPECT_THAT(target.message, HasSubstr("\"y\" is not a finite number"));
}

TEST(Ols, N8_RefusesMagnitudesWhoseSquaresOverflow) {
  const Fault fault = refuse_ols(small({1, 2, 3}, {1e300, 2e300, 2e300}));
  EXPECT_EQ(fault.kind, ErrorKind::kDomainError);
  EXPECT_THAT(fault.message, HasSubstr("\"y\": largest magnitude outside 1e-140 to "
                                       "1e140; use another unit"));
}

TEST(Ols, RefusesANewRowThatIsNotFinite) {
  const RegressionFit fit = fit_ols(small({1, 2, 3}, {1, 2, 2}));
  const std::vector<double> row = {kNaN};
  const auto refused = fit.predict(row, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("\"x\" is not a finite number"));
}

TEST(Ols, N7_RefusesAForecastTooLargeForANumber) {
  const RegressionFit fit = fit_ols(small({1, 2, 3}, {1e100, 2e100, 2e100}));
  const std::vector<double> row = {1e300};
  const auto refused = fit.predict(row, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kDomainError);
  EXPECT_THAT(refused.error().message, HasSubstr("the forecast is too large for a number"));
}

TEST(Ols, RefusesARegressorNamedLikeTheConstantTerm) {
  const Fault fault = refuse_ols(small({1, 2, 3}, {1, 2, 2}, {"intercept"}));
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidConfig);
  EXPECT_THAT(fault.message,
              HasSubstr("a regressor is named \"intercept\", the name of the constant "
                        "term; rename it or set \"intercept\": false"));
}

TEST(Ols, N5_CalendarYearsKeepTheirDigitsInForecasts) {
  // y = (year - 2015)^2 + noise that is orthogonal to 1, t and t^2 by construction: third
  // differences (1, -3, 3, -1) on four consecutive years.
  std::vector<double> x;
  std::vector<double> y;
  for (int year = 2012; year <= 2018; ++year) {
    const double t = year - 2015;
    x.insert(x.end(), {double(year), double(year) * year});
    y.push_back(t * t);
  }
  const double noise[] = {1, -3, 3, -1};
  for (std::size_t i = 0; i < 4; ++i) y[i] += noise[i];
  const RegressionFit fit = fit_ols(small(x, y, {"year", "square"}));
  const std::vector<double> row = {2025, 2025.0 * 2025.0};
  const auto forecast = fit.predict(row, 1, {});
  EXPECT_NEAR(forecast->mean[0], 100.0, 1e-12);
  // s^2 = 20 / 4; leverage at t = 10 of a quadratic on t = -3..3, by hand:
  // 1/7 + 100/28 + (100 - 4)^2 / 84.
  const double leverage = 1.0 / 7.0 + 100.0 / 28.0 + 96.0 * 96.0 / 84.0;
  EXPECT_NEAR(forecast->se_mean[0], std::sqrt(5.0 * leverage), 1e-11);
}

// ---- the capability linear_model, which no host adapter shows yet: the bare C tables

// The plugin's only component, kept loaded for the life of the process.
const steppe_component* load_component() {
  void* library = dlopen(STEPPE_PLUGIN_DIR "/steppe_regression_ols.so", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  const auto enter =
      reinterpret_cast<steppe_plugin_entry>(dlsym(library, STEPPE_PLUGIN_ENTRY_NAME));
  steppe_offer offer{};
  offer.struct_size = sizeof(offer);
  offer.revision_current = STEPPE_ABI_REVISION;
  const steppe_plugin* plugin = nullptr;
  return enter(&offer, &plugin, nullptr) == STEPPE_OK ? plugin->components[0] : nullptr;
}

TEST(Ols, OffersItsLinearModel) {
  const steppe_component* component = load_component();
  ASSERT_NE(component, nullptr);
  const auto* table =
      static_cast<const steppe_regression*>(component->query(component, STEPPE_REGRESSION));
  const auto* linear =
      static_cast<const steppe_linear_model*>(component->query(component, STEPPE_LINEAR_MODEL));
  ASSERT_NE(linear, nullptr);
  void* instance = nullptr;
  ASSERT_EQ(component->create(component, nullptr, 0, nullptr, &instance, nullptr), STEPPE_OK);

  // x = 1, 2, 3 and its double, which is dropped; y = 1, 2, 2.
  const std::array<double, 6> x = {1, 2, 2, 4, 3, 6};
  const std::array<double, 3> y = {1, 2, 2};
  const std::array<const char*, 2> names = {"x", "twice"};
  const steppe_matrix regressors = {sizeof(steppe_matrix), 0, x.data(), 3, 2, 2, 1, nullptr};
  const steppe_vector target = {sizeof(steppe_vector), 0, y.data(), 3, 1};
  const steppe_regression_data data = {
      sizeof(steppe_regression_data), 0, &regressors, &target, nullptr, names.data(), "y"};
  steppe_host host{};
  host.struct_size = sizeof(host);
  void* fit = nullptr;
  ASSERT_EQ(table->fit(instance, &data, &host, &fit, nullptr), STEPPE_OK);

  ASSERT_EQ(linear->size(fit), 3u);
  EXPECT_EQ(linear->has_intercept(fit), 1);
  EXPECT_EQ(linear->degrees_of_freedom(fit), 1.0);
  EXPECT_DOUBLE_EQ(linear->residual_variance(fit), 1.0 / 6.0);
  std::array<double, 9> numbers{};
  steppe_output out = {sizeof(steppe_output), 0, numbers.data(), 3, 1, 1, 1};
  ASSERT_EQ(linear->coefficients(fit, &out, nullptr), STEPPE_OK);
  EXPECT_DOUBLE_EQ(numbers[1], 0.5);
  EXPECT_TRUE(std::isnan(numbers[2]));
  out.columns = out.row_stride = 3;
  ASSERT_EQ(linear->covariance(fit, &out, nullptr), STEPPE_OK);
  // s^2 (X'X)^-1 with (X'X)^-1 = [14 -6; -6 3] / 6, and zeros for the dropped column.
  EXPECT_THAT(numbers,
              ElementsAre(::testing::DoubleEq(14.0 / 36.0), ::testing::DoubleEq(-1.0 / 6.0), 0.0,
                          ::testing::DoubleEq(-1.0 / 6.0), ::testing::DoubleEq(1.0 / 12.0), 0.0,
                          0.0, 0.0, 0.0));
  table->destroy(fit);
  component->destroy(instance);
}

// In every four rows x = 0 0 1 1 and y = 1 3 5 7: group means 2 and 6, residuals -1 1 -1 1.
TEST(Ols, SolvesManyRowsAndSaysWhatItLeavesOut) {
  RegressionInput input{{}, {}, {}, {"x"}, "y"};
  for (int i = 0; i < 10000; ++i) {
    input.regressors.push_back(i % 4 < 2 ? 0.0 : 1.0);
    input.target.push_back(1.0 + 2.0 * (i % 4));
  }
  const RegressionFit fit = fit_ols(input);
  const FitReport report = fit.report().value();
  EXPECT_DOUBLE_EQ(cell(report, "coefficients", "intercept", "estimate"), 2.0);
  EXPECT_DOUBLE_EQ(cell(report, "coefficients", "x", "estimate"), 4.0);
  EXPECT_DOUBLE_EQ(cell(report, "anova", "residual", "ss"), 10000.0);
  EXPECT_DOUBLE_EQ(scalar(report, "r_squared"), 0.8);  // 1 - 1 / 5 per row
  EXPECT_EQ(report.table("observations"), nullptr);
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_EQ(report.warnings[0].code, "no_observation_table");
  EXPECT_EQ(report.warnings[0].text,
            "10000 rows: leverages, standardized residuals and Cook's distances are given for "
            "fewer than 10000 only");
}

}  // namespace
}  // namespace steppe
