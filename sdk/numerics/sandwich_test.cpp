// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/sandwich.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

using ::testing::ElementsAre;

// Data and their fit; the columns are those of the reference files.
struct SandwichCase {
  std::size_t columns = 0;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> w;
  std::vector<int> degrees = {};

  LeastSquaresProblem problem() const {
    LeastSquaresProblem out;
    out.design = MatrixView(x.data(), y.size(), columns);
    out.response = VectorView(y.data(), y.size());
    if (!w.empty()) out.weights = VectorView(w.data(), w.size());
    out.degrees = degrees;
    return out;
  }
  Result<Sandwich> covariance(CovarianceKind kind, std::optional<std::size_t> lag = {}) const {
    const LeastSquaresFit fit = solve_least_squares(problem()).value();
    return sandwich({.fit = fit,
                     .design = problem().design,
                     .weights = problem().weights,
                     .kind = kind,
                     .lag = lag});
  }
};

SandwichCase sandwich_case(const std::string& name) {
  SandwichCase data;
  const auto cell = [](const std::string& text) { return test::number(text); };
  if (name == "longley") {
    data.columns = 6;
    for (const auto& row : test::read_reference("nist_linear/Longley.csv")) {
      if (std::isnan(cell(row[0]))) continue;
      data.y.push_back(cell(row[0]));
      for (std::size_t j = 1; j < row.size(); ++j) data.x.push_back(cell(row[j]));
    }
  } else if (name == "consumption") {
    data.columns = 2;
    const auto rows = test::read_reference("diagnostics/us_macro.csv");
    for (std::size_t i = rows.size() - 48; i < rows.size(); ++i) {
      data.y.push_back(cell(rows[i][1]));
      data.x.insert(data.x.end(), {cell(rows[i][2]), cell(rows[i][3])});
    }
  } else {  // weighted_rows
    data.columns = 2;
    data.x = {1.5, 12, 2.25, 9.5, 3, 14, 4.75, 7.25, 5.5, 10, 6, 16.5, 8, 11.25};
    data.y = {20.125, 18.5, 27.25, 20.75, 25.5, 36, 32.5};
    data.w = {1, 2, 0.5, 4, 1.25, 3, 0.75};
  }
  return data;
}

const std::map<std::string, CovarianceKind> kKinds = {{"hc0", CovarianceKind::kHc0},
                                                      {"hc1", CovarianceKind::kHc1},
                                                      {"hc2", CovarianceKind::kHc2},
                                                      {"hc3", CovarianceKind::kHc3},
                                                      {"newey_west", CovarianceKind::kNeweyWest},
                                                      {"newey_west_7", CovarianceKind::kNeweyWest}};

struct Solved {
  LeastSquaresFit fit;
  Sandwich robust;
  LinearInference inference;
  SandwichCase data;
};

Solved solve_sandwich(const std::string& name, const std::string& kind) {
  Solved out{{}, {}, {}, sandwich_case(name)};
  out.fit = solve_least_squares(out.data.problem()).value();
  std::optional<std::size_t> lag;
  if (kind == "newey_west_7") lag = 7;
  out.robust = out.data.covariance(kKinds.at(kind), lag).value();
  out.inference = infer(out.fit, 0.95, out.data.problem().weights);
  use_covariance(out.fit, out.robust, 0.95, out.inference);
  return out;
}

double sandwich_quantity(const Solved& solved, const std::string& quantity, std::size_t index) {
  if (quantity == "standard_error") return solved.inference.standard_error[index - 1];
  if (quantity == "t") return solved.inference.t[index - 1];
  if (quantity == "p") return solved.inference.p[index - 1];
  if (quantity == "f") return solved.inference.f;
  if (quantity == "covariance_1_2") return solved.robust.covariance[1];
  if (quantity == "lag") return static_cast<double>(automatic_lag(solved.data.y.size()));
  const std::size_t row = index == 1 ? 0 : solved.data.y.size() - 1;  // se_mean: first and last
  const VectorView x(solved.data.x.data() + row * solved.data.columns, solved.data.columns);
  return std::sqrt(variance_of_mean(solved.fit, solved.robust.filling, x));
}

// Every number of a reference file; how many were compared.
int expect_reference(const std::string& file, const std::string& name, double digits) {
  int compared = 0;
  std::map<std::string, Solved> solved;
  for (const auto& cells : test::read_reference("linear/" + file)) {
    const std::size_t dot = cells[0].find('.');
    if (dot == std::string::npos || cells[0].substr(0, dot) != name) continue;
    const std::string kind = cells[0].substr(dot + 1);
    if (!solved.contains(kind)) solved.emplace(kind, solve_sandwich(name, kind));
    ++compared;
    const double value = sandwich_quantity(solved.at(kind), cells[1],
                                           static_cast<std::size_t>(test::number(cells[2])));
    EXPECT_GE(test::correct_digits(value, test::number(cells[3])), digits)
        << cells[0] << " " << cells[1] << " " << cells[2] << ": " << value << ", not " << cells[3];
  }
  return compared;
}

TEST(Sandwich, AgreesWithRFromCalendarYearsAndMillions) {
  EXPECT_EQ(expect_reference("linear_r.csv", "longley", 9.0), 6 * 26);
}

