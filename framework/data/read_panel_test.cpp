// SPDX-License-Identifier: Apache-2.0
#include "data/read_panel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "data/fake_source.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;

PanelRequest yearly(std::vector<std::string> keys = {}, std::vector<std::string> values = {"y"}) {
  return {"region", "year", Frequency::kYearly, std::move(keys), std::move(values)};
}

std::vector<std::string> warnings_of(const Panel& panel) {
  std::vector<std::string> out;
  for (const Warning& warning : panel.warnings) out.push_back(warning.code + ": " + warning.text);
  return out;
}

TEST(ReadPanel, ReadsOneSeries) {
  const FakeTable table{{"year", "y"}, {{int32s({2010, 2011, 2012}), float64s({1.5, 2.5, 4})}}};
  const Panel panel = read_or_fail(table, yearly());
  ASSERT_EQ(panel.members.size(), 1u);
  EXPECT_EQ(panel.members[0].key, "");
  EXPECT_EQ(panel.members[0].first, 2010);
  EXPECT_EQ(panel.members[0].count, 3u);
  EXPECT_THAT(panel.columns[0], ElementsAre(1.5, 2.5, 4));
  EXPECT_EQ(panel.source, "region");
  EXPECT_EQ(panel.time_column, "year");
  EXPECT_EQ(panel.rows.rows_in, 3u);
  EXPECT_EQ(panel.rows.used, 3u);
  EXPECT_EQ(panel.snapshot, "sha256:00");
  EXPECT_THAT(panel.facts, ElementsAre(std::pair<std::string, std::string>{"delimiter", ";"}));
  EXPECT_THAT(warnings_of(panel), ElementsAre());
}

TEST(ReadPanel, SortsMembersByKeyByteByByte) {
  const FakeTable table{{"year", "k1", "k2", "y"},
                        {{texts({"2019", "2019", "2019", "2019"}), texts({"b", "Ä", "B", "b"}),
                          dictionary({1, 0, 0, 0}, {"x", "y"}), float64s({1, 2, 3, 4})}}};
  const Panel panel = read_or_fail(table, yearly({"k1", "k2"}));
  std::vector<std::string> keys;
  for (const PanelMember& member : panel.members) keys.push_back(display_key(member.key));
  EXPECT_THAT(keys, ElementsAre("B/x", "b/x", "b/y", "Ä/x"));
  EXPECT_THAT(panel.columns[0], ElementsAre(3, 4, 1, 2));
}

TEST(ReadPanel, ReadsEveryNumberType) {
  const FakeTable table{
      {"year", "b", "i", "l", "f", "g"},
      {{int64s({2019, 2020}), bools({true, false}), int32s({-1, 2}), int64s({9007199254740992, -5}),
        float32s({0.5F, 0.25F}), float64s({0.1, -0.0})}}};
  const Panel panel = read_or_fail(table, yearly({}, {"b", "i", "l", "f", "g"}));
  EXPECT_THAT(panel.columns[0], ElementsAre(1, 0));
  EXPECT_THAT(panel.columns[1], ElementsAre(-1, 2));
  EXPECT_THAT(panel.columns[2], ElementsAre(9007199254740992.0, -5));
  EXPECT_THAT(panel.columns[3], ElementsAre(0.5, 0.25));
  EXPECT_EQ(panel.columns[4][0], 0.1);
  EXPECT_TRUE(std::signbit(panel.columns[4][1]));
}

TEST(ReadPanel, ReadsEveryTimeType) {
  PanelRequest request = yearly();
  request.frequency = Frequency::kDaily;
  const FakeColumn y = float64s({1, 2});
  for (const FakeColumn& time :
       {int32s({18108, 18109}, "tdD"), int64s({1564531200, 1564617600}, "tss:"),
        int64s({1564531200000000, 1564617600000000}, "tsu:UTC"),
        texts({"2019-07-31", "2019-08-01"}), large_texts({"2019-07-31T00:00", "2019-08-01"}),
        dictionary({1, 0}, {"2019-08-01", "2019-07-31"})}) {
    const Panel panel = read_or_fail({{"year", "y"}, {{time, y}}}, request);
    EXPECT_EQ(label_of(panel.members[0].first, panel.calendar), "2019-07-31") << time.format;
  }
  request.frequency = Frequency::kHourly;
  const Panel panel = read_or_fail({{"year", "y"}, {{int64s({-3600000, 0}, "tsm:"), y}}}, request);
  EXPECT_EQ(label_of(panel.members[0].first, panel.calendar), "1969-12-31T23:00");
}

