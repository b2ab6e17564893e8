// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_inference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

constexpr double kCoverage = 0.9;

struct Case {
  LeastSquaresFit fit;
  LinearInference inference;
};

Case solve(const std::vector<double>& x, std::size_t columns, const std::vector<double>& y,
           bool intercept = true) {
  LeastSquaresProblem problem;
  problem.design = MatrixView(x.data(), y.size(), columns);
  problem.response = VectorView(y.data(), y.size());
  problem.intercept = intercept;
  Case result{solve_least_squares(problem).value(), {}};
  result.inference = infer(result.fit, kCoverage);
  return result;
}

// The data of tests/reference/ols_r.R.
const std::vector<double> kA = {1.5, 2.25, 3, 4.75, 5.5, 6, 7.25, 8};
const std::vector<double> kB = {12, 9.5, 14, 7.25, 10, 16.5, 8, 11.25};
const std::vector<double> kY = {20.125, 18.5, 27.25, 20.75, 25.5, 36, 26.25, 32.5};

Case solve_r_case(const std::string& name) {
  std::vector<double> x;
  for (std::size_t i = 0; i < kA.size(); ++i) {
    x.insert(x.end(), {kA[i], kB[i]});
    if (name == "aliased") x.push_back(kA[i] + kB[i]);
  }
  return solve(x, name == "aliased" ? 3 : 2, kY, name != "no_intercept");
}

double quantity_of(const Case& c, const std::string& quantity, std::size_t index) {
  const LinearInference& i = c.inference;
  if (quantity == "estimate") return c.fit.coefficients[index];
  if (quantity == "standard_error") return i.standard_error[index];
  if (quantity == "t") return i.t[index];
  if (quantity == "p") return i.p[index];
  if (quantity == "lower_90") return i.lower[index];
  if (quantity == "upper_90") return i.upper[index];
  if (quantity == "r_squared") return i.r_squared;
  if (quantity == "adjusted_r_squared") return i.adjusted_r_squared;
  if (quantity == "standard_error_of_fit") return i.residual_deviation;
  if (quantity == "f") return i.f;
  if (quantity == "significance_f") return i.significance_f;
  if (quantity == "log_likelihood") return i.log_likelihood;
  if (quantity == "aicc") return i.aicc;
  if (quantity == "bic") return i.bic;
  if (quantity == "durbin_watson") return i.durbin_watson;
  if (quantity == "fitted") return c.fit.fitted[index];
  if (quantity == "residual") return c.fit.residuals[index];
  if (quantity == "leverage") return c.fit.leverages[index];
  if (quantity == "standardized_residual") return i.standardized_residual[index];
  if (quantity == "cooks_distance") return i.cooks_distance[index];

  const std::vector<double> new_rows = {9, 10, 19, 10, 20, 30};
  const std::size_t columns = c.fit.coefficients.size() - (c.fit.intercept ? 1 : 0);
  const RowValue value = evaluate(c.fit, {new_rows.data() + 3 * index, columns});
  if (quantity == "predicted_mean") return value.mean;
  if (quantity == "predicted_se_mean") return i.residual_deviation * std::sqrt(value.leverage);
  if (quantity == "predicted_se_prediction")
    return i.residual_deviation * std::sqrt(1.0 + value.leverage);
  ADD_FAILURE() << "unknown quantity " << quantity;
  return 0.0;
}

class AgreesWithR : public testing::TestWithParam<std::string> {};

// R works in double: 11 digits of it are asked for.
TEST_P(AgreesWithR, InEveryQuantity) {
  const Case c = solve_r_case(GetParam());
  int compared = 0;
  for (const auto& cells : test::read_reference("ols_r.csv")) {
    if (cells[0] != GetParam()) continue;
    const double index = test::number(cells[2]);
    const double computed =
        quantity_of(c, cells[1], index > 0 ? static_cast<std::size_t>(index) - 1 : 0);
    ++compared;
    if (cells[3] == "NA")
      EXPECT_TRUE(std::isnan(computed)) << cells[1] << " " << cells[2];
    else
      EXPECT_GE(test::correct_digits(computed, test::number(cells[3])), 11.0)
          << cells[1] << " " << cells[2] << ": " << computed << ", R has " << cells[3];
  }
  EXPECT_GT(compared, 60);
}

