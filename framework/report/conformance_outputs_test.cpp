// SPDX-License-Identifier: Apache-2.0
#include "report/conformance_outputs.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace steppe {
namespace {

ConformanceReport sample() {
  ConformanceReport report;
  report.file = "/plugins/one.so";
  report.name = "one";
  report.version = "1.0.0";
  report.sdk_version = "0.1.0";
  report.revision = "1.0";
  report.level = 2;
  report.seconds = 1.5;
  CaseRecord passed;
  passed.id = "load.loads";
  passed.level = 1;
  passed.rule = "R1";
  passed.title = "The file loads";
  passed.seconds = 0.25;
  CaseRecord failed = passed;
  failed.id = "memory.trend_stays_before_the_end";
  failed.level = 2;
  failed.component = "trend.one";
  failed.rule = "R12";
  failed.title = "Nothing behind the end";
  failed.outcome = CaseOutcome::kFailed;
  failed.text = "wrote 0 bytes behind the end of \"mean\" <&>\x1b";
  failed.output = "said so";
  failed.replay = "steppe test-plugin one.so --case memory.trend_stays_before_the_end";
  CaseRecord skipped = passed;
  skipped.id = "memory.other";
  skipped.level = 2;
  skipped.component = "trend.one";
  skipped.outcome = CaseOutcome::kSkipped;
  skipped.text = "does not claim seasonal";
  report.cases = {passed, failed, skipped};
  report.claims = {{"trend.one", "intervals", false, 1, ClaimState::kRefuted, {"statistics.x"}},
                   {"trend.one", "minimum_observations", false, 3, ClaimState::kNotProven, {}}};
  report.notes = {"source.csv needs --option path=VALUE"};
  return report;
}

TEST(ConformanceText, ShowsLevelsFailuresClaimsAndTotals) {
  EXPECT_EQ(conformance_text(sample(), false),
            "/plugins/one.so\n"
            "  one 1.0.0, SDK 0.1.0, ABI 1.0, seed 1\n"
            "\n"
            "Level 1  load    1 passed\n"
            "Level 2  memory  1 FAILED, 1 skipped\n"
            "\n"
            "FAILED memory.trend_stays_before_the_end of trend.one, rule R12\n"
            "  Nothing behind the end\n"
            "  seen:   wrote 0 bytes behind the end of \"mean\" <&>\\x1b\n"
            "  output: said so\n"
            "  again:  steppe test-plugin one.so --case memory.trend_stays_before_the_end\n"
            "\n"
            "skipped: does not claim seasonal\n"
            "  memory.other of trend.one\n"
            "\n"
            "Claims of trend.one\n"
            "  intervals               REFUTED     statistics.x\n"
            "  minimum_observations=3  not proven\n"
            "\n"
            "note: source.csv needs --option path=VALUE\n"
            "\n"
            "3 cases: 1 passed, 1 FAILED, 1 skipped, in 1.5 s\n");
}

TEST(ConformanceText, ListsEveryCaseWhenAsked) {
  EXPECT_NE(
      conformance_text(sample(), true)
          .find("  passed   load.loads                         R1   the file   The file loads\n"),
      std::string::npos);
}

TEST(ConformanceText, ExplainsARefusal) {
  ConformanceReport report;
  report.file = "one.so";
  report.refusal = {"B7", "R4", "did not finish while it was loaded within 5000 ms; stopped", "hm"};
  EXPECT_EQ(conformance_text(report, false),
            "one.so\n"
            "refused [B7]: did not finish while it was loaded within 5000 ms; stopped\n"
            "  rule:   R4 (docs/sdk-rules.md)\n"
            "  output: hm\n"
            "No case was run: the host does not load this file.\n");
}

TEST(ConformanceJson, HasEveryField) {
  const auto json = nlohmann::json::parse(conformance_json(sample()));
  EXPECT_EQ(json["schema"], "steppe-conformance-1");
  EXPECT_EQ(json["plugin"]["file"], "/plugins/one.so");
  EXPECT_EQ(json["totals"], (nlohmann::json{{"passed", 1}, {"failed", 1}, {"skipped", 1}}));
  const auto& failed = json["cases"][1];
  EXPECT_EQ(failed["id"], "memory.trend_stays_before_the_end");
  EXPECT_EQ(failed["component"], "trend.one");
  EXPECT_EQ(failed["outcome"], "failed");
  EXPECT_EQ(failed["rule"], "R12");
  EXPECT_EQ(failed["output"], "said so");
  EXPECT_EQ(json["claims"][0]["state"], "refuted");
  EXPECT_EQ(json["claims"][1]["state"], "not_proven");
  EXPECT_EQ(json["claims"][1]["value"], 3);
  EXPECT_FALSE(json.contains("refused"));
  ConformanceReport refused;
  refused.refusal = {"B1", "R1", "truncated", ""};
  EXPECT_EQ(nlohmann::json::parse(conformance_json(refused))["refused"]["rule"], "R1");
}

constexpr const char* kJunit =
    R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="steppe test-plugin /plugins/one.so" tests="3" failures="1" errors="0">
  <testsuite name="load" tests="1" failures="0" errors="0" skipped="0">
   <testcase classname="file" name="load.loads" time="0.25"/>
  </testsuite>
  <testsuite name="memory" tests="2" failures="1" errors="0" skipped="1">
   <testcase classname="trend.one" name="memory.trend_stays_before_the_end" time="0.25">
    <failure type="R12" message="wrote 0 bytes behind the end of &quot;mean&quot; &lt;&amp;&gt;\x1b">rule R12: Nothing behind the end
output: said so
again: steppe test-plugin one.so --case memory.trend_stays_before_the_end</failure>
   </testcase>
   <testcase classname="trend.one" name="memory.other" time="0.25">
    <skipped message="does not claim seasonal"/>
   </testcase>
  </testsuite>
</testsuites>
)xml";

TEST(ConformanceJunit, HasASuitePerLevel) { EXPECT_EQ(conformance_junit(sample()), kJunit); }

TEST(ConformanceJunit, IsWellFormed) {
  if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no xmllint here";
  ConformanceReport refused;
  refused.refusal = {"B1", "R1", "truncated <", "&"};
  const auto file = std::filesystem::temp_directory_path() / "steppe_conformance_junit.xml";
  for (const ConformanceReport& report : {sample(), refused}) {
    std::ofstream(file, std::ios::binary) << conformance_junit(report);
    EXPECT_EQ(std::system(("xmllint --noout " + file.string()).c_str()), 0);
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace steppe
