// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/huber_regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "robust_testing.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::RobustSample;

HuberFit fitted_huber(const RobustSample& sample, const HuberSettings& settings = {}) {
  auto fit = fit_huber(sample.least_squares(), sample.rows(), settings);
  if (!fit) ADD_FAILURE() << fit.error().message;
  return *std::move(fit);
}

// Everything the reference has of a case; gives the number of values compared.
int compare_with(const std::string& file, const std::string& name, const HuberFit& fit,
                 double digits) {
  int compared = 0;
  for (const auto& cells : test::read_reference("robust/" + file)) {
    if (cells[0] != name) continue;
    ++compared;
    const auto index = static_cast<std::size_t>(test::number(cells[2])) - 1;
    double value = fit.scale;
    if (cells[1] == "estimate") value = fit.linear.coefficients[index];
    if (cells[1] == "weight") value = fit.weights[index];
    if (cells[1] == "standard_error") {
      const std::size_t diagonal = index * (fit.linear.coefficients.size() + 1);
      value = std::sqrt(fit.covariance_factor * fit.linear.covariance[diagonal]);
    }
    EXPECT_GE(correct_digits(value, test::number(cells[3])), digits)
        << name << " " << cells[1] << " " << cells[2];
  }
  return compared;
}

TEST(HuberRegression, AgreesWithRlmOnPhoneCallsAndStackLoss) {
  for (const char* set : {"phones", "stackloss"}) {
    const RobustSample sample = test::read_robust_sample(set);
    const std::string name = set;
    const auto expected =
        static_cast<int>(sample.y.size()) + 2 * static_cast<int>(sample.columns + 1) + 1;
    EXPECT_EQ(compare_with("robust_r.csv", name + "_mad", fitted_huber(sample), 12.0), expected);
    EXPECT_EQ(compare_with("robust_r.csv", name + "_mad_rlm",
                           fitted_huber(sample, {.median_deviation = 0.6745}), 12.0),
              expected);
    EXPECT_EQ(
        compare_with("robust_r.csv", name + "_mad_2", fitted_huber(sample, {.tuning = 2.0}), 12.0),
        expected);
    EXPECT_EQ(compare_with("robust_r.csv", name + "_proposal_2",
                           fitted_huber(sample, {.scale = HuberScale::kProposal2}), 12.0),
              expected);
  }
}

TEST(HuberRegression, AgreesWithStatsmodels) {
  for (const char* set : {"phones", "stackloss"}) {
    const RobustSample sample = test::read_robust_sample(set);
    const std::string name = set;
    EXPECT_GT(compare_with("robust_statsmodels.csv", name + "_mad", fitted_huber(sample), 12.0), 0);
    EXPECT_GT(compare_with("robust_statsmodels.csv", name + "_mad_2",
                           fitted_huber(sample, {.tuning = 2.0}), 12.0),
              0);
  }
}

TEST(HuberRegression, ComesToTheSameFromLeastAbsoluteDeviations) {
  for (const char* set : {"phones", "stackloss"}) {
    const RobustSample sample = test::read_robust_sample(set);
    const HuberFit one = fitted_huber(sample);
    const HuberFit other = fitted_huber(sample, {.start = HuberStart::kLeastAbsolute});
    EXPECT_LE(other.equation_error, 1e-12);
    for (std::size_t j = 0; j < one.linear.coefficients.size(); ++j)
      EXPECT_GE(correct_digits(other.linear.coefficients[j], one.linear.coefficients[j]), 12.0);
  }
}

// By symmetry the centre is 0; the median size of a residual is 2, so s = 2 / 0.67449 = 2.9652,
// k s = 3.9882, and 100 weighs 0.039882.
TEST(HuberRegression, WeighsASymmetricSampleAsByHand) {
  const HuberFit fit = fitted_huber({0, {}, {-100, -2, -1, 0, 1, 2, 100}});
  EXPECT_NEAR(fit.linear.coefficients[0], 0.0, 1e-15);
  EXPECT_NEAR(fit.scale, 2.965204437011204, 1e-14);
  EXPECT_NEAR(fit.weights[6], 0.03988199967780069, 1e-15);
  EXPECT_EQ(fit.weights[3], 1.0);
  EXPECT_NEAR(fit.central_share, 5.0 / 7.0, 1e-15);
}