INSTANTIATE_TEST_SUITE_P(LinearInference, AgreesWithR,
                         testing::Values("plain", "no_intercept", "aliased"),
                         [](const auto& name) { return name.param; });

TEST(LinearInference, N1_ASaturatedFitHasNoStandardErrorsAndNoRSquared) {
  const Case c = solve({1, 2}, 1, {3, 7});
  EXPECT_EQ(c.fit.coefficients[1], 4.0);
  EXPECT_EQ(c.inference.residual_dof, 0.0);
  EXPECT_EQ(c.inference.residual_ss, 0.0);
  EXPECT_TRUE(std::isnan(c.inference.standard_error[1]));
  EXPECT_TRUE(std::isnan(c.inference.lower[1]));
  EXPECT_TRUE(std::isnan(c.inference.r_squared));
  EXPECT_TRUE(std::isnan(c.inference.adjusted_r_squared));
  EXPECT_TRUE(std::isnan(c.inference.f));
  EXPECT_TRUE(std::isnan(c.inference.p[1]));
  EXPECT_TRUE(std::isnan(c.inference.cooks_distance[0]));
}

TEST(LinearInference, N2_AConstantTargetHasNoRSquared) {
  const Case c = solve({1, 2, 3}, 1, {0.1, 0.1, 0.1});
  EXPECT_TRUE(c.inference.constant_target);
  EXPECT_EQ(c.inference.standard_error[1], 0.0);
  EXPECT_TRUE(std::isnan(c.inference.r_squared));
  EXPECT_TRUE(std::isnan(c.inference.f));
  EXPECT_TRUE(std::isnan(c.inference.p[1]));
}

TEST(LinearInference, N9_AnExactFitHasNoTestsButRSquaredOne) {
  const Case c = solve({1, 2, 3, 4}, 1, {0.1, 0.2, 0.3, 0.4});
  EXPECT_TRUE(c.inference.exact);
  EXPECT_EQ(c.inference.r_squared, 1.0);
  EXPECT_EQ(c.inference.residual_deviation, 0.0);
  EXPECT_EQ(c.inference.lower[1], c.inference.upper[1]);
  EXPECT_TRUE(std::isnan(c.inference.t[1]));
  EXPECT_TRUE(std::isnan(c.inference.f));
  EXPECT_TRUE(std::isnan(c.inference.bic));
}

TEST(LinearInference, ARowThatDecidesACoefficientAloneHasNoCooksDistance) {
  const Case c = solve({0, 0, 0, 1}, 1, {1, 2, 4, 9});
  EXPECT_EQ(c.fit.leverages[3], 1.0);
  EXPECT_TRUE(std::isnan(c.inference.standardized_residual[3]));
  EXPECT_TRUE(std::isnan(c.inference.cooks_distance[3]));
  EXPECT_FALSE(std::isnan(c.inference.cooks_distance[2]));
}

TEST(LinearInference, WithoutSlopesHasNoF) {
  const Case c = solve({5, 5, 5}, 1, {1, 2, 6});
  EXPECT_EQ(c.inference.regression_dof, 0.0);
  EXPECT_EQ(c.inference.r_squared, 0.0);
  EXPECT_TRUE(std::isnan(c.inference.f));
  EXPECT_EQ(c.inference.covariance[3], 0.0);
}

TEST(LinearInference, AiccIsUndefinedWhereItsCorrectionIs) {
  // Three observations, two coefficients and the variance: n - k - 1 = -1.
  const Case c = solve({1, 2, 3}, 1, {1, 2, 2});
  EXPECT_TRUE(std::isnan(c.inference.aicc));
  EXPECT_FALSE(std::isnan(c.inference.bic));
}

}  // namespace
}  // namespace steppe::numerics
