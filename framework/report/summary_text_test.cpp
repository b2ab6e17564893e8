// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/outputs.hpp"
#include "report/sample_run.hpp"

namespace steppe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(SummaryText, IsOneReadablePage) {
  EXPECT_EQ(summary_text(testing::sample_run(), false), R"page(Sample

Data
  region  karaganda.csv
          3 rows in, 3 used, 0 rejected, 0 skipped; 1 key
          year 2017 to 2019 (yearly); columns mining, grp

mining  trend best of region.mining, by R squared
    candidate  R squared  original scale  equation
  * linear         0.875            0.75  y = 1.5 + 0.25 t
    power              -               -  N6 domain_error at 2018 (row 2): y = 0 has no logarithm
  chosen: linear - highest r_squared
  ▁▁▁ | ▁█
  time     forecast                        80 %                        95 %
  2020          2.5                  1.5 .. 3.5                      0 .. 5
  2021  489 412 000  489 412 000 .. 489 412 000  489 412 000 .. 489 412 000

grp  regression ols of region.grp on mining
  grp = 2 + 3 mining
  Regression statistics
    Multiple R     0.9
    R squared     0.81
    Observations     3
  ANOVA
                df   SS  MS     F  Significance F
    regression   1   81  81  4.25            0.28
    residual     1   19  19     -               -
    total        2  100   -     -               -
  Coefficients
               Estimate  Lower 95 %
    intercept         2          -1
    mining            3         0.5
  Diagnostics
    test             statistic       p  verdict
  ! Cook's distance       1.25       -  above 1
    KPSS mining            0.1  >= 0.1  not rejected
    White                    -       -  undefined: too few
  3 observations prove little
  time  forecast         80 %     95 %
  2020       9.5  8.5 .. 10.5  7 .. 12

Warnings
  run: 3 dates are few (short_history)
  mining: power was not fitted (candidate_failed)

Written
  grp.csv

degraded: 1 ok, 1 degraded, 0 failed
)page");
}

TEST(SummaryText, CountsTheSeriesOfALargePanel) {
  EXPECT_EQ(summary_text(testing::panel_run(20), false), R"page(Panel

sales  trend linear of shop.sales
  ok            14
  failed         6
  model linear  14
  failed: "k2" N1 insufficient_data: 1 observation, 3 needed
  failed: "k5" N1 insufficient_data: 1 observation, 3 needed
  failed: "k8" N1 insufficient_data: 1 observation, 3 needed
  failed: "k11" N1 insufficient_data: 1 observation, 3 needed
  failed: "k14" N1 insufficient_data: 1 observation, 3 needed
  and 1 more failed

too many failed: 14 ok, 0 degraded, 6 failed
)page");
}

TEST(SummaryText, ShowsTheCriterionWhereItIsNotRSquared) {
  RunResult result = testing::sample_run();
  result.steps[0].criterion = "aicc";
  EXPECT_THAT(summary_text(result, false),
              HasSubstr("    candidate  R squared  original scale   AICc  equation\n"
                        "  * linear         0.875            0.75  0.875  y = 1.5 + 0.25 t\n"));
}

TEST(SummaryText, ColoursOnlyWhenAsked) {
  const std::string plain = summary_text(testing::sample_run(), false);
  EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
  EXPECT_THAT(summary_text(testing::sample_run(), true),
              HasSubstr("\x1b[1mmining\x1b[0m  trend best of region.mining"));
}

TEST(SummaryText, LetsNoNameReachTheTerminalX10) {
  RunResult result = testing::panel_run(3);
  result.name = "n\x1b]0;x\x07";
  result.steps[0].id = "s\x1b[2J";
  result.steps[0].results[0].key = "k\r\n\u202e";
  result.steps[0].results[0].warnings = {{"c", "t\x1b"}};
  result.written = {"f\x1b"};
  const std::string text = summary_text(result, false);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
  EXPECT_THAT(text, HasSubstr("k\\x0d\\x0a\\u{202e}"));
}

}  // namespace
}  // namespace steppe
