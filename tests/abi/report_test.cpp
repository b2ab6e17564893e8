// SPDX-License-Identifier: Apache-2.0
#include "steppe/report.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "c_side.hpp"

namespace steppe {
namespace {

TEST(Report, PassesScalarsTextsAndWarnings) {
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  Report report(&c_sink);
  report.scalar("standard_error", 0.25, "tenge");
  report.scalar("r_squared", kUndefined);
  report.text("equation", "y = 2 + 3 t");
  report.warning("constant_series", "all values are equal");

  EXPECT_EQ(sink.scalars.at("standard_error").first, 0.25);
  EXPECT_EQ(sink.scalars.at("standard_error").second, "tenge");
  EXPECT_TRUE(std::isnan(sink.scalars.at("r_squared").first));
  EXPECT_EQ(sink.scalars.at("r_squared").second, "");
  EXPECT_EQ(sink.texts.at("equation"), "y = 2 + 3 t");
  EXPECT_EQ(sink.warnings.at("constant_series"), "all values are equal");
}

TEST(Report, PassesATableRowByRow) {
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  Table table{.name = "parameters", .columns = {"estimate", "standard_error"}};
  table.add_row("intercept", {1, 2});
  table.add_row("slope", {3, kUndefined});
  Report(&c_sink).table(table);

  const auto& got = sink.tables.at("parameters");
  EXPECT_EQ(got.columns, (std::vector<std::string>{"estimate", "standard_error"}));
  EXPECT_EQ(got.rows, (std::vector<std::string>{"intercept", "slope"}));
  EXPECT_TRUE(got.units.empty());
  ASSERT_EQ(got.values.size(), 4u);
  EXPECT_EQ(got.values[2], 3);
  EXPECT_TRUE(std::isnan(got.values[3]));
}

TEST(Report, PassesATableWithoutRowNames) {
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  Report(&c_sink).table(
      {.name = "path", .columns = {"step"}, .values = {5, 6, 7}, .units = {"observations"}});
  const auto& got = sink.tables.at("path");
  EXPECT_TRUE(got.rows.empty());
  EXPECT_EQ(got.units, std::vector<std::string>{"observations"});
  EXPECT_EQ(got.values, (std::vector<double>{5, 6, 7}));
}

TEST(Report, PassesAnEmptyTable) {
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  Report(&c_sink).table({.name = "dropped", .columns = {}});
  EXPECT_TRUE(sink.tables.at("dropped").values.empty());
}

}  // namespace
}  // namespace steppe