TEST(ReadPanel, ReadsBatchesWithOffsetsAsOneTable) {
  FakeColumn year = int32s({1, 1, 2010, 2011});
  year.length = 3;  // seen from its offset
  year.offset = 1;
  FakeColumn y = float64s({std::nullopt, std::nullopt, 5, 6});
  y.length = 3;
  y.offset = 1;
  y.null_count = 1;
  FakeTable table{{"year", "y"}, {{year, y}}};
  table.batch_offset = 1;
  const Panel panel = read_or_fail(table, yearly());
  EXPECT_EQ(panel.members[0].first, 2010);
  EXPECT_THAT(panel.columns[0], ElementsAre(5, 6));
  const FakeTable parts{{"year", "y"},
                        {{int32s({2010}), float64s({5})},
                         {int32s({}), float64s({})},
                         {int32s({2011}), float64s({6})}}};
  EXPECT_EQ(read_or_fail(parts, yearly()).columns, panel.columns);
}

TEST(ReadPanel, TurnsNullsIntoMissingValuesAndCountsThem) {
  const FakeTable table{{"year", "y"},
                        {{int32s({2010, 2011, 2012}), float64s({1, std::nullopt, 3})}}};
  const Panel panel = read_or_fail(table, yearly());
  EXPECT_TRUE(std::isnan(panel.columns[0][1]));
  EXPECT_THAT(warnings_of(panel),
              ElementsAre("missing_values: 1 of 3 values of column \"y\" are missing"));
}

TEST(ReadPanel, RefusesATableWithoutRowsC15) {
  EXPECT_EQ(refusal({{"year", "y"}, {{int32s({}), float64s({})}}}, yearly()),
            "error[C15] step=region plugin=source.fake@1.0.0: no observations exit 4");
  FakeTable rejected{{"year", "y"}, {{int32s({}), float64s({})}}};
  rejected.counts = {
      {"rows_in", 3, ""}, {"rows_used", 0, ""}, {"rows_rejected", 2, ""}, {"rows_skipped", 1, ""}};
  EXPECT_EQ(refusal(rejected, yearly()),
            "error[C15] step=region plugin=source.fake@1.0.0: no observations; rows_in=3 used=0 "
            "rejected=2 skipped=1 exit 4");
}

TEST(ReadPanel, RefusesNumbersThatAreNotFiniteC17) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(refusal({{"year", "y"}, {{int32s({2010, 2011}), float64s({-infinity, std::nan("")})}}},
                    yearly()),
            "error[C17] t.csv:2:2 column \"y\" step=region: -inf is not a finite number; leave the "
            "cell empty for a missing value exit 4\n"
            "error[C17] t.csv:3:2 column \"y\" step=region: nan is not a finite number; leave the "
            "cell empty for a missing value exit 4");
}

TEST(ReadPanel, RefusesIntegersThatADoubleWouldRoundC16) {
  for (const std::int64_t value : {std::int64_t{9007199254740993}, INT64_MAX}) {
    EXPECT_EQ(refusal({{"year", "y"}, {{int32s({2010}), int64s({value})}}}, yearly()),
              "error[C16] t.csv:2:2 column \"y\" step=region: " + std::to_string(value) +
                  " has more digits than a double holds exactly; change its unit or round it in "
                  "the source exit 4");
  }
}

TEST(ReadPanel, ShowsTheFirstFiveBadCellsAndCountsTheOthers) {
  FakeTable table{{"year", "y"},
                  {{int32s(Cells<std::int32_t>(8, 0)), float64s(Cells<double>(8, 1))}}};
  std::string expected;
  for (int row = 2; row <= 6; ++row) {
    expected += "error[C22] t.csv:" + std::to_string(row) +
                ":1 column \"year\" step=region: 0 is no year; years go from 1 to 9999 exit 4\n";
  }
  EXPECT_EQ(refusal(table, yearly()),
            expected + "error: step=region: and 3 more cells like these exit 4");
}

