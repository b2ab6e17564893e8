// SPDX-License-Identifier: Apache-2.0

// The runner with cases that end in every way a case can end: each is one record, and the suite
// survives them all.
#include "conformance/runner.hpp"

#include <gtest/gtest.h>

#include "runner_cases.hpp"

namespace steppe::conformance {
namespace {

SuiteRequest request(const std::string& id) {
  SuiteRequest out;
  out.program = STEPPE_RUNNER_HELPER_PROGRAM;
  out.file = std::string(STEPPE_PLUGIN_DIR) + "/steppe_trend_linear.so";
  out.seed = 7;
  out.cases = {id};
  out.time_limit_ms = 3000;
  return out;
}

CaseRecord run(const SuiteRequest& wanted) {
  const auto report = run_suite(wanted, runner_cases());
  if (!report || report->cases.size() != 1) {
    ADD_FAILURE() << (report ? "not one case" : report.error());
    return {};
  }
  return report->cases[0];
}

TEST(Runner, TellsWhatPassed) {
  const auto report = run_suite(request("memory.passes"), runner_cases());
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->cases[0].outcome, CaseOutcome::kPassed);
  EXPECT_EQ(report->cases[0].component, "trend.linear");
  EXPECT_EQ(report->name, "trend.linear");
  ASSERT_EQ(report->claims.size(), 1U);
  EXPECT_EQ(report->claims[0].name, "intervals");
  EXPECT_EQ(report->claims[0].state, ClaimState::kProven);
}

TEST(Runner, HandsSeedAndOptionsToTheChild) {
  SuiteRequest wanted = request("memory.tells");
  wanted.options = {{"intercept", "it's 3"}};
  const CaseRecord record = run(wanted);
  EXPECT_EQ(record.outcome, CaseOutcome::kFailed);
  EXPECT_EQ(record.text, "seed 7, intercept=it's 3, trend.linear");
  EXPECT_EQ(record.replay, "steppe test-plugin " + wanted.file +
                               " --case memory.tells --component trend.linear --option "
                               "'intercept=it'\\''s 3' --seed 7");
}

TEST(Runner, NamesTheSignalAndTheLastWords) {
  const CaseRecord record = run(request("memory.crashes"));
  EXPECT_EQ(record.text, "crashed with SIGSEGV");
  EXPECT_EQ(record.rule, "R12, R16");
  EXPECT_EQ(record.output, "about to crash");
}

TEST(Runner, StopsWhatHangs) {
  SuiteRequest wanted = request("memory.hangs");
  wanted.time_limit_ms = 200;
  EXPECT_EQ(run(wanted).text, "did not finish within 200 ms; stopped");
}

TEST(Runner, CatchesPrintingLeavingThrowingAndOverruns) {
  EXPECT_EQ(run(request("memory.prints")).text, "printed on standard output or standard error");
  EXPECT_EQ(run(request("memory.leaves")).text, "ended the process: exit(0) was called");
  EXPECT_EQ(run(request("memory.throws")).text, "an exception crossed the border: out of a plugin");
  EXPECT_EQ(run(request("memory.overruns")).text, "wrote 0 bytes behind the end of \"mean\"");
}

TEST(Runner, GoesOnAfterAnything) {
  SuiteRequest wanted = request("");
  wanted.cases.clear();
  wanted.time_limit_ms = 1000;
  wanted.jobs = 4;
  const auto report = run_suite(wanted, runner_cases());
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->cases.size(), runner_cases().size());
  EXPECT_EQ(report->count(CaseOutcome::kPassed), 1U);
}

TEST(Runner, ReportsARefusedFileWithItsRule) {
  SuiteRequest wanted = request("memory.passes");
  wanted.file = STEPPE_SOURCE_DIR "/README.md";
  const auto report = run_suite(wanted, runner_cases());
  ASSERT_TRUE(report) << report.error();
  ASSERT_TRUE(report->refusal);
  EXPECT_EQ(report->refusal->rule, "R1");
  EXPECT_TRUE(report->cases.empty());
}

TEST(Runner, SkipsAComponentWhoseRequiredOptionIsNotGiven) {
  SuiteRequest wanted = request("memory.passes");
  wanted.file = std::string(STEPPE_PLUGIN_DIR) + "/steppe_source_csv.so";
  const auto report = run_suite(wanted, runner_cases());
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->cases[0].outcome, CaseOutcome::kSkipped);
  EXPECT_EQ(report->cases[0].text, "source.csv needs --option path=VALUE");
  EXPECT_EQ(report->notes[0],
            "source.csv needs --option path=VALUE: without it only its tables were tried");
}

TEST(Runner, SaysThatAFileIsNotThere) {
  SuiteRequest wanted = request("memory.passes");
  wanted.file = "no_such_plugin.so";
  const auto report = run_suite(wanted, runner_cases());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error(), "cannot open no_such_plugin.so: No such file or directory");
}

}  // namespace
}  // namespace steppe::conformance