TEST(Sandwich, AgreesWithROnQuartersOfConsumption) {
  EXPECT_EQ(expect_reference("linear_r.csv", "consumption", 10.0), 6 * 14);
}

TEST(Sandwich, AgreesWithROnWeightedRows) {
  EXPECT_EQ(expect_reference("linear_r.csv", "weighted_rows", 11.0), 5 * 14);
}

TEST(Sandwich, AgreesWithStatsmodels) {
  EXPECT_EQ(expect_reference("linear_statsmodels.csv", "consumption", 10.0), 5 * 7);
}

TEST(Sandwich, AgreesWithGretlWithItsSecondRuleForTheLag) {
  EXPECT_EQ(expect_reference("linear_gretl.csv", "consumption", 10.0), 5 * 3);
}

TEST(Sandwich, ChoosesTheLagOfNeweyAndWest) {
  // 4 (n / 100)^(2/9), rounded down: 4 exactly at 100, 3.9 at 90, 6.67 at 1000.
  EXPECT_EQ(automatic_lag(100), 4u);
  EXPECT_EQ(automatic_lag(90), 3u);
  EXPECT_EQ(automatic_lag(1000), 6u);
  EXPECT_EQ(automatic_lag(2), 1u);
  EXPECT_EQ(automatic_lag(1), 0u);
  EXPECT_EQ(automatic_lag(0), 0u);
}

TEST(Sandwich, ALagOfZeroIsHc0) {
  const SandwichCase data = sandwich_case("consumption");
  EXPECT_EQ(data.covariance(CovarianceKind::kNeweyWest, 0)->covariance,
            data.covariance(CovarianceKind::kHc0)->covariance);
}

TEST(Sandwich, RefusesALagThatReachesBeyondTheRows) {
  const SandwichCase data{1, {1, 2, 3}, {1, 2, 2}, {}};
  const auto refused = data.covariance(CovarianceKind::kNeweyWest, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidConfig);
  EXPECT_EQ(refused.error().message, "a covariance_lag of 3 needs more than 3 rows; there are 3");
}

TEST(Sandwich, N8_RefusesToDivideByOneMinusALeverageOfOne) {
  const SandwichCase data{1, {0, 0, 0, 0, 1}, {1, 2, 4, 3, 9}, {}};
  const auto refused = data.covariance(CovarianceKind::kHc3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kDomainError);
  EXPECT_EQ(refused.error().where, "row 5");
  EXPECT_EQ(refused.error().message,
            "the row alone decides a coefficient (leverage 1): covariance \"hc3\" is undefined "
            "there; use \"hc1\", or remove the row or its regressor");
  EXPECT_TRUE(data.covariance(CovarianceKind::kHc1));
}

TEST(Sandwich, OfAnExactFitIsZeroAndOfASaturatedOneUndefined) {
  const SandwichCase exact{1, {1, 2, 3}, {2, 4, 6}, {}};
  EXPECT_THAT(exact.covariance(CovarianceKind::kHc3)->covariance, ElementsAre(0, 0, 0, 0));
  const SandwichCase saturated{1, {1, 2}, {1, 5}, {}};
  const auto undefined = saturated.covariance(CovarianceKind::kHc1);
  ASSERT_TRUE(undefined);
  for (const double entry : undefined->covariance) EXPECT_TRUE(std::isnan(entry));
}

TEST(Sandwich, LeavesDroppedColumnsAtZero) {
  // x, its double, and y = 1, 2, 2, 5: by hand, of x alone, e = (0.3, 0.1, -1.1, 0.7), about the
  // mean x = -1.5, -0.5, 0.5, 1.5: var b = sum (x e)^2 / 25 = (0.2025 + 0.0025 + 0.3025 + 1.1025)
  // / 25.
  const SandwichCase data{2, {1, 2, 2, 4, 3, 6, 4, 8}, {1, 2, 2, 5}, {}};
  const auto robust = data.covariance(CovarianceKind::kHc0);
  ASSERT_TRUE(robust);
  EXPECT_NEAR(robust->covariance[4], 1.61 / 25.0, 1e-15);
  for (const std::size_t i : {2u, 5u, 6u, 7u, 8u}) EXPECT_EQ(robust->covariance[i], 0.0);
}

TEST(Sandwich, OfPowersIsThatOfTheirColumns) {
  std::vector<double> x;
  std::vector<double> both;
  std::vector<double> y;
  for (int i = 0; i < 9; ++i) {
    x.push_back(i);
    both.insert(both.end(), {double(i), double(i * i)});
    y.push_back(i * i + (i % 3) - 0.25 * (i % 2));
  }
  const SandwichCase powers{1, x, y, {}, {2}};
  const SandwichCase columns{2, both, y, {}};
  const auto left = powers.covariance(CovarianceKind::kHc2);
  const auto right = columns.covariance(CovarianceKind::kHc2);
  ASSERT_TRUE(left);
  for (std::size_t i = 0; i < 9; ++i)
    EXPECT_NEAR(left->covariance[i], right->covariance[i], 1e-13) << i;
  EXPECT_NEAR(left->f, right->f, 1e-9 * right->f);
}

}  // namespace
}  // namespace steppe::numerics
