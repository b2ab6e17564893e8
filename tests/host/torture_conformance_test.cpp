// SPDX-License-Identifier: Apache-2.0

// `steppe test-plugin` finds the broken rule in each plugin of the torture set, and none in the
// sound twins. Of each plugin the cases of its rule are run, of the twins all.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "conformance/runner.hpp"
#include "support/run_steppe.hpp"
#include "support/torture_table.hpp"

namespace steppe::testing {
namespace {

using Json = nlohmann::json;

struct Judgement {
  int exit_code = 0;
  Json report;
};

Judgement judge(const std::string& module, const std::vector<std::string>& cases) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "report.json";
  std::vector<std::string> arguments = {"test-plugin", torture_module(module), "--json", file};
  for (const std::string& id : cases) arguments.insert(arguments.end(), {"--case", id});
  const ProgramRun run = run_steppe(arguments);
  return {run.exit_code, Json::parse(folder.read("report.json"))};
}

bool names(const std::string& rules, const std::string& rule) {
  return (rules + ",").find(rule + ",") != std::string::npos;
}

bool found(const Judgement& judged, const std::string& rule) {
  const Json& cases = judged.report.at("cases");
  return std::any_of(cases.begin(), cases.end(), [&](const Json& one) {
    return one.at("outcome") == "failed" && names(one.at("rule"), rule);
  });
}

bool applies(const conformance::Case& what, const std::string& module) {
  using conformance::Subject;
  const bool source = module.starts_with("source_");
  const bool regression = module.starts_with("regression_") || module == "coefficients_disagree";
  return what.subject == Subject::kPlugin || what.subject == Subject::kComponent ||
         (what.subject == Subject::kDataSource && source) ||
         (what.subject == Subject::kRegression && regression) ||
         (what.subject == Subject::kTrendModel && !source && !regression);
}

std::vector<std::string> cases_of(const TortureRow& row) {
  std::vector<std::string> out;
  for (const conformance::Case& what : conformance::all_cases()) {
    if (names(what.rule, row.rule) && applies(what, row.name)) out.emplace_back(what.id);
  }
  return out;
}

std::vector<TortureRow> judged_rows() {
  std::vector<TortureRow> out;
  for (const TortureRow& row : torture_table()) {
    if (row.host != "clash" && row.host != "accepts") out.push_back(row);
  }
  return out;
}

class Judged : public ::testing::TestWithParam<TortureRow> {};

TEST_P(Judged, ToBreakItsRule) {
  const TortureRow& row = GetParam();
  if (*STEPPE_SANITIZE_TEXT != '\0') {
    if (row.name == "entry_gives_garbage") GTEST_SKIP() << "a sanitizer takes its signal";
    // A case has five times its time in a sanitizer build; several time out.
    for (const char* name : {"ignores_cancel", "hangs_on_constant", "source_endless"})
      if (row.name == name) GTEST_SKIP() << "takes minutes";
  }
  if (row.host == "refuses") {
    const Judgement judged = judge(row.name, {});
    EXPECT_EQ(judged.exit_code, 5);
    EXPECT_EQ(judged.report.at("refused").at("rule"), row.rule);
    return;
  }
  // Memory misused is the sanitizers' own business: they end the process before a case can judge.
  const bool memory = row.rule == "R12" || row.rule == "R14" || row.rule == "R18";
  if (memory && *STEPPE_SANITIZE_TEXT != '\0') GTEST_SKIP() << "a sanitizer finds it first";
  const std::vector<std::string> cases = cases_of(row);
  Judgement judged = judge(row.name, cases);
  // A case of another rule may find it, and then names both: a buffer that is freed twice.
  if (!found(judged, row.rule)) judged = judge(row.name, {});
  EXPECT_EQ(judged.exit_code, 6);
  EXPECT_TRUE(found(judged, row.rule)) << judged.report.dump(1);
}

std::string name_of_row(const ::testing::TestParamInfo<TortureRow>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Plugin, Judged, ::testing::ValuesIn(judged_rows()), name_of_row);

TEST(TortureSet, TheSuiteFindsNothingInItsSoundTwins) {
  for (const TortureRow& row : torture_rows("accepts")) {
    const Judgement judged = judge(row.name, {});
    EXPECT_EQ(judged.exit_code, 0) << row.name;
    EXPECT_EQ(judged.report.at("totals").at("failed"), 0) << row.name;
  }
}

// Two files with one id are each sound alone.
TEST(TortureSet, TheSuiteSeesNoClash) {
  for (const TortureRow& row : torture_rows("clash")) {
    EXPECT_EQ(judge(row.name, {}).exit_code, 0);
  }
}

}  // namespace
}  // namespace steppe::testing
