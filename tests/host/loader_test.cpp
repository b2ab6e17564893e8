// SPDX-License-Identifier: Apache-2.0

// Loading into this process: B9, B10, B14, P9, P10, P11, the services, and a plugin in plain C.
#include "plugin_host/library.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <limits>
#include <thread>

#include "plugin_host/trend_model.hpp"
#include "support/opened.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<double> kTime = {1, 2, 3};
const std::vector<double> kValues = {1, 2, 6};

BlockView one_series() {
  BlockView block;
  block.time = kTime;
  block.values = kValues.data();
  block.series_count = 1;
  block.stride = 1;
  return block;
}

double first_forecast(Opened& opened, const std::string& id, const Options& options) {
  auto component = opened.create(id, options);
  if (!component) throw std::runtime_error(to_text(component.error()));
  auto model = TrendModel::open(*component, opened.loader.host());
  auto fit = model->fit(one_series());
  const std::vector<double> future = {4};
  return fit->predict(future, {})->mean.at(0);
}

const Options kWindow = {{"window", std::int64_t{0}}};

TEST(PluginLoader, RunsAPluginWrittenInC) {
  Opened opened("c_mean");
  auto component = opened.create("trend.c_mean", kWindow);
  ASSERT_TRUE(component.ok()) << to_text(component.error());
  EXPECT_EQ((*component)->label(), "trend.c_mean@1.0.0");
  auto model = TrendModel::open(*component, opened.loader.host());
  ASSERT_TRUE(model.ok());
  EXPECT_TRUE(model->has_tag("deterministic"));
  EXPECT_FALSE(model->has_tag("seasonal"));
  auto fit = model->fit(one_series());
  ASSERT_TRUE(fit.ok());
  EXPECT_THAT(*fit->fitted_values(), ElementsAre(3, 3, 3));
  const std::vector<double> future = {4, 5};
  const std::vector<double> probabilities = {0.25, 0.5};
  const auto forecast = fit->predict(future, probabilities);
  ASSERT_TRUE(forecast.ok());
  EXPECT_THAT(forecast->mean, ElementsAre(3, 3));
  // The standard deviation of 1, 2, 6 is sqrt(7); that of a new value sqrt(7 * 4 / 3).
  EXPECT_NEAR(forecast->standard_error[1], 3.0550504633038935, 1e-15);
  EXPECT_THAT(forecast->quantiles, SizeIs(4));
  EXPECT_EQ(forecast->quantiles[2], 3);
  const auto report = fit->report(0);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(*report->scalar("mean"), 3);
  EXPECT_EQ(*report->text("equation"), "y = mean");
  EXPECT_THAT(opened.loader.notices(), IsEmpty());
}

TEST(PluginLoader, GivesAFailedSeriesItsReason) {
  Opened opened("c_mean");
  auto model =
      TrendModel::open(opened.create("trend.c_mean", kWindow).value(), opened.loader.host());
  BlockView block = one_series();
  block.time = block.time.first(1);
  auto fit = model->fit(block);
  ASSERT_TRUE(fit.ok());
  EXPECT_FALSE(fit->fitted(0));
  EXPECT_EQ(fit->explain(0).kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fit->explain(0).message, "2 observations are needed");
  const std::vector<double> future = {4};
  EXPECT_TRUE(std::isnan(fit->predict(future, {})->mean.at(0)));
}

TEST(PluginLoader, GivesEachPluginItsOwnSymbolsB9) {
  Opened one("clash_one");
  Opened two("clash_two");
  EXPECT_EQ(first_forecast(one, "trend.clash_one", kWindow), 1);
  EXPECT_EQ(first_forecast(two, "trend.clash_two", kWindow), 2);
}

TEST(PluginLoader, RestoresTheFloatingPointStateAfterLoadingB10) {
  Opened opened("fast_math");
  EXPECT_EQ(first_forecast(opened, "trend.fast_math", kWindow), 3);
  volatile double tiny = std::numeric_limits<double>::min();
  EXPECT_GT(tiny / 2, 0) << "subnormal numbers became zero";
  EXPECT_THAT(opened.loader.notices(),
              ElementsAre("trend.fast_math@1.0.0 changed flush-to-zero when it was loaded; "
                          "restored (rule R3)",
                          "trend.fast_math@1.0.0 changed denormals-are-zero when it was "
                          "loaded; restored (rule R3)"));
}

TEST(PluginLoader, KeepsWhatIsPrintedWhileLoadingOffStandardOutputP10) {
  Opened opened("constructor_prints");
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  first_forecast(opened, "trend.constructor_prints", kWindow);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("fault B99"));
}

TEST(PluginLoader, RestoresWhatAConstructorChangedP9) {
  char before[4096];
  ASSERT_NE(getcwd(before, sizeof(before)), nullptr);
  Opened opened("constructor_changes");
  first_forecast(opened, "trend.constructor_changes", kWindow);
  char after[4096];
  ASSERT_NE(getcwd(after, sizeof(after)), nullptr);
  EXPECT_STREQ(before, after);
  const mode_t mask = umask(022);
  umask(mask);
  EXPECT_NE(mask, 0777u);
  EXPECT_GE(fcntl(0, F_GETFD), 0);
  EXPECT_THAT(opened.loader.notices(), SizeIs(5));
}

