// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/process_state.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cfenv>
#include <clocale>
#include <cstdlib>

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CallState, FindsNothingAfterOrdinaryArithmetic) {
  const CallState before;
  volatile double zero = 0;
  volatile double raised = 1 / zero + 1 / 3.0;  // raises flags, changes no mode
  (void)raised;
  EXPECT_THAT(before.restore(), IsEmpty());
}

TEST(CallState, PutsTheRoundingModeAndTheLocaleBackP9) {
  const CallState before;
  std::fesetround(FE_DOWNWARD);
  std::setlocale(LC_ALL, "C.UTF-8");
  const auto changed = before.restore();
  EXPECT_EQ(std::fegetround(), FE_TONEAREST);
  EXPECT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
  EXPECT_THAT(changed, ::testing::Contains("the rounding mode"));
  EXPECT_THAT(changed, ::testing::Contains("the locale"));
  EXPECT_THAT(before.restore(), IsEmpty());
}

TEST(ProcessState, PutsFilesAndSignalsBackP9) {
  const mode_t mask = umask(022);
  umask(mask);
  const ProcessState before;
  umask(0123);
  ASSERT_EQ(chdir("/"), 0);
  std::signal(SIGUSR2, SIG_IGN);
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  close(0);
  open("/dev/zero", O_RDONLY);
  EXPECT_THAT(before.restore(),
              ElementsAre("the working directory", "the umask", "file descriptor 0",
                          "the signal mask", "the signal handlers"));
  EXPECT_THAT(before.restore(), IsEmpty());
  EXPECT_EQ(umask(mask), mask);
}

}  // namespace
}  // namespace steppe
