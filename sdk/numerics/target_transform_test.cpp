// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/target_transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

const TargetTransform kLogarithm{TransformKind::kLog, 0.0};
const TargetTransform kHalf{TransformKind::kBoxCox, 0.5};
const TargetTransform kInverse{TransformKind::kBoxCox, -1.0};

TEST(TargetTransform, GoesThereAndBack) {
  EXPECT_DOUBLE_EQ(kHalf.forward(9.0), 4.0);  // (3 - 1) / 0.5
  EXPECT_DOUBLE_EQ(kHalf.back(4.0), 9.0);
  EXPECT_DOUBLE_EQ(kInverse.forward(4.0), 0.75);  // (1/4 - 1) / -1
  EXPECT_DOUBLE_EQ(kInverse.back(0.75), 4.0);
  EXPECT_DOUBLE_EQ(kLogarithm.forward(1.0), 0.0);
  for (const double lambda : {-2.0, -0.3, 1e-9, 0.0, 0.25, 1.0, 2.0}) {
    const TargetTransform scale(TransformKind::kBoxCox, lambda);
    for (const double y : {1e-3, 0.5, 1.0, 1.0 + 1e-9, 7.0, 1e4})
      EXPECT_NEAR(scale.back(scale.forward(y)), y, 1e-12 * y * (1.0 + std::pow(y, -lambda)))
          << lambda << " " << y;
  }
}

TEST(TargetTransform, SaysWhatLiesBeyondItsRange) {
  EXPECT_EQ(kHalf.back(-3.0), 0.0);
  EXPECT_EQ(kInverse.back(1.5), std::numeric_limits<double>::infinity());
}

TEST(TargetTransform, CorrectsTheBiasOfTheMean) {
  EXPECT_DOUBLE_EQ(kLogarithm.mean(1.0, 2.0), std::exp(2.0));
  // 9 (1 + 0.3 * 0.5 / (2 * 3^2)), by hand; for lambda = 1/2 the second order is exact:
  // E (1 + z / 2)^2 = 3^2 + 0.3 / 4.
  EXPECT_DOUBLE_EQ(kHalf.mean(4.0, 0.3), 9.075);
  EXPECT_DOUBLE_EQ(kLogarithm.standard_error(0.0, std::log(2.0)), std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(kHalf.standard_error(4.0, 0.04), 0.6);  // sqrt(9) * 0.2
  const TargetTransform none;
  EXPECT_EQ(none.mean(5.0, 3.0), 5.0);
  EXPECT_EQ(none.standard_error(5.0, 4.0), 2.0);
}

struct BoxCoxCase {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> w;
  bool intercept = true;

  LeastSquaresProblem problem() const {
    LeastSquaresProblem out;
    out.design = MatrixView(x.data(), y.size(), x.size() / y.size());
    out.response = VectorView(y.data(), y.size());
    if (!w.empty()) out.weights = VectorView(w.data(), w.size());
    out.intercept = intercept;
    return out;
  }
};

BoxCoxCase box_cox_case(const std::string& name) {
  if (name == "weighted")
    return {{1.5, 12, 2.25, 9.5, 3, 14, 4.75, 7.25, 5.5, 10, 6, 16.5, 7.25, 8, 8, 11.25},
            {20.125, 18.5, 27.25, 20.75, 25.5, 36, 26.25, 32.5},
            {1, 2, 0.5, 4, 1.25, 3, 0, 0.75}};
  BoxCoxCase data;
  const bool rate = name != "realcons";
  data.intercept = name != "tbilrate_no_intercept";
  const auto rows = test::read_reference("diagnostics/us_macro.csv");
  for (std::size_t i = rows.size() - 48; i < rows.size(); ++i) {
    data.y.push_back(test::number(rows[i][rate ? 3 : 1]));
    data.x.push_back(test::number(rows[i][2]));
    data.x.push_back(test::number(rows[i][rate ? 1 : 3]));
  }
  return data;
}

TEST(BoxCox, FindsTheMostLikelyLambda) {
  int compared = 0;
  for (const auto& cells : test::read_reference("linear/box_cox_mpmath.csv")) {
    ++compared;
    const auto estimate = estimate_box_cox(box_cox_case(cells[0]).problem());
    ASSERT_TRUE(estimate);
    if (cells[0] == "realcons") {  // 2.067: beyond the range that is searched
      EXPECT_EQ(estimate->lambda, 2.0);
      EXPECT_TRUE(estimate->at_limit);
      continue;
    }
    EXPECT_FALSE(estimate->at_limit);
    EXPECT_GE(test::correct_digits(estimate->lambda, test::number(cells[1])), 9.0) << cells[0];
  }
  EXPECT_EQ(compared, 4);
}

TEST(BoxCox, GivesOneForAConstantTarget) {
  const auto estimate = estimate_box_cox(BoxCoxCase{{1, 2, 3}, {5, 5, 5}, {}}.problem());
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->lambda, 1.0);
}

TEST(BoxCox, N1_NeedsMoreObservationsThanCoefficients) {
  const auto refused = estimate_box_cox(BoxCoxCase{{1, 2}, {5, 6}, {}}.problem());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(refused.error().message,
            "box_cox_lambda cannot be estimated from as many coefficients as observations (2); "
            "give it, or add observations");
}

}  // namespace
}  // namespace steppe::numerics
