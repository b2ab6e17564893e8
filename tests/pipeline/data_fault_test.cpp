// SPDX-License-Identifier: Apache-2.0

// Group C of the fault catalogue, through the whole program: exit code 4, the message, no output.

#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;

// Runs the case and expects a refusal whose first line is `message`.
void expect_refused(ProgramCase& c, const std::string& message, int exit_code = 4) {
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, exit_code);
  EXPECT_EQ(run.err.substr(0, run.err.find('\n')), message);
  EXPECT_EQ(run.out, "");
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

TEST(DataFault, C15RefusesAHeaderWithoutRows) {
  ProgramCase c;
  c.csv("year,y\n");
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_NE(run.err.find("no observations"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace steppe
