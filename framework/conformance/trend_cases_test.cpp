// SPDX-License-Identifier: Apache-2.0

// The cases for trend models, driven in this process with fakes: an honest one passes all, one
// with a single flaw fails the case for it, with words that name it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/case.hpp"
#include "conformance/tampered_trend.hpp"

namespace steppe::conformance {
namespace {

using fakes::FakeTrend;
using fakes::Flaw;
using testing::HasSubstr;

std::vector<Case> trend_cases() {
  std::vector<Case> out;
  for (const auto part : {trend_semantics_cases(), trend_statistics_cases()}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

Verdict run(const std::string& id, const steppe_component* component) {
  CaseContext context;
  context.component = component;
  for (const Case& one : trend_cases()) {
    if (id == one.id) return one.run(context);
  }
  return Verdict::failed("no case " + id);
}

template <Flaw kFlaw>
const steppe_component* fake() {
  return detail::ComponentTable<FakeTrend<kFlaw>>::get();
}

struct Broken {
  const char* id;
  const steppe_component* (*component)();
  const char* text;  // part of what the verdict says
};

class BrokenTrend : public testing::TestWithParam<Broken> {};

TEST_P(BrokenTrend, FailsTheCaseForItsFlaw) {
  const Verdict verdict = run(GetParam().id, GetParam().component());
  EXPECT_EQ(verdict.outcome, Outcome::kFailed) << verdict.text;
  EXPECT_THAT(verdict.text, HasSubstr(GetParam().text));
}

using fakes::with_table;
const Broken kBroken[] = {
    {"semantics.block_is_one_by_one", &fake<Flaw::kRemembers>,
     "series 1: the fitted value in row 1 is"},
    {"semantics.block_is_one_by_one", &with_table<&fakes::place_matters>, "alone"},
    {"semantics.order_does_not_matter", &with_table<&fakes::place_matters>,
     "with the series in reverse order"},
    {"semantics.split_does_not_matter", &with_table<&fakes::place_matters>, "in blocks of 7"},
    {"semantics.layout_does_not_matter", &with_table<&fakes::strides_ignored>,
     "with the times of a series next to each other"},
    {"semantics.failed_series_is_alone", &with_table<&fakes::failed_is_zero>,
     "the mean of a series that failed is 0, not NaN"},
    {"semantics.failed_series_is_alone", &with_table<&fakes::failure_spreads>,
     "fit answers invalid_data"},
    {"semantics.fit_twice_is_fit_once", &fake<Flaw::kRemembers>, "after a fit of other data"},
    {"semantics.instances_are_independent", &fake<Flaw::kRemembers>, "on another"},
    {"semantics.calls_do_not_change_the_fit", &fake<Flaw::kCountsCalls>,
     "after other calls of predict, report, statistics and fitted"},
    {"semantics.horizon_is_a_prefix", &with_table<&fakes::horizon_matters>,
     "when 1 steps are wanted"},
    {"semantics.probabilities_are_independent", &with_table<&fakes::probabilities_matter>,
     "asked for alone"},
    {"semantics.quantiles_are_ordered", &fake<Flaw::kCrossed>, "the quantile 0.01 only"},
    {"semantics.quantiles_are_ordered", &fake<Flaw::kNegativeError>,
     "the standard error is negative"},
    {"semantics.concurrent_predict", &fake<Flaw::kSharesMemory>,
     "predict from four threads at once gives other numbers than from one"},
    {"semantics.deterministic", &fake<Flaw::kUsesProcess>, "in another process"},
    {"semantics.deterministic", &fake<Flaw::kRemembers>, "for the same data"},
    {"semantics.intervals_are_honest", &fake<Flaw::kNoQuantiles>,
     "claims intervals, but a quantile of series 1 is nan"},
    {"semantics.intervals_are_honest",
     [] { return fakes::without_tag(fakes::honest(), "intervals"); },
     "gives quantiles without the tag intervals"},
    {"semantics.minimum_is_enough", &fake<Flaw::kNeedsFive>,
     "claims minimum_observations 2, but refuses every series of 2: too few observations"},
    {"semantics.fewer_are_refused", &fake<Flaw::kTakesNone>,
     "claims minimum_observations 2, but answers 1 observations with ok, not insufficient_data"},
    {"semantics.missing_values_are_handled", &fake<Flaw::kMissingIsZero>,
     "data on the model's own curve, with missing values: the mean at horizon 1 is"},
    {"semantics.missing_values_are_refused",
     [] { return fakes::without_tag(*fake<Flaw::kTakesMissing>(), "handles_missing"); },
     "does not claim handles_missing, but the status of a series with a NaN is ok"},
    {"semantics.gaps_are_handled", &fake<Flaw::kGapsBreak>,
     "series 1 is refused at times with gaps, though handles_gaps is claimed: the times have gaps"},
    {"semantics.season_is_ignored", &fake<Flaw::kUsesSeason>, "though seasonal is not claimed"},
    {"semantics.scale_equivariant", &fake<Flaw::kNotScaled>,
     "series 1: with the values in units of a thousandth the mean is"},
    {"semantics.shift_equivariant", &fake<Flaw::kNotShifted>,
     "series 1: with the values plus 273.15 the mean is"},
    {"semantics.r_squared_is_that_of_the_residuals", &with_table<&fakes::r_squared_flattered>,
     "series 1: R squared on the original scale is 0.01, but the fitted values give"},
    {"semantics.statistics_agree_with_the_report", &with_table<&fakes::r_squared_flattered>,
     "in statistics"},
    {"semantics.report_is_complete", &fake<Flaw::kNoEquation>,
     "the report has no text \"equation\""},
    {"semantics.report_is_complete", &fake<Flaw::kUndefinedScalar>,
     "the report says that odd is undefined, and has no warning"},
    {"semantics.constant_series", &fake<Flaw::kUndefinedMean>,
     "the status is ok, but the mean at horizon 1 is nan"},
    {"semantics.all_missing", &with_table<&fakes::failure_spreads>, "for the whole block"},
    {"statistics.curve_comes_back", &fake<Flaw::kNotShifted>,
     "data on the model's own curve: the fitted value in row 1 is"},
    {"statistics.parameters_come_back", &fake<Flaw::kNotShifted>, "give back a ="},
    {"statistics.errors_vanish", &fake<Flaw::kErrorFloor>,
     "data on the model's own curve have a forecast error of"},
    {"statistics.intervals_cover_95", &fake<Flaw::kNarrow>,
     "horizon 1: 95 % intervals hold 8"},  // P(|t99| < 0.8 * 1.96) = 0.880
    {"statistics.intervals_cover_80", &fake<Flaw::kNarrow>,
     "horizon 1: 80 % intervals hold 6"},  // P(|t99| < 0.8 * 1.2816) = 0.692
    {"statistics.forecast_is_unbiased", &fake<Flaw::kBiased>, "horizon 1: the forecast is off by"},
    {"statistics.forecast_error_is_as_reported", &fake<Flaw::kForecastError>,
     "horizon 1: the standard error of the forecast is said to be"},
    {"statistics.parameters_are_unbiased", &fake<Flaw::kBiased>, "the estimate of a is"},
    {"statistics.parameter_errors_are_as_reported", &fake<Flaw::kWideError>,
     "the standard error of a is said to be"},
};

std::string name_of_test(const testing::TestParamInfo<Broken>& info) {
  std::string name = info.param.id;
  std::ranges::replace(name, '.', '_');
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Suite, BrokenTrend, testing::ValuesIn(kBroken), name_of_test);

TEST(HonestTrend, PassesEveryCase) {
  for (const Case& one : trend_cases()) {
    const Verdict verdict = run(one.id, &fakes::honest());
    EXPECT_NE(verdict.outcome, Outcome::kFailed) << one.id << ": " << verdict.text;
  }
}

TEST(HonestTrend, SkipsOnlyWhatItDoesNotClaim) {
  std::vector<std::string> skipped;
  for (const Case& one : trend_cases()) {
    if (run(one.id, &fakes::honest()).outcome == Outcome::kSkipped) skipped.emplace_back(one.id);
  }
  EXPECT_THAT(skipped,
              testing::ElementsAre(
                  "semantics.simulates_is_honest", "semantics.missing_values_are_handled",
                  "semantics.season_is_used", "semantics.saved_fit_comes_back",
                  "semantics.saved_fit_is_the_same_bytes", "semantics.saved_fit_refuses_damage"));
}

TEST(HonestTrend, IsSkippedWhereItNamesNoProcess) {
  const Verdict verdict =
      run("statistics.intervals_cover_95", fakes::without_tag(fakes::honest(), "additive_errors"));
  EXPECT_EQ(verdict.outcome, Outcome::kSkipped);
  EXPECT_EQ(verdict.text,
            "names no process: additive_errors, multiplicative_errors or random_walk_errors");
}

struct Optional : fakes::Honest {
  static constexpr Option kOptions[] = {
      {.name = "order", .type = OptionType::kInt64, .help = "not used", .default_integer = 2}};
};
TEST(HonestTrend, IsNotHeldToTagsWithOtherOptions) {
  CaseContext context;
  context.component = detail::ComponentTable<Optional>::get();
  context.options = {{"order", "3"}};
  for (const Case& one : trend_semantics_cases()) {
    if (std::string(one.id) != "semantics.minimum_is_enough") continue;
    EXPECT_EQ(one.run(context).text,
              "minimum_observations is said of the default options, and order was given");
  }
}

// Another seed is other data: an honest model does not fail by chance.
TEST(HonestTrend, CoversWithEverySeed) {
  for (std::uint64_t seed = 2; seed <= 6; ++seed) {
    CaseContext context;
    context.component = &fakes::honest();
    context.seed = seed;
    for (const Case& one : trend_statistics_cases()) {
      EXPECT_EQ(one.run(context).text, "") << one.id << " with seed " << seed;
    }
  }
}

TEST(Case, NumbersAndTitlesAreThere) {
  std::vector<std::string> ids;
  for (const Case& one : trend_cases()) {
    ids.emplace_back(one.id);
    EXPECT_EQ(one.rule[0], 'R') << one.id;
    EXPECT_FALSE(std::string(one.title).empty()) << one.id;
  }
  EXPECT_THAT(ids, testing::Each(testing::AnyOf(testing::StartsWith("semantics."),
                                                testing::StartsWith("statistics."))));
  std::ranges::sort(ids);
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
}

}  // namespace
}  // namespace steppe::conformance
