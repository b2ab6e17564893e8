// SPDX-License-Identifier: Apache-2.0

// Every exit code of docs/pipeline.md, reached on purpose.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::run_steppe;

TEST(ExitCode, IsZeroWhenComplete) {
  const ProgramRun run = ProgramCase().run();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
}

TEST(ExitCode, IsTwoForAWrongCommandLine) {
  const ProgramRun run = run_steppe({"rnu", "x.json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "steppe: unknown command \"rnu\"; did you mean \"run\"?\n"
            "Run \"steppe --help\" for the commands and their options.\n");
  EXPECT_EQ(run_steppe({"run"}).exit_code, 2);
  EXPECT_EQ(run_steppe({"run", "x.json", "--threads", "-1"}).exit_code, 2);
  EXPECT_EQ(run_steppe({"plugins", "lst"}).err,
            "steppe: unknown command \"lst\"; did you mean \"list\"?\n"
            "Run \"steppe --help\" for the commands and their options.\n");
}

TEST(ExitCode, IsZeroForHelpAndVersion) {
  EXPECT_EQ(run_steppe({"--help"}).exit_code, 0);
  const ProgramRun version = run_steppe({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_NE(version.out.find("plugin ABI 1.0 to 1.0"), std::string::npos) << version.out;
}

TEST(ExitCode, IsThreeForARefusedPipeline) {
  ProgramCase c;
  c.change({{"horizon", 0}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

TEST(ExitCode, IsFourForRefusedData) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,abc\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

TEST(ExitCode, IsFiveForARefusedPlugin) {
  ProgramCase c;
  c.folder().write("plugins/steppe_trend_broken.so", "this is not a library");
  const ProgramRun run =
      run_steppe({"plugins", "doctor", "--plugin-dir", (c.folder().path() / "plugins").string()});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_NE(run.out.find("refused [B1, rule R1]"), std::string::npos) << run.out;
}

// The only series meets a plugin that predicts NaN for a series it says it has fitted (N19).
TEST(ExitCode, IsSixWhenAPluginBreaksItsContract) {
  ProgramCase c;
  std::filesystem::create_directory(c.folder().path() / "plugins");
  std::filesystem::copy_file(std::string(STEPPE_BINARY_DIR) + "/tests/host/modules/unruly_trend.so",
                             c.folder().path() / "plugins" / "unruly_trend.so");
  c.change({{"steps", {{"y", {{"trend", "unruly"}, {"fault", "nan_mean"}}}}}});
  const ProgramRun run = c.run({"--plugin-dir", (c.folder().path() / "plugins").string()});
  EXPECT_EQ(run.exit_code, 6) << run.err;
  EXPECT_NE(run.err.find("trend.unruly@2.1.0"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("status=plugin_fault"), std::string::npos) << run.err;
}

TEST(ExitCode, IsSevenWhenAnOutputCannotBeWritten) {
  ProgramCase c;
  c.change({{"outputs", {{{"forecast", "no-such-folder/forecast.csv"}}}}});
  EXPECT_EQ(c.run().exit_code, 7);
}

// No shipped source uses a network; any other may (W6).
TEST(ExitCode, IsEightWhenASourceLosesItsNetwork) {
  ProgramCase c;
  std::filesystem::create_directory(c.folder().path() / "plugins");
  std::filesystem::copy_file(
      std::string(STEPPE_BINARY_DIR) + "/tests/host/modules/unruly_source.so",
      c.folder().path() / "plugins" / "unruly_source.so");
  c.folder().write("forecast.csv", "old\n");
  c.change(
      {{"steps", {{"data", {{"source", "unruly"}, {"path", nullptr}, {"fault", "network"}}}}}});
  const ProgramRun run = c.run({"--plugin-dir", (c.folder().path() / "plugins").string()});
  EXPECT_EQ(run.exit_code, 8);
  EXPECT_EQ(run.err.substr(0, run.err.find('\n')),
            "error[W6] step=data plugin=source.unruly@1.0.0: connection cut");
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(c.folder().read("forecast.csv"), "old\n");
}

TEST(ExitCode, IsNineWhenTheOnlySeriesFails) {
  ProgramCase c;
  c.csv("year,y\n2010,1\n2011,0\n2012,4\n2013,5\n")
      .change({{"steps", {{"y", {{"trend", "power"}}}}}});
  EXPECT_EQ(c.run().exit_code, 9);
}

std::string panel_of_two() {
  return "region,year,y\nA,2010,1\nA,2011,3\nA,2012,4\nA,2013,9\nB,2010,1\nB,2011,0\nB,2012,4\nB,"
         "2013,5\n";
}

TEST(ExitCode, IsTenWhenFailuresAreAllowed) {
  ProgramCase c;
  c.csv(panel_of_two())
      .change({{"max_failed", 0.5},
               {"steps", {{"data", {{"key", {"region"}}}}, {"y", {{"trend", "power"}}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 10) << run.err;
  EXPECT_TRUE(c.folder().has("forecast.csv"));
}

TEST(ExitCode, IsNineWhenMoreSeriesFailThanAllowed) {
  ProgramCase c;
  c.csv(panel_of_two())
      .change({{"steps", {{"data", {{"key", {"region"}}}}, {"y", {{"trend", "power"}}}}}});
  EXPECT_EQ(c.run().exit_code, 9);
}

TEST(ExitCode, IsElevenAtAResourceLimit) {
  ProgramCase c;
  c.change({{"horizon", 1000000000}});
  EXPECT_EQ(c.run().exit_code, 11);
}

TEST(ExitCode, IsTwelveWhenAPipelineNamesALibrary) {
  ProgramCase c;
  c.change({{"steps", {{"y", {{"trend", "./evil.so"}}}}}});
  EXPECT_EQ(c.run().exit_code, 12);
}

// Twenty thousand series of forty years, five candidates each: enough to be caught in the middle.
class Interrupted : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string csv = "id,year,y\n";
    for (int id = 0; id < 40000; ++id) {
      for (int year = 1980; year < 2010; ++year) {
        csv += std::to_string(id) + "," + std::to_string(year) + "," +
               std::to_string(100 + (id * 7 + year * 13) % 50 + year - 1980) + "\n";
      }
    }
    case_.csv(csv).change(
        {{"details", "all"},
         {"steps",
          {{"data", {{"key", "id"}}},
           {"y",
            {{"trend", "best"},
             {"candidates", {"linear", "logarithmic", "exponential", "polynomial", "power"}}}}}}});
    case_.folder().write("forecast.csv", "old\n");
  }

  ProgramCase case_;
};

TEST_F(Interrupted, EndsWith130WithinTwoSecondsAndWritesNothing) {
  testing::ProgramSettings settings;
  settings.interrupt_after_ms = 700;
  const ProgramRun run = case_.run({"--quiet", "--threads", "1"}, settings);
  EXPECT_EQ(run.exit_code, 130) << run.err;
  EXPECT_TRUE(run.err.starts_with("error[S1] interrupted")) << run.err;
  EXPECT_NE(run.err.find("nothing was written\n"), std::string::npos) << run.err;
  EXPECT_EQ(case_.folder().read("forecast.csv"), "old\n");
}

TEST_F(Interrupted, EndsWith143OnSigterm) {
  testing::ProgramSettings settings;
  settings.interrupt_after_ms = 700;
  settings.signal = SIGTERM;
  const ProgramRun run = case_.run({"--quiet", "--threads", "1"}, settings);
  EXPECT_EQ(run.exit_code, 143) << run.err;
  EXPECT_EQ(case_.folder().read("forecast.csv"), "old\n");
}

}  // namespace
}  // namespace steppe
