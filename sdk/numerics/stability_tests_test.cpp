// SPDX-License-Identifier: Apache-2.0
// Chow, CUSUM and influence against R and gretl: tests/reference/diagnostics.

#include <gtest/gtest.h>

#include <cmath>

#include "diagnostics_reference.hpp"
#include "steppe/numerics/regression_tests.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::diagnostics_cases;
using test::DiagnosticsCase;
using test::DiagnosticsReference;

const DiagnosticsReference& stability_of_r() {
  static const DiagnosticsReference reference("r.csv");
  return reference;
}

TEST(Chow, AgreesWithRAndGretl) {
  const std::map<std::string, std::size_t> first_after = {
      {"longley", 8}, {"karaganda", 5}, {"consumption", 24}, {"consumption_all", 100}};
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const Chow result = chow(one.residuals(), first_after.at(name));
    if (name != "longley") {
      EXPECT_FALSE(result.predictive);
      EXPECT_GE(correct_digits(result.test.statistic, stability_of_r().at(name, "chow")), 9)
          << name;
      EXPECT_GE(correct_digits(result.test.p, stability_of_r().at(name, "chow_p")), 9) << name;
    }
    const Chow late = chow(one.residuals(), one.rows() - 2);
    EXPECT_TRUE(late.predictive);
    EXPECT_GE(correct_digits(late.test.statistic, stability_of_r().at(name, "chow_predictive")), 8)
        << name;
    EXPECT_GE(correct_digits(late.test.p, stability_of_r().at(name, "chow_predictive_p")), 8)
        << name;
  }
  EXPECT_GE(correct_digits(chow(test::karaganda().residuals(), 5).test.statistic,
                           DiagnosticsReference("gretl.csv").at("karaganda", "chow")),
            9);
}

TEST(Chow, NeedsRowsOnBothSides) {
  const DiagnosticsCase one = test::karaganda();
  EXPECT_EQ(chow(one.residuals(), 0).test.reason, "all rows are on one side of the date");
  EXPECT_EQ(chow(one.residuals(), 10).test.reason, "all rows are on one side of the date");
  const std::vector<double> four = {1, 2, 3, 5};
  const std::vector<double> e = {1, -1, -1, 1};
  const RegressionResiduals few{{four.data(), 4, 1}, true, {e.data(), 4}, {four.data(), 4}};
  EXPECT_EQ(chow(few, 2).test.reason, "too few rows on both sides of the date");
}

TEST(Cusum, HasThePOfFortyDigits) {
  std::size_t compared = 0;
  for (const auto& cells : test::read_reference("diagnostics/cusum_p.csv")) {
    EXPECT_GE(correct_digits(cusum_p(test::number(cells[0])), test::number(cells[1])), 12.0)
        << cells[0];
    ++compared;
  }
  EXPECT_EQ(compared, 13U);
  // As printed by Brown, Durbin and Evans 1975.
  EXPECT_NEAR(cusum_p(0.850), 0.10, 1e-4);
  EXPECT_NEAR(cusum_p(0.948), 0.05, 1e-4);
  EXPECT_NEAR(cusum_p(1.143), 0.01, 1e-4);
  EXPECT_EQ(cusum_p(0.0), 1.0);
}

TEST(Cusum, AgreesWithRecursiveResidualsOfR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const Cusum result = cusum(one.residuals());
    EXPECT_GE(correct_digits(result.test.statistic, stability_of_r().at(name, "cusum")),
              name == "longley" ? 6 : 9)
        << name;
    const std::size_t k = one.columns.size();
    for (std::size_t t = 0; t < one.rows(); ++t) {
      const double w = result.recursive_residuals[t];
      EXPECT_EQ(std::isnan(w), t < k) << name << t;
      if (t >= k) {
        EXPECT_GE(correct_digits(w, stability_of_r().at(name, "recursive_residual", t - k + 1)),
                  name == "longley" ? 4 : 7)
            << name;
      }
    }
  }
}

TEST(Influence, AgreesWithR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const Influence result = influence(one.residuals());
    for (std::size_t i = 0; i < one.rows(); ++i) {
      EXPECT_GE(correct_digits(result.leverage[i], stability_of_r().at(name, "leverage", i + 1)), 9)
          << name;
      EXPECT_GE(correct_digits(result.studentized[i], stability_of_r().at(name, "rstudent", i + 1)),
                8)
          << name;
      EXPECT_GE(correct_digits(result.cooks_distance[i], stability_of_r().at(name, "cook", i + 1)),
                8)
          << name;
      EXPECT_GE(correct_digits(result.dffits[i], stability_of_r().at(name, "dffits", i + 1)), 8)
          << name;
    }
    for (std::size_t c = 0; c + 1 < one.columns.size(); ++c)
      EXPECT_GE(
          correct_digits(result.variance_inflation[c], stability_of_r().at(name, "vif", c + 1)), 9)
          << name;
    EXPECT_GE(correct_digits(result.condition_number, one.fit.condition_number), 10) << name;
  }
}

TEST(Influence, NamesWhatDependsOnOthers) {
  // Columns 1 and 3 are the same; row 5 alone decides the second.
  const std::vector<double> x = {1, 0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 5, 1, 5};
  const std::vector<double> fitted = {1, 2, 3, 4, 9};
  const std::vector<double> e = {0.1, -0.2, 0.1, 0.0, 0.0};
  const Influence result = influence({{x.data(), 5, 3}, true, {e.data(), 5}, {fitted.data(), 5}});
  EXPECT_EQ(result.rank, 3u);
  EXPECT_TRUE(std::isinf(result.variance_inflation[2]));
  EXPECT_TRUE(std::isfinite(result.variance_inflation[0]));
  EXPECT_NEAR(result.leverage[4], 1.0, 1e-12);
  EXPECT_TRUE(std::isnan(result.studentized[4]));
  EXPECT_TRUE(std::isnan(result.cooks_distance[4]));
  EXPECT_TRUE(std::isnan(result.dffits[4]));
}

}  // namespace
}  // namespace steppe::numerics
