// SPDX-License-Identifier: Apache-2.0
// The small lookups of panel, fit report and results.

#include <gtest/gtest.h>

#include "core/fit_report.hpp"
#include "core/panel.hpp"
#include "core/results.hpp"

namespace steppe {
namespace {

TEST(Panel, TakesKeysApartAndShowsThem) {
  EXPECT_EQ(key_parts("Abai\x1f"
                      "mining"),
            (std::vector<std::string>{"Abai", "mining"}));
  EXPECT_EQ(key_parts("\x1f"), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(key_parts(""), (std::vector<std::string>{""}));
  EXPECT_EQ(display_key("Abai\x1f"
                        "mining"),
            "Abai/mining");
}

TEST(Panel, FindsColumnsAndSeries) {
  Panel panel;
  panel.column_names = {"grp", "mining"};
  panel.columns = {{1, 2, 3}, {4, 5, 6}};
  panel.members = {{"a", 0, 1, 0}, {"b", 0, 2, 1}};
  EXPECT_EQ(panel.column_index("mining"), 1);
  EXPECT_EQ(panel.column_index("Mining"), -1);
  EXPECT_EQ(panel.series(1, 1)[0], 5);
  EXPECT_EQ(panel.series(1, 1).size(), 2u);
}

TEST(RowAccounting, BalancesOnlyWhenEveryRowIsCounted) {
  EXPECT_TRUE((RowAccounting{10, 7, 1, 2}.balanced()));
  EXPECT_FALSE((RowAccounting{10, 7, 1, 1}.balanced()));
}

TEST(FitReport, FindsByName) {
  FitReport report;
  report.scalars = {{"r_squared", 0.5, ""}};
  report.texts = {{"equation", "y = 2 t"}};
  report.tables = {{"parameters", {"estimate"}, {"a", "b"}, {}, {1, 2}}};
  EXPECT_EQ(*report.scalar("r_squared"), 0.5);
  EXPECT_EQ(report.scalar("aicc"), nullptr);
  EXPECT_EQ(*report.text("equation"), "y = 2 t");
  EXPECT_EQ(report.text("x"), nullptr);
  EXPECT_EQ(report.table("parameters")->row_count(), 2u);
  EXPECT_EQ(report.table("anova"), nullptr);
  EXPECT_EQ(ReportTable{}.row_count(), 0u);
}

TEST(SeriesStatus, HasANameForEveryCase) {
  EXPECT_EQ(name_of(SeriesStatus::kOk), "ok");
  EXPECT_EQ(name_of(SeriesStatus::kDegraded), "degraded");
  EXPECT_EQ(name_of(SeriesStatus::kFailed), "failed");
}

}  // namespace
}  // namespace steppe