TEST(HuberRegression, IsLeastSquaresWhereNoRowIsFarOff) {
  const RobustSample sample{1, {1, 2, 3, 4, 5, 6}, {1, 3, 2, 5, 4, 6}};
  const HuberFit fit = fitted_huber(sample, {.tuning = 50.0});
  const LeastSquaresFit line = sample.least_squares();
  for (std::size_t j = 0; j < 2; ++j)
    EXPECT_GE(correct_digits(fit.linear.coefficients[j], line.coefficients[j]), 15.0);
  // All weights 1: the classical variance.
  EXPECT_GE(correct_digits(fit.covariance_factor, line.residual_ss / 4.0), 14.0);
}

TEST(HuberRegression, LetsOneOutlierBeAsFarAsItLikes) {
  RobustSample sample = test::read_robust_sample("stackloss");
  sample.y[7] = 1e6;
  const HuberFit near = fitted_huber(sample);
  sample.y[7] = 1e15;
  const HuberFit far = fitted_huber(sample);
  for (std::size_t j = 0; j < 4; ++j)
    EXPECT_GE(correct_digits(far.linear.coefficients[j], near.linear.coefficients[j]), 12.0);
}

TEST(HuberRegression, SatisfiesItsEquationOnTheDataThemselves) {
  test::Numbers numbers(11);
  for (int round = 0; round < 60; ++round) {
    RobustSample sample{2, {}, {}};
    const std::size_t n = 12 + numbers.below(80);
    for (std::size_t i = 0; i < n; ++i) {
      sample.x.push_back(100.0 + numbers.bell());
      sample.x.push_back(numbers.uniform());
      sample.y.push_back(sample.x.back() + numbers.bell() / (0.05 + numbers.uniform()));
    }
    const HuberScale scale = round % 2 == 0 ? HuberScale::kMad : HuberScale::kProposal2;
    const HuberFit fit = fitted_huber(sample, {.scale = scale});
    const double bound = 1.345 * fit.scale;
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0.0;
      double size = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        const double x = j == 0 ? 1.0 : sample.x[2 * i + j - 1];
        const double psi = std::max(-bound, std::min(bound, fit.linear.residuals[i]));
        sum += psi * x;
        size += std::abs(psi * x);
      }
      EXPECT_LE(std::abs(sum), 1e-9 * size) << "problem " << round << ", column " << j;
    }
  }
}

TEST(HuberRegression, N9_FollowsTheRowsThatLieOnOneLine) {
  RobustSample sample{1, {}, {}};
  for (int i = 0; i < 12; ++i) {
    sample.x.push_back(i);
    sample.y.push_back(i % 4 == 3 ? 90.0 + i * i : 0.1 + 0.3 * i);
  }
  const HuberFit fit = fitted_huber(sample);
  EXPECT_TRUE(fit.exact());
  EXPECT_EQ(fit.covariance_factor, 0.0);
  EXPECT_GE(correct_digits(fit.linear.coefficients[0], 0.1), 14.0);
  EXPECT_GE(correct_digits(fit.linear.coefficients[1], 0.3), 14.0);
  EXPECT_EQ(fit.weights[0], 1.0);
  EXPECT_EQ(fit.weights[3], 0.0);
}

TEST(HuberRegression, N10_RefusesWhatHasNotConverged) {
  const RobustSample sample = test::read_robust_sample("phones");
  const auto fit = fit_huber(sample.least_squares(), sample.rows(), {.iterations = 3});
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kNotConverged);
  EXPECT_EQ(fit.error().fault, "N10");
  EXPECT_NE(fit.error().message.find("Huber's estimate has not converged after 3 iterations: its "
                                     "equation holds to "),
            std::string::npos);
  EXPECT_NE(fit.error().message.find(" of its terms, 1e-09 is needed; try the scale "
                                     "\"proposal_2\" or the start \"lad\""),
            std::string::npos);
}

}  // namespace
}  // namespace steppe::numerics
