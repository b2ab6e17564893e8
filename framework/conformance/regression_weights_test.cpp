// SPDX-License-Identifier: Apache-2.0

// What the case of weights finds in regressions that claim to use them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "conformance/case.hpp"
#include "conformance/fake_regressions.hpp"

namespace steppe::conformance {
namespace {

using ::testing::HasSubstr;
using Honest = fakes::FakeRegression<fakes::RegressionFlaw::kNone>;
using TakesWeights = fakes::FakeRegression<fakes::RegressionFlaw::kTakesWeights>;

// Takes weights and does nothing with them.
struct IgnoresWeights : TakesWeights {
  static constexpr Tag kTags[] = {{"deterministic"}, {"uses_weights"}};
};

// Says more when it has weights, be they 1.
struct AddsForWeights : IgnoresWeights {
  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host& host) const {
    auto made = TakesWeights::fit(data, host);
    if (made && !data.weights.empty()) (*made)->beta[0] += 1;
    return made;
  }
};

// Insists on weights, and leaves out rows of weight 0; the others weigh the same.
struct InsistsOnWeights : Honest {
  static constexpr Tag kTags[] = {{"deterministic"}, {"uses_weights"}};

  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host& host) const {
    if (data.weights.empty()) return Error{ErrorKind::kInvalidConfig, "needs weights", "", ""};
    std::vector<double> x;
    std::vector<double> y;
    const std::size_t p = data.regressors.columns();
    for (std::size_t i = 0; i < data.target.size(); ++i) {
      if (data.weights[i] == 0) continue;
      y.push_back(data.target[i]);
      for (std::size_t j = 0; j < p; ++j) x.push_back(data.regressors(i, j));
    }
    RegressionData rest = data;
    rest.weights = {};
    rest.target = VectorView(y.data(), y.size());
    rest.regressors = MatrixView(x.data(), y.size(), p);
    return Honest::fit(rest, host);
  }
};

template <typename Component>
Verdict verdict_on_weights() {
  CaseContext context;
  context.component = detail::ComponentTable<Component>::get();
  context.seed = 1;
  for (const Case& one : regression_semantics_cases()) {
    if (std::string(one.id) == "semantics.regression_weights") return one.run(context);
  }
  return Verdict::failed("there is no such case");
}

TEST(WeightsCase, FindsWeightsThatChangeNothing) {
  const Verdict verdict = verdict_on_weights<IgnoresWeights>();
  EXPECT_EQ(verdict.outcome, Outcome::kFailed);
  EXPECT_THAT(verdict.text, HasSubstr("a row of weight 0 moves the mean from"));
}

TEST(WeightsCase, FindsThatWeightsOfOneAreNotNone) {
  const Verdict verdict = verdict_on_weights<AddsForWeights>();
  EXPECT_EQ(verdict.outcome, Outcome::kFailed);
  EXPECT_THAT(verdict.text, HasSubstr("weights of 1 move the mean from"));
}

TEST(WeightsCase, LetsARegressionInsistOnWeights) {
  const Verdict verdict = verdict_on_weights<InsistsOnWeights>();
  EXPECT_EQ(verdict.outcome, Outcome::kPassed) << verdict.text;
}

}  // namespace
}  // namespace steppe::conformance
