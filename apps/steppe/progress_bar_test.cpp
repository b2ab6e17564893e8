// SPDX-License-Identifier: Apache-2.0
#include "progress_bar.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(ProgressBar, SaysSeriesDoneRateAndTimeLeft) {
  EXPECT_EQ(progress_line(412000, 1000000, 2.0),
            "  412000 of 1000000 series   41 %   206000 per second   3 s left");
}

TEST(ProgressBar, SaysThatDataAreReadBeforeTheTotalIsKnown) {
  EXPECT_EQ(progress_line(0, 0, 1.0), "  reading");
}

TEST(ProgressBar, HasNoRateBeforeTheFirstSeries) {
  EXPECT_EQ(progress_line(0, 10, 1.0), "  0 of 10 series   0 %");
}

}  // namespace
}  // namespace steppe
