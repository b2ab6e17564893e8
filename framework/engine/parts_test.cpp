// SPDX-License-Identifier: Apache-2.0
#include "engine/parts.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>

namespace steppe {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Made {
  std::vector<TrendPart> parts;
  std::map<std::size_t, Error> refused;
  std::map<std::size_t, Warning> warned;
};

Made make(const std::vector<std::vector<double>>& columns, MissingPolicy missing,
          const RowsSpec& rows = {}) {
  static const Calendar calendar;
  SeriesBlock block{&calendar, 2010, {}, std::vector<std::uint64_t>(columns.size(), 7)};
  for (const auto& column : columns) block.series.push_back(column);
  Made made;
  made.parts = make_parts(block, {&rows, missing},
                          {[&](std::size_t s, Error e) { made.refused[s] = std::move(e); },
                           [&](std::size_t s, Warning w) { made.warned[s] = std::move(w); }});
  return made;
}

TEST(Parts, KeepsCompleteSeriesTogetherDateByDate) {
  const Made made = make({{1, 2, 3}, {4, 5, 6}}, MissingPolicy::kRefuse);
  ASSERT_EQ(made.parts.size(), 1u);
  EXPECT_EQ(made.parts[0].values, (std::vector<double>{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(made.parts[0].time, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(made.parts[0].first, 2010);
}

TEST(Parts, N17RefusesMissingEndsByDefault) {
  const Made made = make({{kNaN, 2, 3}, {4, 5, 6}}, MissingPolicy::kRefuse);
  ASSERT_EQ(made.parts.size(), 1u);
  EXPECT_EQ(made.parts[0].members, std::vector<std::size_t>{1});
  EXPECT_EQ(made.refused.at(0).fault, "N17");
  EXPECT_EQ(made.refused.at(0).message,
            "1 leading and 0 trailing values are missing; set \"missing\": \"trim\" to use 2011 "
            "to 2012");
}

TEST(Parts, N17CutsMissingEndsWhenAsked) {
  const Made made = make({{kNaN, 2, kNaN}, {4, 5, 6}}, MissingPolicy::kTrim);
  ASSERT_EQ(made.parts.size(), 2u);
  EXPECT_EQ(made.parts[1].members, std::vector<std::size_t>{0});
  EXPECT_EQ(made.parts[1].values, std::vector<double>{2});
  EXPECT_EQ(made.parts[1].first, 2011);
  EXPECT_EQ(made.parts[1].time, std::vector<double>{1});
  EXPECT_EQ(made.warned.at(0).code, "missing_ends_cut");
}

TEST(Parts, N17RefusesAMissingValueInsideUnderAnyPolicy) {
  const Made made = make({{1, kNaN, 3}}, MissingPolicy::kTrim);
  EXPECT_TRUE(made.parts.empty());
  EXPECT_EQ(made.refused.at(0).where, "2011 (row 2)");
}

TEST(Parts, N16RefusesASeriesWithoutValues) {
  const Made made = make({{kNaN, kNaN}}, MissingPolicy::kTrim);
  EXPECT_EQ(made.refused.at(0).fault, "N16");
  EXPECT_EQ(made.refused.at(0).kind, ErrorKind::kInsufficientData);
}

TEST(Parts, UsesTheRowsAskedFor) {
  RowsSpec rows;
  rows.from = CivilTime{CivilTime::Precision::kYear, 2011, 1, 1, 0};
  const Made made = make({{1, 2, 3}}, MissingPolicy::kRefuse, rows);
  ASSERT_EQ(made.parts.size(), 1u);
  EXPECT_EQ(made.parts[0].values, (std::vector<double>{2, 3}));
  EXPECT_EQ(made.parts[0].first, 2011);
}

TEST(Parts, SaysWhenNoRowIsLeft) {
  RowsSpec rows;
  rows.from = CivilTime{CivilTime::Precision::kYear, 2020, 1, 1, 0};
  const Made made = make({{1, 2, 3}}, MissingPolicy::kRefuse, rows);
  EXPECT_EQ(made.refused.at(0).message,
            "no observation between rows.from and rows.to; the series has 2010 to 2012");
}

}  // namespace
}  // namespace steppe
