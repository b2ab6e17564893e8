// SPDX-License-Identifier: Apache-2.0
#include "report/text_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace steppe {
namespace {

TEST(ReadableNumber, GroupsThousandsAndKeepsSixDigits) {
  EXPECT_EQ(readable_number(489412367.5939394), "489 412 000");
  EXPECT_EQ(readable_number(-71738.175263778), "-71 738.2");
  EXPECT_EQ(readable_number(1234.5), "1234.5");
  EXPECT_EQ(readable_number(12345), "12 345");
  EXPECT_EQ(readable_number(0.830053025), "0.830053");
  EXPECT_EQ(readable_number(0), "0");
  EXPECT_EQ(readable_number(1e-7), "1e-07");
  EXPECT_EQ(readable_number(std::nan("")), "-");
}

TEST(ReadableName, IsWhatASpreadsheetPrints) {
  EXPECT_EQ(readable_name("significance_f"), "Significance F");
  EXPECT_EQ(readable_name("adjusted_r_squared"), "Adjusted R squared");
  EXPECT_EQ(readable_name("standard_error"), "Standard error");
  EXPECT_EQ(readable_name("lower_95"), "Lower 95 %");
  EXPECT_EQ(readable_name("p"), "P-value");
}

TEST(TextTable, AlignsColumnsOfAnyScript) {
  TextTable table("lrl");
  table.add({"a", "1", "x"});
  table.add({"Қарағанды", "1000", "long"});
  EXPECT_EQ(table.text("  "),
            "  a             1  x\n"
            "  Қарағанды  1000  long\n");
}

TEST(Sparkline, ShowsHeights) {
  EXPECT_EQ(sparkline({0, 1, 7, NAN, 3.5}, {0, 7}), "▁▂█ ▅");
  EXPECT_EQ(sparkline({5, 5}, {5, 5}), "▅▅");
  EXPECT_EQ(sparkline({-1.7e308, 1.7e308}, {-1.7e308, 1.7e308}), "▁█");
}

}  // namespace
}  // namespace steppe
