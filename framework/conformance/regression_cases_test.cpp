// SPDX-License-Identifier: Apache-2.0

// The cases for regressions, driven in this process with fakes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "conformance/case.hpp"
#include "conformance/fake_regressions.hpp"

namespace steppe::conformance {
namespace {

using fakes::FakeRegression;
using Flaw = fakes::RegressionFlaw;
using testing::HasSubstr;

std::vector<Case> regression_cases() {
  std::vector<Case> out;
  for (const auto part : {regression_semantics_cases(), regression_statistics_cases()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

Verdict run(const std::string& id, const steppe_component* component, std::uint64_t seed = 1) {
  CaseContext context;
  context.component = component;
  context.seed = seed;
  for (const Case& one : regression_cases()) {
    if (id == one.id) return one.run(context);
  }
  return Verdict::failed("no case " + id);
}

template <Flaw kFlaw>
const steppe_component* fake() {
  return detail::ComponentTable<FakeRegression<kFlaw>>::get();
}

// Claims that the order of its rows matters.
struct ClaimsOrder : FakeRegression<Flaw::kNone> {
  static constexpr Tag kTags[] = {{"deterministic"}, {"ordered_rows"}};
};
const steppe_component* claims_order() { return detail::ComponentTable<ClaimsOrder>::get(); }

// Strides are taken for those of dense data.
const steppe_component* strides_ignored() {
  static const steppe_component& honest = *fake<Flaw::kNone>();
  static const auto& good =
      *static_cast<const steppe_regression*>(honest.query(&honest, STEPPE_REGRESSION));
  static steppe_regression table = good;
  table.fit = [](const void* instance, const steppe_regression_data* data, const steppe_host* host,
                 void** fit, steppe_error* error) {
    steppe_matrix regressors = *data->regressors;
    regressors.row_stride = static_cast<std::int64_t>(regressors.columns);
    regressors.column_stride = 1;
    steppe_regression_data dense = *data;
    dense.regressors = &regressors;
    return good.fit(instance, &dense, host, fit, error);
  };
  static steppe_component component = honest;
  component.query = [](const steppe_component*, const char* id) -> const void* {
    return std::string_view(id) == STEPPE_REGRESSION ? &table : honest.query(&honest, id);
  };
  return &component;
}

struct Broken {
  const char* id;
  const steppe_component* (*component)();
  const char* text;
};

class BrokenRegression : public testing::TestWithParam<Broken> {};

TEST_P(BrokenRegression, FailsTheCaseForItsFlaw) {
  const Verdict verdict = run(GetParam().id, GetParam().component());
  EXPECT_EQ(verdict.outcome, Outcome::kFailed) << verdict.text;
  EXPECT_THAT(verdict.text, HasSubstr(GetParam().text));
}

const Broken kBroken[] = {
    {"semantics.regression_layout", &strides_ignored, "fit answers invalid_data"},
    {"semantics.regression_row_order", &claims_order,
     "claims ordered_rows, but the rows in reverse order give the same forecasts"},
    {"semantics.regression_row_order", &fake<Flaw::kFirstRowsCount>, "the mean in row 1 is"},
    {"semantics.regression_column_order", &fake<Flaw::kFirstColumnCounts>,
     "in this order of the columns"},
    {"semantics.regression_rows_are_independent", &fake<Flaw::kRowsMeet>, "the mean of row 1 is"},
    {"semantics.regression_fit_twice_is_fit_once", &fake<Flaw::kRemembers>,
     "after a fit of other data"},
    {"semantics.regression_instances_are_independent", &fake<Flaw::kRemembers>, "on another"},
    {"semantics.regression_calls_do_not_change_the_fit", &fake<Flaw::kCountsCalls>,
     "after other calls of predict, report and fitted"},
    {"semantics.regression_concurrent_predict", &fake<Flaw::kSharesMemory>,
     "predict from four threads at once gives other numbers than from one"},
    {"semantics.regression_deterministic", &fake<Flaw::kUsesProcess>, "in another process"},
    {"semantics.regression_column_scale", &fake<Flaw::kRidge>, "with the column times 1000"},
    {"semantics.regression_target_scale", &fake<Flaw::kNotScaled>, "with the target times 1000"},
    {"semantics.regression_target_shift", &fake<Flaw::kNotShifted>, "with the target plus 4096"},
    {"semantics.regression_minimum", &fake<Flaw::kAcceptsNone>,
     "claims minimum_observations 1, but answers 0 rows with ok"},
    {"semantics.regression_order", &fake<Flaw::kMeanWider>,
     "a new observation is no more certain than its mean"},
    {"semantics.regression_order", &fake<Flaw::kCrossed>, "inside that of the mean"},
    {"semantics.regression_intervals", &fake<Flaw::kNoQuantiles>,
     "claims intervals, but a quantile is undefined"},
    {"semantics.regression_weights", &fake<Flaw::kTakesWeights>,
     "does not claim uses_weights, but takes weights without a word"},
    {"semantics.regression_linear_model", &fake<Flaw::kOtherCovariance>,
     "the covariance of linear_model gives"},
    {"semantics.regression_fitted", &fake<Flaw::kOtherFitted>, "predict says"},
    {"semantics.regression_r_squared", &fake<Flaw::kFlattered>, "but the fitted values give"},
    {"semantics.regression_report", &fake<Flaw::kNoEquation>,
     "the report has no text \"equation\""},
    {"semantics.regression_report", &fake<Flaw::kNegativeError>, "a standard error below 0"},
    {"semantics.regression_missing_target", &fake<Flaw::kTakesMissing>, "fit answers ok"},
    {"semantics.regression_missing_regressor", &fake<Flaw::kTakesMissing>, "fit answers ok"},
    {"semantics.regression_no_rows", &fake<Flaw::kAcceptsNone>, "fit answers ok"},
    {"semantics.regression_same_column_twice", &fake<Flaw::kSilentlyDrops>,
     "without a warning that names the dropped one"},
    {"statistics.regression_exact_data", &fake<Flaw::kRidge>, "data without errors: coefficient"},
    {"statistics.regression_intervals_cover_95", &fake<Flaw::kNarrow>,
     "new row 1: 95 % intervals hold 8"},
    {"statistics.regression_intervals_cover_80", &fake<Flaw::kNarrow>,
     "new row 1: 80 % intervals hold 6"},
    {"statistics.regression_mean_intervals_cover_95", &fake<Flaw::kNarrow>,
     "new row 1: 95 % intervals hold 8"},
    {"statistics.regression_forecast_is_unbiased", &fake<Flaw::kBiased>,
     "new row 1: the forecast is off by"},
    {"statistics.regression_coefficient_errors", &fake<Flaw::kOtherCovariance>,
     "the standard error of coefficient 0 is said to be"},
};

std::string name_of_test(const testing::TestParamInfo<Broken>& info) {
  std::string name = info.param.id;
  std::ranges::replace(name, '.', '_');
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Suite, BrokenRegression, testing::ValuesIn(kBroken), name_of_test);

TEST(HonestRegression, PassesEveryCase) {
  for (const Case& one : regression_cases()) {
    const Verdict verdict = run(one.id, fake<Flaw::kNone>());
    EXPECT_NE(verdict.outcome, Outcome::kFailed) << one.id << ": " << verdict.text;
  }
}

TEST(HonestRegression, SkipsOnlyWhatItDoesNotClaim) {
  std::vector<std::string> skipped;
  for (const Case& one : regression_cases()) {
    if (run(one.id, fake<Flaw::kNone>()).outcome == Outcome::kSkipped) skipped.emplace_back(one.id);
  }
  EXPECT_THAT(skipped, testing::ElementsAre("semantics.regression_weights",
                                            "semantics.regression_saved_fit_comes_back",
                                            "semantics.regression_saved_fit_is_the_same_bytes",
                                            "semantics.regression_saved_fit_refuses_damage"));
}

}  // namespace
}  // namespace steppe::conformance