TEST(ReadPanel, RefusesDatesThatCannotBeReadC22) {
  const FakeColumn y = float64s({1});
  EXPECT_EQ(refusal({{"year", "y"}, {{texts({"01/02/2024"}), y}}}, yearly()),
            "error[C22] t.csv:2:1 column \"year\" step=region: \"01/02/2024\" can mean 2024-02-01 "
            "or 2024-01-02; write the year first exit 4");
  EXPECT_EQ(refusal({{"year", "y"}, {{texts({std::nullopt}), y}}}, yearly()),
            "error[C22] t.csv:2:1 column \"year\" step=region: the date is missing; every row "
            "needs one exit 4");
  EXPECT_EQ(refusal({{"year", "y"}, {{int64s({1800001}, "tss:"), y}}}, yearly()),
            "error[C22] t.csv:2:1 column \"year\" step=region: the timestamp 1800001 is not a "
            "whole hour; the shortest step is hourly exit 4");
  EXPECT_EQ(refusal({{"year", "y"}, {{int32s({2932897}, "tdD"), y}}}, yearly()),
            "error[C22] t.csv:2:1 column \"year\" step=region: day 2932897 counted from "
            "1970-01-01 lies outside the years 1 to 9999 exit 4");
}

TEST(ReadPanel, RefusesDatesOffTheGridC22) {
  PanelRequest monthly = yearly();
  monthly.frequency = Frequency::kMonthly;
  const FakeColumn y = float64s({1, 2});
  EXPECT_EQ(refusal({{"year", "y"}, {{texts({"2019-01", "2019"}), y}}}, monthly),
            "error[C22] t.csv:3:1 column \"year\" step=region: 2019 is too coarse for monthly data "
            "exit 4");
  EXPECT_EQ(refusal({{"year", "y"}, {{texts({"2019-01-15", "2019-02-16"}), y}}}, monthly),
            "error[C22] t.csv:3:1 column \"year\" step=region: 2019-02-16 is not on the monthly "
            "grid of this column; expected 2019-02-15 exit 4");
}

TEST(ReadPanel, TellsTheEndOfTheMonthFromADayOfTheMonth) {
  PanelRequest monthly = yearly();
  monthly.frequency = Frequency::kMonthly;
  const auto third_date = [&](const Cells<std::string>& dates) {
    const Panel panel = read_or_fail({{"year", "y"}, {{texts(dates), float64s({1, 2})}}}, monthly);
    return label_of(panel.members[0].first + 2, panel.calendar);
  };
  EXPECT_EQ(third_date({"2019-02-28", "2019-03-31"}), "2019-04-30");
  EXPECT_EQ(third_date({"2019-02-28", "2019-03-28"}), "2019-04-28");
  EXPECT_EQ(third_date({"2019-03-30", "2019-02-28"}), "2019-04-30");
  EXPECT_EQ(third_date({"2019-04-30", "2019-05-30"}), "2019-06-30");
}

TEST(ReadPanel, RefusesDatesThatOccurTwiceC19) {
  EXPECT_EQ(refusal({{"year", "y"}, {{int32s({2010, 2011, 2010}), float64s({1, 2, 3})}}}, yearly()),
            "error[C19] t.csv:4:1 column \"year\" step=region: 1 date occurs more than once: 2010 "
            "(t.csv:2, t.csv:4); a series has one row per date: aggregate the rows or name a key "
            "column exit 4");
}

TEST(ReadPanel, ListsTheFirstFiveDuplicatesC19) {
  Cells<std::int32_t> years;
  for (int year = 2010; year < 2017; ++year) years.insert(years.end(), {year, year});
  EXPECT_EQ(
      refusal({{"year", "y"}, {{int32s(years), float64s(Cells<double>(14, 1))}}}, yearly()),
      "error[C19] t.csv:3:1 column \"year\" step=region: 7 dates occur more than once: 2010 "
      "(t.csv:2, t.csv:3), 2011 (t.csv:4, t.csv:5), 2012 (t.csv:6, t.csv:7), 2013 (t.csv:8, "
      "t.csv:9), 2014 (t.csv:10, t.csv:11) and 2 more; a series has one row per date: aggregate "
      "the rows or name a key column exit 4");
}

TEST(ReadPanel, RefusesGapsAndNamesTheRowsAroundC20) {
  const FakeTable table{{"year", "k", "y"},
                        {{int32s({2013, 2016, 2018, 2010, 2011}), texts({"b", "b", "b", "a", "a"}),
                          float64s({1, 2, 3, 4, 5})}}};
  EXPECT_EQ(refusal(table, yearly({"k"})),
            "error[C20] t.csv:3:1 column \"year\" series=\"b\" step=region: 3 dates are missing: "
            "2014, 2015 between 2013 (t.csv:2) and 2016 (t.csv:3), 2017 between 2016 (t.csv:3) and "
            "2018 (t.csv:4); add the rows, with empty cells where a value is unknown, or change "
            "the frequency exit 4");
}

