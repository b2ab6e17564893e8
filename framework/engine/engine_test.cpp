// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <vector>

#include "engine/parallel.hpp"
#include "engine/regression_runner.hpp"
#include "engine/settings.hpp"
#include "engine/tally.hpp"

namespace steppe {
namespace {

TEST(Settings, OrdersProbabilitiesFromTheWidestLowerToTheWidestUpperEnd) {
  EngineSettings settings;
  settings.coverage = {0.5, 0.9};
  settings.probabilities = interval_probabilities(settings.coverage);
  const std::vector<double> wanted = {0.05, 0.25, 0.75, 0.95};
  ASSERT_EQ(settings.probabilities.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(settings.probabilities[i], wanted[i], 1e-15);
  EXPECT_EQ(settings.lower_row(1), 0u);
  EXPECT_EQ(settings.upper_row(1), 3u);
  EXPECT_EQ(settings.lower_row(0), 1u);
}

// N14: hourly data until the year 9999.
TEST(Settings, RefusesAHorizonTooLongToBeMeant) {
  const Calendar hourly{Frequency::kHourly, CivilTime::Precision::kHour, 1, 1, 0};
  HorizonSpec horizon;
  horizon.until = CivilTime{CivilTime::Precision::kHour, 2030, 1, 1, 0};
  const auto last = ordinal_of({CivilTime::Precision::kHour, 2010, 1, 1, 0}, hourly);
  ASSERT_TRUE(last.ok());
  const auto steps = steps_ahead(horizon, *last, hourly);
  ASSERT_FALSE(steps.ok());
  EXPECT_EQ(steps.error().message,
            "the horizon is 175320 steps after 2010-01-01T00:00; at most 100000 are allowed");
  EXPECT_EQ(steps.error().kind, ErrorKind::kResourceLimit);
}

TEST(Parallel, CallsEveryIndexOnceForAnyNumberOfThreads) {
  for (int threads : {0, 1, 2, 16}) {
    std::vector<std::atomic<int>> calls(1000);
    for_each_index(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
    for (const auto& count : calls) EXPECT_EQ(count, 1);
  }
  for_each_index(0, 2, [](std::size_t) { FAIL(); });
}

TEST(History, KnowsNothingOutsideItsDates) {
  const std::vector<double> values = {1, 2};
  const History history{2010, values};
  EXPECT_EQ(history.at(2011), 2);
  EXPECT_TRUE(std::isnan(history.at(2009)));
  EXPECT_TRUE(std::isnan(history.at(2012)));
}

// A result with so many series that are fine, degraded and failed.
RunResult result_of(int ok, int degraded, int failed, ErrorKind kind = ErrorKind::kDomainError) {
  RunResult result;
  result.steps.emplace_back();
  const auto add = [&](int count, SeriesStatus status) {
    for (int i = 0; i < count; ++i) {
      SeriesResult& series = result.steps[0].results.emplace_back();
      series.status = status;
      series.error.kind = kind;
    }
  };
  add(ok, SeriesStatus::kOk);
  add(degraded, SeriesStatus::kDegraded);
  add(failed, SeriesStatus::kFailed);
  return result;
}

ExitCode exit_of(RunResult result, std::optional<double> max_failed = std::nullopt) {
  PipelineSpec spec;
  spec.max_failed = max_failed;
  tally(share_allowed(spec, result), result);
  return result.exit;
}

TEST(Tally, EndsCompleteWhenEverySeriesIsFine) {
  EXPECT_EQ(exit_of(result_of(3, 0, 0)), ExitCode::kComplete);
}

TEST(Tally, AllowsOnePerCentOfAPanelToFail) {
  EXPECT_EQ(exit_of(result_of(99, 0, 1)), ExitCode::kCompleteDegraded);
  EXPECT_EQ(exit_of(result_of(98, 0, 2)), ExitCode::kTooManyFailed);
}

TEST(Tally, AllowsNoFailureOfASingleSeries) {
  EXPECT_EQ(exit_of(result_of(0, 0, 1)), ExitCode::kTooManyFailed);
  EXPECT_EQ(exit_of(result_of(0, 0, 1), 1.0), ExitCode::kCompleteDegraded);
}

TEST(Tally, TellsDegradedSeriesApart) {
  EXPECT_EQ(exit_of(result_of(5, 1, 0)), ExitCode::kCompleteDegraded);
}

TEST(Tally, NamesAPluginsFaultAsSuch) {
  EXPECT_EQ(exit_of(result_of(0, 0, 1, ErrorKind::kPluginFault)), ExitCode::kPluginFailed);
}

}  // namespace
}  // namespace steppe
