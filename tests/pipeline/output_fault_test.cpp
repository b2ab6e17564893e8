// SPDX-License-Identifier: Apache-2.0

// Group D of the fault catalogue, through the whole program.

#include <gtest/gtest.h>

#include <cstdlib>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;

TEST(OutputFault, D8RefusesAMissingFolderBeforeComputing) {
  ProgramCase c;
  c.csv("not even a table").change({{"outputs", {{{"forecast", "nowhere/forecast.csv"}}}}});
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 7);
  EXPECT_NE(run.err.find("error[D8] nowhere/forecast.csv: "), std::string::npos) << run.err;
}

TEST(OutputFault, D9RefusesAFolderAsTarget) {
  ProgramCase c;
  c.folder().write("forecast.csv/inside", "x");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 7);
  EXPECT_NE(run.err.find("error[D9] forecast.csv: "), std::string::npos) << run.err;
}

// The old file stays when the data are refused.
TEST(OutputFault, LeavesTheOldFileWhenARunIsRefused) {
  ProgramCase c;
  c.csv("year,y\n2010,oops\n");
  c.folder().write("forecast.csv", "old\n");
  EXPECT_EQ(c.run().exit_code, 4);
  EXPECT_EQ(c.folder().read("forecast.csv"), "old\n");
}

// C27: the locale of the environment never reaches a number.
TEST(OutputFault, C27WritesTheSameBytesUnderAnyLocale) {
  ProgramCase c;
  c.run();
  const std::string before = c.folder().read("forecast.csv");
  testing::ProgramSettings settings;
  settings.environment = {"LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8",
                          "LOCPATH=" STEPPE_BINARY_DIR "/locale"};
  c.run({}, settings);
  EXPECT_EQ(c.folder().read("forecast.csv"), before);
}

// D10 through a shell, since the descriptor must be closed or full from the start.
int shell(const ProgramCase& c, const std::string& redirection) {
  const std::string command = "cd '" + const_cast<ProgramCase&>(c).folder().path().string() +
                              "' && XDG_CACHE_HOME='" + STEPPE_BINARY_DIR + "/test-cache' '" +
                              STEPPE_BINARY_DIR + "/bin/steppe' run run.json " + redirection;
  const int status = std::system(command.c_str());
  return WEXITSTATUS(status);
}

TEST(OutputFault, D10EndsWithSevenWhenStandardOutputIsFull) {
  ProgramCase c;
  c.run({"--quiet"});
  EXPECT_EQ(shell(c, ">/dev/full 2>/dev/null"), 7);
}

TEST(OutputFault, D10EndsWithSevenWhenStandardOutputIsClosed) {
  ProgramCase c;
  c.run({"--quiet"});
  EXPECT_EQ(shell(c, ">&- 2>/dev/null"), 7);
}

// D11: the reader of a pipe that goes away is no error of ours.
TEST(OutputFault, D11EndsQuietlyWhenTheReaderIsGone) {
  ProgramCase c;
  c.run({"--quiet"});
  const std::string folder = c.folder().path().string();
  const std::string command = "bash -c 'cd \"" + folder + "\" && export XDG_CACHE_HOME=\"" +
                              STEPPE_BINARY_DIR + "/test-cache\"; (sleep 0.3; \"" +
                              STEPPE_BINARY_DIR +
                              "/bin/steppe\" run run.json 2>err.txt; echo $? >code.txt) | true'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(c.folder().read("code.txt"), "141\n");
  EXPECT_EQ(c.folder().read("err.txt"), "");
}

}  // namespace
}  // namespace steppe