TEST(PluginLoader, RefusesAFileThatChangedAfterItWasJudgedB14) {
  Opened opened("c_mean");
  opened.directory.add("fast_math");
  auto component = opened.create("trend.c_mean", kWindow);
  ASSERT_FALSE(component.ok());
  EXPECT_EQ(to_text(component.error()),
            "error[B14] " + opened.path +
                " plugin=trend.c_mean: the file changed after it was judged; run the command "
                "again");
  EXPECT_EQ(component.error().exit, ExitCode::kPluginRefused);
}

TEST(PluginLoader, TakesACopyOfTheBytesThatWereJudgedB14) {
  Opened opened("c_mean");
  opened.directory.add("c_mean");
  EXPECT_TRUE(opened.create("trend.c_mean", kWindow).ok());
}

TEST(PluginLoader, RefusesAFileMadeWritableAfterItWasJudgedB15) {
  Opened opened("c_mean");
  chmod(opened.path.c_str(), 0666);
  auto component = opened.create("trend.c_mean", kWindow);
  ASSERT_FALSE(component.ok());
  EXPECT_EQ(component.error().message, "is writable by others (mode 0666); run chmod go-w on it");
}

TEST(PluginLoader, LoadsAReplacedFileBesideTheOldOne) {
  Opened old("clash_one");
  EXPECT_EQ(first_forecast(old, "trend.clash_one", kWindow), 1);
  Opened replaced("clash_two");
  EXPECT_EQ(first_forecast(replaced, "trend.clash_two", kWindow), 2);
  EXPECT_EQ(first_forecast(old, "trend.clash_one", kWindow), 1);
}

TEST(PluginLoader, RefusesOptionsThatDoNotFitTheTable) {
  Opened opened("c_mean");
  EXPECT_EQ(opened.create("trend.c_mean").error().message, "the option \"window\" is missing");
  EXPECT_EQ(opened.create("trend.c_mean", {{"window", 1.5}}).error().message,
            "the option \"window\" is of another type");
  EXPECT_EQ(opened.create("trend.c_mean", {{"width", std::int64_t{1}}}).error().message,
            "no option is named \"width\"");
}

TEST(PluginLoader, PassesAPluginsRefusalOfItsOptionsOn) {
  Opened opened("unruly_trend");
  auto component = opened.create("trend.unruly", {{"fault", std::string("refuse_options")}});
  ASSERT_FALSE(component.ok());
  EXPECT_EQ(to_text(component.error()),
            "error: plugin=trend.unruly@2.1.0: option fault: not today");
  EXPECT_EQ(component.error().kind, ErrorKind::kInvalidConfig);
  EXPECT_EQ(component.error().exit, ExitCode::kPipelineRefused);
}

TEST(HostServices, LogsWithThePluginsNameAndNothingThatHarmsATerminal) {
  Opened opened("unruly_trend");
  auto model = TrendModel::open(opened.component("trend.logger"), opened.loader.host());
  BlockView block = one_series();
  block.time = block.time.first(1);
  ASSERT_TRUE(model->fit(block).ok());
  EXPECT_THAT(opened.services.lines, ElementsAre("2 trend.logger@1.0.0: line\\x0abreak row=1\\x1b",
                                                 "trend.logger@1.0.0: 1 of 2"));
}

TEST(HostServices, LimitsTheLogAndCountsWhatItDropsP11) {
  Opened opened("unruly_trend");
  auto model = TrendModel::open(opened.component("trend.logger"), opened.loader.host());
  const std::vector<double> time(20000, 1);
  BlockView block;
  block.time = time;
  block.values = time.data();
  block.series_count = 1;
  block.stride = 1;
  ASSERT_TRUE(model->fit(block).ok());
  // Between 1000 (all in one second) and 10000 (spread over ten); the rest is counted.
  const std::size_t lines = opened.services.lines.size() - 1;
  EXPECT_GE(lines, 1000u);
  EXPECT_LE(lines, 10000u);
  EXPECT_THAT(opened.loader.notices(),
              ElementsAre(std::to_string(20000 - lines) +
                          " log lines of plugins were dropped: more than 1000 a second or 10000 "
                          "in all"));
}

TEST(HostServices, LendTheSameRandomNumbersForTheSameSeed) {
  Opened opened("unruly_trend");
  auto model = TrendModel::open(opened.component("trend.logger"), opened.loader.host());
  const std::vector<std::uint64_t> seeds = {0};
  BlockView block = one_series();
  block.seeds = seeds;
  auto fit = model->fit(block);
  const std::vector<double> future = {4};
  // Philox at counter 0, key 0 begins 6627e8d5 e169c58d (published): 52 bits of e169c58d6627e8d5
  // give the uniform 0.8805201978886142; its normal quantile is from mpmath.
  EXPECT_NEAR(fit->predict(future, {})->mean.at(0), 1.177591239054273, 1e-15);
}

}  // namespace
}  // namespace steppe::testing
