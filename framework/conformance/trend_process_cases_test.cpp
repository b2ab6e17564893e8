// SPDX-License-Identifier: Apache-2.0

// The cases that ask for more than a mean: other processes, seasons and saved fits.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/case.hpp"
#include "conformance/fake_processes.hpp"

namespace steppe::conformance {
namespace {

using fakes::SaveFlaw;
using testing::HasSubstr;

template <typename Model>
Verdict run(const std::string& id, std::uint64_t seed = 1) {
  CaseContext context;
  context.component = detail::ComponentTable<Model>::get();
  context.seed = seed;
  for (const auto part : {trend_semantics_cases(), trend_statistics_cases()}) {
    for (const Case& one : part) {
      if (id == one.id) return one.run(context);
    }
  }
  return Verdict::failed("no case " + id);
}

template <typename Model>
void expect_all_pass() {
  for (const auto part : {trend_semantics_cases(), trend_statistics_cases()}) {
    for (const Case& one : part) {
      const Verdict verdict = run<Model>(one.id);
      EXPECT_NE(verdict.outcome, Outcome::kFailed) << one.id << ": " << verdict.text;
    }
  }
}

template <typename Model>
void expect_failed(const std::string& id, const std::string& text) {
  const Verdict verdict = run<Model>(id);
  EXPECT_EQ(verdict.outcome, Outcome::kFailed) << id;
  EXPECT_THAT(verdict.text, HasSubstr(text)) << id;
}

TEST(Walk, PassesEveryCase) { expect_all_pass<fakes::Walk<false>>(); }
TEST(Walk, FailsWhenItsErrorDoesNotGrow) {
  using Flat = fakes::Walk<true>;
  EXPECT_EQ(run<Flat>("statistics.forecast_is_unbiased").text, "");
  expect_failed<Flat>("statistics.intervals_cover_95", "horizon 4: 95 % intervals hold 6");
  expect_failed<Flat>("statistics.forecast_error_is_as_reported", "random walk)");
}

TEST(Ratio, PassesEveryCase) { expect_all_pass<fakes::Ratio<false>>(); }
TEST(Ratio, FailsWhenItsForecastIsNotTheMedian) {
  expect_failed<fakes::Ratio<true>>("statistics.forecast_is_unbiased", "it is above the value in ");
}

TEST(Season, PassesEveryCase) { expect_all_pass<fakes::Season<false>>(); }
TEST(Season, FailsWhenItHasNone) {
  expect_failed<fakes::Season<true>>("semantics.season_is_used",
                                     "differ by 0 only, where the season moves it by 40");
}

TEST(Kept, PassesEveryCase) {
  expect_all_pass<fakes::Kept<SaveFlaw::kNone>>();
  EXPECT_EQ(run<fakes::Kept<SaveFlaw::kNone>>("semantics.saved_fit_refuses_damage").outcome,
            Outcome::kPassed);
}
TEST(Kept, FailsWhenItForgets) {
  expect_failed<fakes::Kept<SaveFlaw::kForgets>>("semantics.saved_fit_comes_back",
                                                 "series 1: the standard error at horizon 1 is");
}
TEST(Kept, FailsWhenItRounds) {
  expect_failed<fakes::Kept<SaveFlaw::kRounds>>("semantics.saved_fit_comes_back", "after loading");
}
TEST(Kept, FailsWhenItsBytesChange) {
  expect_failed<fakes::Kept<SaveFlaw::kCounts>>("semantics.saved_fit_is_the_same_bytes",
                                                "saved twice, the same fit gives other bytes");
}

// Damaged bytes are taken for the last ones that were whole.
const steppe_component* forgiving() {
  using Honest = fakes::Kept<SaveFlaw::kNone>;
  static const steppe_component& honest = *detail::ComponentTable<Honest>::get();
  static const auto& kept =
      *static_cast<const steppe_saved_fit*>(honest.query(&honest, STEPPE_SAVED_FIT));
  static std::vector<unsigned char> whole;
  static steppe_saved_fit table = kept;
  table.load = [](const void* instance, std::uint32_t schema, const void* bytes,
                  std::uint64_t count, const steppe_host* host, void** fit, steppe_error* error) {
    if (whole.empty()) {  // 5 series
      whole.assign(static_cast<const unsigned char*>(bytes),
                   static_cast<const unsigned char*>(bytes) + count);
    }
    const steppe_status status = kept.load(instance, schema, bytes, count, host, fit, error);
    if (status == STEPPE_OK) return status;
    return kept.load(instance, schema, whole.data(), whole.size(), host, fit, error);
  };
  static steppe_component component = honest;
  component.query = [](const steppe_component*, const char* id) -> const void* {
    return std::string_view(id) == STEPPE_SAVED_FIT ? &table : honest.query(&honest, id);
  };
  return &component;
}

TEST(Kept, FailsWhenItTakesDamagedBytes) {
  CaseContext context;
  context.component = forgiving();
  std::vector<std::string> texts;
  for (const Case& one : trend_semantics_cases()) {
    // The first of them shows the fake what whole bytes are.
    if (std::string(one.id).find("saved_fit") != std::string::npos) {
      texts.push_back(one.run(context).text);
    }
  }
  EXPECT_THAT(texts, testing::ElementsAre("", "", HasSubstr("load makes a fit of 0 of ")));
}

struct Refuses {
  static constexpr ComponentInfo kInfo{"trend.refuses", "1.0.0", "Fits nothing"};
  struct Fit {
    Prediction predict(double) const { return {}; }
  };
  static Result<Fit> fit(const Series&) {
    return Error{ErrorKind::kInvalidData, "not today", "", ""};
  }
};
TEST(Refuses, FailsWhatNeedsAFit) {
  expect_failed<Refuses>("semantics.fits_ordinary_series",
                         "fits none of the ordinary series of 24 positive observations: not today");
}

struct ClaimsPaths : fakes::Walk<false> {
  static constexpr Tag kTags[] = {{"simulates"}};
};
TEST(Claims, OfSamplePathsNeedTheCapability) {
  expect_failed<ClaimsPaths>("semantics.simulates_is_honest",
                             "claims simulates, but offers no steppe.simulate/1");
}

struct TwoProcesses : fakes::Walk<false> {
  static constexpr Tag kTags[] = {{"intervals"}, {"random_walk_errors"}, {"additive_errors"}};
};
TEST(Processes, AreOneAtMost) {
  expect_failed<TwoProcesses>("statistics.intervals_cover_95",
                              "claims two processes; a component names at most one");
}

}  // namespace
}  // namespace steppe::conformance
