// SPDX-License-Identifier: Apache-2.0
#include "conformance/child_verdict.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace steppe::conformance {
namespace {

constexpr const char* kBegan = "phase load\nphase case\n";

CaseRecord judged(const ChildResult& child) {
  CaseRecord record;
  record.rule = "R12";
  judge_child(child, 10'000, record);
  return record;
}

ChildResult ended(const std::string& channel) {
  ChildResult child;
  child.started = true;
  child.exit_code = 0;
  child.channel = channel;
  return child;
}

TEST(ChildVerdict, CarriesOutcomeTextAndRule) {
  const Verdict verdict{Outcome::kFailed, "two\nlines", "R16"};
  const CaseRecord record = judged(ended(kBegan + verdict_lines(verdict)));
  EXPECT_EQ(record.outcome, CaseOutcome::kFailed);
  EXPECT_EQ(record.text, "two\\x0alines");
  EXPECT_EQ(record.rule, "R12, R16");
}

TEST(ChildVerdict, KeepsPassedAndSkipped) {
  EXPECT_EQ(judged(ended(kBegan + verdict_lines(Verdict::passed()))).outcome, CaseOutcome::kPassed);
  const CaseRecord record = judged(ended(kBegan + verdict_lines(Verdict::skipped("no tag"))));
  EXPECT_EQ(record.outcome, CaseOutcome::kSkipped);
  EXPECT_EQ(record.text, "no tag");
  EXPECT_EQ(record.rule, "R12");
}

TEST(ChildVerdict, TakesOutputForAFailure) {
  ChildResult child = ended(kBegan + verdict_lines(Verdict::passed()));
  child.output = "hello\nworld\n";
  const CaseRecord record = judged(child);
  EXPECT_EQ(record.outcome, CaseOutcome::kFailed);
  EXPECT_EQ(record.rule, "R12, R21");
  EXPECT_EQ(record.text, "printed on standard output or standard error");
  EXPECT_EQ(record.output, "hello | world");
}

TEST(ChildVerdict, NamesTheSignal) {
  ChildResult child = ended(kBegan);
  child.exit_code = -1;
  child.signal = SIGSEGV;
  const CaseRecord record = judged(child);
  EXPECT_EQ(record.text, "crashed with SIGSEGV");
  EXPECT_EQ(record.rule, "R12, R16");
}

TEST(ChildVerdict, HearsWhatMallocSays) {
  ChildResult child = ended(kBegan);
  child.exit_code = -1;
  child.signal = SIGABRT;
  child.output = "free(): double free detected in tcache 2\n";
  EXPECT_EQ(judged(child).rule, "R12, R14");
}

TEST(ChildVerdict, NamesTheTimeLimit) {
  ChildResult child = ended(kBegan);
  child.timed_out = true;
  child.signal = SIGKILL;
  const CaseRecord record = judged(child);
  EXPECT_EQ(record.text, "did not finish within 10000 ms; stopped");
  EXPECT_EQ(record.rule, "R12, R34");
}

TEST(ChildVerdict, NamesWhoEndsTheProcess) {
  ChildResult child = ended(kBegan);
  child.exit_code = 3;
  EXPECT_EQ(judged(child).text, "ended the process: exit(3) was called");
  EXPECT_EQ(judged(child).rule, "R12, R21");
  child.exit_code = kSanitizerExit;
  EXPECT_EQ(judged(child).text, "was stopped by a sanitizer");
}

TEST(ChildVerdict, SaysThatItHappenedWhileLoading) {
  ChildResult child = ended("phase load\n");
  child.signal = SIGABRT;
  EXPECT_EQ(judged(child).text, "crashed with SIGABRT while the plugin was loaded");
}

TEST(ChildVerdict, DoesNotBlameThePluginForAChildThatDidNotRun) {
  ChildResult child;
  child.problem = "No such file or directory";
  EXPECT_EQ(judged(child).text, "the case could not be run: No such file or directory");
  EXPECT_EQ(judged(child).rule, "R12");
  EXPECT_EQ(judged(ended("")).text, "the case could not be run: its process did not begin");
}

}  // namespace
}  // namespace steppe::conformance
