// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elastic_net.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "elastic_net_testing.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::net_of;
using test::net_problem;
using test::penalized_data;
using test::penalized_reference;
using test::PenalizedData;

// Digits of the largest coefficient that all coefficients have.
double net_digits(const std::vector<double>& values, const std::vector<double>& expected) {
  EXPECT_EQ(values.size(), expected.size());
  double worst = 16.0;
  for (std::size_t i = 0; i < std::min(values.size(), expected.size()); ++i)
    worst = std::min(worst, correct_digits(values[i], expected[i]));
  return worst;
}

TEST(ElasticNet, AgreesWithGlmnetToEightDigits) {
  const auto reference = penalized_reference("penalized_r.csv");
  for (const std::string name : {"longley", "wide", "close"}) {
    for (const auto& [mix, text] : {std::pair(1.0, "1"), std::pair(0.5, "0.5")}) {
      for (const char* k : {"1", "2", "3"}) {
        const std::string at = name + "_net_" + text + "_" + k;
        const PenalizedData data = penalized_data(name);
        const ElasticNetFit fit =
            net_of(net_problem(data, {.mix = mix, .penalty = reference.at({at, "penalty"})[0]}));
        EXPECT_GT(net_digits(fit.coefficients, reference.at({at, "coefficient"})), 8) << at;
      }
    }
  }
}

TEST(ElasticNet, AgreesWithScikitLearnOnColumnsAsTheyAre) {
  const auto reference = penalized_reference("penalized_py.csv");
  for (const std::string name : {"wide", "close"}) {
    for (const auto& [mix, text] : {std::pair(1.0, "1"), std::pair(0.3, "0.3")}) {
      const ElasticNetFit fit = net_of(
          net_problem(penalized_data(name), {.mix = mix, .penalty = 0.2, .standardize = false}));
      const std::string at = name + "_raw_net_" + text;
      EXPECT_GT(net_digits(fit.coefficients, reference.at({at, "coefficient"})), 8) << at;
    }
  }
}

// Orthogonal columns of deviation 1: u_j = sign(c) (|c| - penalty mix)+ / (1 + penalty (1 - mix) /
// unit) with c = z'y / n, here 3 and -0.5, and unit the deviation of y, here the root of 9.25.
TEST(ElasticNet, ShrinksOrthogonalColumnsAsByHand) {
  const PenalizedData data{{1, 1, 1, -1, -1, 1, -1, -1}, {2.5, 3.5, -3.5, -2.5}};
  const ElasticNetFit lasso = net_of(net_problem(data, {.penalty = 1.0}));
  EXPECT_NEAR(lasso.slopes[0], 2.0, 1e-15);
  EXPECT_EQ(lasso.slopes[1], 0.0);
  EXPECT_EQ(lasso.nonzero, 1u);
  EXPECT_EQ(lasso.degrees_of_freedom, 2.0);
  EXPECT_NEAR(lasso.residual_ss, 4 * (1 + 0.25), 1e-14);
  const ElasticNetFit net = net_of(net_problem(data, {.mix = 0.25, .penalty = 1.0}));
  const double divisor = 1.0 + 0.75 / std::sqrt(9.25);
  EXPECT_NEAR(net.slopes[0], 2.75 / divisor, 1e-15);
  EXPECT_NEAR(net.slopes[1], -0.25 / divisor, 1e-15);
  EXPECT_NEAR(net.degrees_of_freedom, 1.0 + 2.0 / divisor, 1e-14);
}

TEST(ElasticNet, MixZeroIsRidgeRegression) {
  // The slope of ridge.hpp's case by hand: penalty 3 there is n times one deviation of y here.
  const ElasticNetFit fit =
      net_of(net_problem({{1, 2, 3}, {2, 4, 9}}, {.mix = 0.0, .penalty = std::sqrt(26.0 / 3.0)}));
  EXPECT_NEAR(fit.slopes[0], 7.0 / 4.0, 1e-15);
  EXPECT_NEAR(fit.degrees_of_freedom, 1.5, 1e-14);
}

TEST(ElasticNet, PenaltyZeroIsLeastSquares) {
  const ElasticNetFit fit = net_of(net_problem({{1, 2, 3}, {1, 2, 2}}, {.penalty = 0.0}));
  EXPECT_NEAR(fit.coefficients[0], 2.0 / 3.0, 1e-15);
  EXPECT_NEAR(fit.coefficients[1], 0.5, 1e-15);
  const double row[] = {4.0};
  // x0'(X'X)^-1 x0 = 1/3 + 4/2.
  EXPECT_NEAR(evaluate(fit, VectorView(row, 1)).variance_factor, 1.0 / 3.0 + 2.0, 1e-14);
}

TEST(ElasticNet, ThePathStartsWhereTheFirstColumnEnters) {
  const ElasticNetFit fit = net_of(net_problem(penalized_data("close")));
  ASSERT_EQ(fit.path.size(), 100u);
  EXPECT_EQ(fit.path[0].nonzero, 0u);
  EXPECT_EQ(fit.path[1].nonzero, 1u);
  EXPECT_NEAR(fit.path[99].penalty / fit.path[0].penalty, 1e-4, 1e-17);
}

