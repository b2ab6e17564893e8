// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "conformance/claims.hpp"
#include "conformance/runner.hpp"

namespace steppe::conformance {
namespace {

Verdict pass(const CaseContext&) { return Verdict::passed(); }

const std::vector<Case>& cases() {
  static const std::vector<Case> list = {
      {"load.file", Level::kLoad, Subject::kPlugin, "R1", "The file.", nullptr, &pass},
      {"load.any", Level::kLoad, Subject::kComponent, "R8", "Any.", nullptr, &pass},
      {"memory.trend", Level::kMemory, Subject::kTrendModel, "R12", "Trend.", nullptr, &pass},
      {"memory.source", Level::kMemory, Subject::kDataSource, "R11", "Source.", nullptr, &pass}};
  return list;
}

std::vector<ComponentDescription> components() {
  OptionDescription window;
  window.name = "window";
  return {{"trend.one", "1.0.0", "One.", {window}, {}, {}},
          {"regression.two", "1.0.0", "Two.", {}, {}, {}}};
}

std::vector<std::string> planned(const SuiteRequest& request) {
  const auto known = components();
  const auto plan = plan_cases(request, cases(), known);
  if (!plan) return {plan.error()};
  std::vector<std::string> out;
  for (const PlannedCase& one : *plan) {
    out.push_back(std::string(one.what->id) + "@" +
                  (one.component == nullptr ? "file" : one.component->id));
  }
  return out;
}

using Texts = std::vector<std::string>;

TEST(Plan, TriesEachCaseOnTheComponentsOfItsKind) {
  EXPECT_EQ(planned({}), (Texts{"load.file@file", "load.any@trend.one", "load.any@regression.two",
                                "memory.trend@trend.one"}));
}

TEST(Plan, StopsAtTheLevelAndAtTheComponentAskedFor) {
  EXPECT_EQ(planned({.level = 1, .component = "trend.one"}),
            (Texts{"load.file@file", "load.any@trend.one"}));
}

TEST(Plan, TakesNamedCasesOfAnyLevel) {
  EXPECT_EQ(planned({.level = 1, .cases = {"memory.trend"}}), (Texts{"memory.trend@trend.one"}));
}

TEST(Plan, SaysWhatItDoesNotKnow) {
  EXPECT_EQ(planned({.cases = {"memory.tredn"}}),
            (Texts{"no case \"memory.tredn\"; did you mean \"memory.trend\"?"}));
  EXPECT_EQ(planned({.cases = {"something else"}}),
            (Texts{"no case \"something else\"; docs/conformance.md lists them"}));
  EXPECT_EQ(planned({.component = "trend.won"}),
            (Texts{"no component \"trend.won\"; did you mean \"trend.one\"?"}));
  EXPECT_EQ(planned({.component = "x"}),
            (Texts{"no component \"x\"; there is trend.one, regression.two"}));
  EXPECT_EQ(planned({.options = {{"path", "a.csv"}}}),
            (Texts{"no option \"path\"; there is window"}));
  EXPECT_EQ(planned({.cases = {"memory.source"}}),
            (Texts{"none of the cases asked for applies to a component here"}));
}

TEST(Registry, HasEveryCaseOnceUnderItsLevel) {
  std::set<std::string> ids;
  for (const Case& one : all_cases()) {
    const std::string id = one.id;
    EXPECT_TRUE(ids.insert(id).second) << id;
    EXPECT_TRUE(
        id.starts_with(conformance_level_name(static_cast<int>(one.level)) + std::string(".")))
        << id;
    EXPECT_EQ(one.rule[0], 'R') << id;
    EXPECT_NE(one.run, nullptr) << id;
  }
  EXPECT_GE(ids.size(), 60U);
  EXPECT_TRUE(std::ranges::is_sorted(all_cases(), {}, &Case::level));
}

TEST(Registry, IsListedInThePage) {
  std::ifstream file(STEPPE_SOURCE_DIR "/docs/conformance.md");
  std::ostringstream page;
  page << file.rdbuf();
  for (const Case& one : all_cases()) {
    const std::string row = "| `" + std::string(one.id) + "` |";
    const auto at = page.str().find(row);
    ASSERT_NE(at, std::string::npos) << one.id;
    const std::string line = page.str().substr(at, page.str().find('\n', at) - at);
    EXPECT_NE(line.find(std::string("| ") + one.rule + " |"), std::string::npos) << line;
  }
}

CaseRecord record(const char* proves, CaseOutcome outcome, const char* id) {
  CaseRecord out;
  out.component = "trend.one";
  out.id = id;
  out.proves = proves;
  out.outcome = outcome;
  return out;
}

TEST(Claims, AreRefutedByOneFailureAndProvenByAnyPass) {
  ComponentDescription one = components()[0];
  one.tags = {{"intervals"}, {"additive_errors"}, {"seasonal"}};
  one.capabilities = {STEPPE_TREND_MODEL};
  const std::vector<CaseRecord> records = {
      record("intervals additive_errors", CaseOutcome::kPassed, "a"),
      record("intervals", CaseOutcome::kFailed, "b"),
      record("intervals", CaseOutcome::kPassed, "c"),
      record("seasonal", CaseOutcome::kSkipped, "d")};
  const auto claims = claims_of({one}, "", records);
  ASSERT_EQ(claims.size(), 4U);
  EXPECT_TRUE(claims[0].capability);
  EXPECT_EQ(claims[0].state, ClaimState::kNotProven);
  EXPECT_EQ(claims[1].state, ClaimState::kRefuted);
  EXPECT_EQ(claims[1].cases, Texts{"b"});
  EXPECT_EQ(claims[2].state, ClaimState::kProven);
  EXPECT_EQ(claims[2].cases, Texts{"a"});
  EXPECT_EQ(claims[3].state, ClaimState::kNotProven);
  EXPECT_TRUE(claims_of({one}, "regression.two", records).empty());
}

}  // namespace
}  // namespace steppe::conformance
