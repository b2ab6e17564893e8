// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
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
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The data of tests/reference/linear/linear_r.R; row 7 has weight 0.
RegressionInput weighted_rows() {
  return {{1.5, 12, 2.25, 9.5, 3, 14, 4.75, 7.25, 5.5, 10, 6, 16.5, 7.25, 8, 8, 11.25},
          {20.125, 18.5, 27.25, 20.75, 25.5, 36, 26.25, 32.5},
          {1, 2, 0.5, 4, 1.25, 3, 0, 0.75},
          {"a", "b"},
          "y"};
}

RegressionFit fit_wls(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.wls", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

Fault refuse_wls(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.wls", std::move(options)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "the fit was not refused";
  return {};
}

std::vector<double> column_in(const FitReport& report, const std::string& name,
                              const std::string& column) {
  const ReportTable* table = report.table(name);
  std::vector<double> out;
  for (std::size_t c = 0; table != nullptr && c < table->columns.size(); ++c)
    for (std::size_t i = c; table->columns[c] == column && i < table->values.size();
         i += table->columns.size())
      out.push_back(table->values[i]);
  return out;
}

// Everything the reference says, under its names.
std::map<std::string, std::vector<double>> everything_of(const RegressionFit& fit) {
  const FitReport report = fit.report().value();
  std::map<std::string, std::vector<double>> out;
  for (const char* name : {"estimate", "standard_error", "t", "p", "lower_95", "upper_95"})
    out[name] = column_in(report, "coefficients", name);
  for (const char* name : {"fitted", "leverage", "standardized_residual", "cooks_distance"})
    out[name] = column_in(report, "observations", name);
  for (const char* name :
       {"r_squared", "adjusted_r_squared", "log_likelihood", "aicc", "bic", "durbin_watson"})
    out[name] = {report_scalar(report, name)};
  out["standard_error_of_fit"] = {report_scalar(report, "standard_error")};
  out["f"] = {report_cell(report, "anova", "regression", "f")};
  out["residual_ss"] = {report_cell(report, "anova", "residual", "ss")};
  const std::vector<double> rows = {9, 10, 10, 20};
  const auto forecast = fit.predict(rows, 2, std::vector<double>{0.025, 0.975}).value();
  const auto part = [](const std::vector<double>& values, std::size_t first) {
    return std::vector<double>{values[first], values[first + 1]};
  };
  out["mean"] = forecast.mean;
  out["mean_lower"] = part(forecast.mean_quantiles, 0);
  out["mean_upper"] = part(forecast.mean_quantiles, 2);
  out["lower"] = part(forecast.prediction_quantiles, 0);
  out["upper"] = part(forecast.prediction_quantiles, 2);
  return out;
}

int expect_wls_reference(const std::string& file, const std::string& name, bool intercept,
                         double digits) {
  const auto values = everything_of(fit_wls(weighted_rows(), {{"intercept", intercept}}));
  int compared = 0;
  for (const auto& cells : reference_rows(file)) {
    if (cells[0] != name) continue;
    ++compared;
    const auto index = static_cast<std::size_t>(std::max(1.0, number_in(cells[2]))) - 1;
    const auto found = values.find(cells[1]);
    if (found == values.end() || index >= found->second.size()) {
      ADD_FAILURE() << "no " << cells[1] << " " << index;
      continue;
    }
    if (cells[3] == "NA") {
      EXPECT_TRUE(std::isnan(found->second[index])) << cells[1] << " " << index;
      continue;
    }
    EXPECT_GE(testing::correct_digits(found->second[index], number_in(cells[3])), digits)
        << cells[1] << " " << index;
  }
  return compared;
}

TEST(Wls, AgreesWithR) {
  EXPECT_EQ(expect_wls_reference("linear/linear_r.csv", "weighted", true, 11.0), 69);
  EXPECT_EQ(expect_wls_reference("linear/linear_r.csv", "weighted_no_intercept", false, 11.0), 63);
}

TEST(Wls, AgreesWithGretl) {
  EXPECT_EQ(expect_wls_reference("linear/linear_gretl.csv", "weighted", true, 11.5), 9);
}

TEST(Wls, WithWeightsOfOneIsOls) {
  RegressionInput input = weighted_rows();
  input.weights.assign(input.target.size(), 1.0);
  const auto weighted = everything_of(fit_wls(input));
  input.weights.clear();
  auto ordinary = testing::open_regression("regression.ols").fit(input);
  ASSERT_TRUE(ordinary.ok());
  EXPECT_EQ(weighted, everything_of(*ordinary));
}

TEST(Wls, CountsARowOfWeightTwoAsTwoRows) {
  RegressionInput input = weighted_rows();
  input.weights = {1, 1, 1, 2, 1, 1, 1, 1};
  RegressionInput twice = weighted_rows();
  twice.regressors.insert(twice.regressors.end(), {4.75, 7.25});
  twice.target.push_back(20.75);
  twice.weights.assign(9, 1.0);
  const std::vector<double> row = {9, 10};
  EXPECT_NEAR(fit_wls(input).predict(row, 1, {})->mean[0],
              fit_wls(twice).predict(row, 1, {})->mean[0], 1e-13);
}

TEST(Wls, SaysThatNewRowsHaveWeightOne) {
  const FitReport report = fit_wls(weighted_rows()).report().value();
  EXPECT_THAT(
      linear_plugins::warnings_in(report, "new_rows_have_weight_1"),
      ElementsAre("the weights of the fit run from 0 to 4; a forecast row has weight 1, its "
                  "error the variance of weight 1"));
  EXPECT_EQ(report_scalar(report, "observations"), 7.0);
}

TEST(Wls, RefusesToGoWithoutWeights) {
  RegressionInput input = weighted_rows();
  input.weights.clear();
  const Fault fault = refuse_wls(input);
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidConfig);
  EXPECT_THAT(fault.message, HasSubstr("regression.wls needs weights: give the column that holds "
                                       "them, or use regression.ols"));
}

TEST(Wls, RefusesANegativeWeight) {
  RegressionInput input = weighted_rows();
  input.weights[2] = -1;
  const Fault fault = refuse_wls(input);
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidData);
  EXPECT_THAT(fault.message, HasSubstr("weight"));
}

TEST(Wls, N1_CountsRowsOfPositiveWeightOnly) {
  RegressionInput input = weighted_rows();
  input.weights = {1, 1, 0, 0, 0, 0, 0, 0};
  const Fault fault = refuse_wls(input);
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fault.code, "N1");
  EXPECT_THAT(fault.message, HasSubstr("2 observations for 3 coefficients"));
}

TEST(Wls, SavesItsFits) {
  const RegressionModel model = testing::open_regression("regression.wls");
  const RegressionFit fit = fit_wls(weighted_rows());
  linear_plugins::expect_same_after_loading(model, fit, {8, 2});
}

}  // namespace
}  // namespace steppe