TEST(ElasticNet, CrossValidatesLikeGlmnet) {
  const auto reference = penalized_reference("penalized_r.csv");
  for (const std::string name : {"longley", "wide", "close"}) {
    const PenalizedData data = penalized_data(name);
    std::vector<std::size_t> folds;
    for (std::size_t i = 0; i < data.y.size(); ++i) folds.push_back(i * 4 / data.y.size());
    ElasticNetProblem problem = net_problem(data);
    problem.criterion = PathCriterion::kCrossValidation;
    problem.folds = folds;
    problem.path_length = 10;
    problem.path_ratio = 0.01;
    const ElasticNetFit fit = net_of(problem);
    const auto compare = [&](const char* quantity, auto&& member, double digits) {
      const auto& expected = reference.at({name + "_cv", quantity});
      ASSERT_EQ(fit.path.size(), expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_GT(correct_digits(member(fit.path[i]), expected[i]), digits)
            << name << " " << quantity << " " << i;
    };
    compare("penalty", [](const PathPoint& p) { return p.penalty; }, 13);
    compare("error", [](const PathPoint& p) { return p.criterion; }, 8);
    compare("error_deviation", [](const PathPoint& p) { return p.criterion_error; }, 8);
    for (std::size_t i = 1; i < fit.path.size(); ++i)  // the first is where one is about to enter
      EXPECT_EQ(static_cast<double>(fit.path[i].nonzero),
                reference.at({name + "_cv", "nonzero"})[i]);
    EXPECT_GT(correct_digits(fit.penalty, reference.at({name + "_cv", "least"})[0]), 13);
    problem.one_standard_error = true;
    EXPECT_GT(correct_digits(net_of(problem).penalty,
                             reference.at({name + "_cv", "one_standard_error"})[0]),
              13);
  }
}

TEST(ElasticNet, TheCriterionCountsCoefficientsAndVariance) {
  const PenalizedData data = penalized_data("close");
  ElasticNetProblem problem = net_problem(data);
  const double n = 40;
  for (const auto criterion : {PathCriterion::kAic, PathCriterion::kAicc, PathCriterion::kBic}) {
    problem.criterion = criterion;
    const ElasticNetFit fit = net_of(problem);
    std::size_t best = 0;
    for (std::size_t i = 0; i < fit.path.size(); ++i) {
      const PathPoint& point = fit.path[i];
      EXPECT_EQ(point.degrees_of_freedom, static_cast<double>(point.nonzero) + 1);
      const double k = static_cast<double>(point.nonzero) + 2;
      const double deviance = n * std::log(2 * 3.14159265358979323846 * point.residual_ss / n) + n;
      double expected = deviance + 2 * k;
      if (criterion == PathCriterion::kAicc) expected += 2 * k * (k + 1) / (n - k - 1);
      if (criterion == PathCriterion::kBic) expected = deviance + k * std::log(n);
      EXPECT_NEAR(point.criterion, expected, 1e-10);
      if (point.criterion < fit.path[best].criterion) best = i;
    }
    EXPECT_EQ(fit.chosen, best);
  }
}

TEST(ElasticNet, N3_AConstantColumnHasNoCoefficient) {
  const ElasticNetFit fit = net_of(net_problem({{1, 7, 2, 7, 3, 7}, {2, 4, 9}}, {.penalty = 0.5}));
  EXPECT_EQ(fit.constant_columns, (std::vector<std::size_t>{1}));
}

TEST(ElasticNet, N2_AConstantTargetHasNoPath) {
  const ElasticNetFit fit = net_of(net_problem({{1, 2, 4, 3, 5, 5}, {4, 4, 4}}));
  EXPECT_TRUE(fit.constant_target);
  EXPECT_TRUE(fit.path.empty());
  EXPECT_EQ(fit.coefficients, (std::vector<double>{4, 0, 0}));
  EXPECT_EQ(fit.residual_ss, 0.0);
}

TEST(ElasticNet, N4_RefusesPenaltyZeroWithoutASingleAnswer) {
  const PenalizedData data{{1, 1, 2, 2, 3, 3, 4, 4}, {2, 4, 9, 11}};
  const auto fit = solve_elastic_net(net_problem(data, {.penalty = 0.0}));
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().message,
            "penalty 0 is least squares, which has no single answer here: the regressors depend "
            "on one another or are as many as the observations; give a penalty above 0");
}

TEST(ElasticNet, N8_UnitsChangeNothingButUnits) {
  const PenalizedData data = penalized_data("close");
  PenalizedData scaled = data;
  for (double& x : scaled.x) x *= 0x1p400;
  for (double& y : scaled.y) y *= 0x1p-300;
  for (const double mix : {1.0, 0.5}) {
    const ElasticNetFit fit = net_of(net_problem(data, {.mix = mix}));
    const ElasticNetFit other = net_of(net_problem(scaled, {.mix = mix}));
    EXPECT_EQ(other.chosen, fit.chosen);
    for (std::size_t j = 0; j < fit.slopes.size(); ++j)
      EXPECT_EQ(other.slopes[j], std::ldexp(fit.slopes[j], -700));
  }
}

TEST(ElasticNet, StopsWhenCancelled) {
  const PenalizedData data = penalized_data("wide");
  ElasticNetProblem problem = net_problem(data);
  int questions = 0;
  problem.cancelled = [&] { return ++questions > 50; };
  const auto fit = solve_elastic_net(problem);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace steppe::numerics