TEST(ReadPanel, SortsRowsWithANoticeAndTheSameBitsC21) {
  const FakeTable sorted{{"year", "y"}, {{int32s({2010, 2011, 2012}), float64s({0.1, 0.2, 0.3})}}};
  const FakeTable unsorted{{"year", "y"},
                           {{int32s({2012, 2010, 2011}), float64s({0.3, 0.1, 0.2})}}};
  const Panel expected = read_or_fail(sorted, yearly());
  const Panel panel = read_or_fail(unsorted, yearly());
  EXPECT_EQ(panel.columns, expected.columns);
  EXPECT_EQ(panel.members[0].first, expected.members[0].first);
  EXPECT_EQ(panel.calendar, expected.calendar);
  EXPECT_THAT(
      warnings_of(panel),
      ElementsAre("rows_sorted: the rows were not in the order of time and have been sorted"));
}

TEST(ReadPanel, KeepsAnyKeyWholeC26) {
  const std::string mega(1 << 20, 'k');
  const std::vector<std::string> keys = {"a\nb", "c,d", "e\"f", "\u202eg", mega, ""};
  Cells<std::string> cells(keys.begin(), keys.end());
  const FakeTable table{
      {"year", "k", "y"},
      {{int32s(Cells<std::int32_t>(6, 2019)), texts(cells), float64s({1, 2, 3, 4, 5, 6})}}};
  const Panel panel = read_or_fail(table, yearly({"k"}));
  std::vector<std::string> read;
  for (const PanelMember& member : panel.members) read.push_back(member.key);
  EXPECT_THAT(read, ::testing::UnorderedElementsAreArray(keys));
}

TEST(ReadPanel, RefusesKeysItCannotKeepC26) {
  const auto with_key = [](std::optional<std::string> key) {
    return FakeTable{{"year", "k", "y"}, {{int32s({2019}), texts({key}), float64s({1})}}};
  };
  EXPECT_EQ(refusal(with_key("a\x1f"), yearly({"k"})),
            "error[C26] t.csv:2:2 column \"k\" step=region: the key \"a\\x1f\" holds the character "
            "U+001F, which separates the parts of a key; remove it exit 4");
  EXPECT_EQ(refusal(with_key(std::nullopt), yearly({"k"})),
            "error[C26] t.csv:2:2 column \"k\" step=region: the key is missing; every row needs "
            "one exit 4");
  EXPECT_EQ(refusal(with_key("a\xff"), yearly({"k"})),
            "error[C9] t.csv:2:2 column \"k\" step=region: the key \"a\\xff\" is not valid UTF-8; "
            "convert the source exit 4");
}

TEST(ReadPanel, ShowsFiveSeriesAndCountsTheOthers) {
  Cells<std::string> keys;
  Cells<std::int32_t> years;
  for (char key = 'a'; key <= 'g'; ++key) {
    keys.insert(keys.end(), 2, std::string(1, key));
    years.insert(years.end(), {2010, 2010});
  }
  const std::string text =
      refusal({{"year", "k", "y"}, {{int32s(years), texts(keys), float64s(Cells<double>(14, 1))}}},
              yearly({"k"}));
  EXPECT_THAT(text, ::testing::HasSubstr("series=\"e\""));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("series=\"f\"")));
  EXPECT_THAT(text,
              ::testing::EndsWith(
                  "error: step=region: and 2 more problems like these in other series exit 4"));
}

TEST(ReadPanel, RefusesASourceWhoseRowsDoNotAddUp) {
  FakeTable table{{"year", "y"}, {{int32s({2010}), float64s({1})}}};
  table.counts = {
      {"rows_in", 5, ""}, {"rows_used", 1, ""}, {"rows_rejected", 1, ""}, {"rows_skipped", 1, ""}};
  EXPECT_EQ(refusal(table, yearly()),
            "error: plugin=source.fake@1.0.0 step=region: the source's rows do not add up: "
            "rows_in=5 used=1 rejected=1 skipped=1, 1 delivered exit 6");
  table.counts = {{"rows_in", 1, ""}};
  EXPECT_EQ(refusal(table, yearly()),
            "error: plugin=source.fake@1.0.0 step=region: the source does not account for its "
            "rows; its report must hold rows_in, rows_used, rows_rejected and rows_skipped exit 6");
}

TEST(ReadPanel, NeverKeepsRowsBeforeAFailureOfTheSource) {
  FakeTable table{{"year", "y"}, {{int32s({2010}), float64s({1})}}};
  table.fail_at_end = true;
  EXPECT_EQ(refusal(table, yearly()),
            "error[C23] t.csv:9 step=region: the file changed while it was read exit 4");
}

}  // namespace
}  // namespace steppe::testing
