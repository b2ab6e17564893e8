// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/calendar.hpp"

namespace steppe {
namespace {

using Precision = CivilTime::Precision;

CivilTime read(const std::string& text) {
  const auto parsed = parse_civil_time(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed ? *parsed : CivilTime{};
}

std::string refusal(const std::string& text) {
  const auto parsed = parse_civil_time(text);
  if (parsed) return "accepted as " + text_of(*parsed);
  EXPECT_EQ(parsed.error().fault, "C22");
  return parsed.error().message;
}

TEST(CivilTime, ReadsEveryFormItNames) {
  EXPECT_EQ(read("2019"), (CivilTime{Precision::kYear, 2019, 1, 1, 0}));
  EXPECT_EQ(read("2019-Q3"), (CivilTime{Precision::kQuarter, 2019, 7, 1, 0}));
  EXPECT_EQ(read("2019Q4"), (CivilTime{Precision::kQuarter, 2019, 10, 1, 0}));
  EXPECT_EQ(read("2019-07"), (CivilTime{Precision::kMonth, 2019, 7, 1, 0}));
  EXPECT_EQ(read("2019-07-31"), (CivilTime{Precision::kDay, 2019, 7, 31, 0}));
  const CivilTime afternoon{Precision::kHour, 2019, 7, 31, 14};
  EXPECT_EQ(read("2019-07-31T14"), afternoon);
  EXPECT_EQ(read("2019-07-31T14:00"), afternoon);
  EXPECT_EQ(read("2019-07-31 14:00:00"), afternoon);
  EXPECT_EQ(read("2019-07-31T14:00:00Z"), afternoon);
  EXPECT_EQ(read("2019-07-31Z"), read("2019-07-31"));
}

TEST(CivilTime, ReadsTheFirstAndLastDayThereAre) {
  EXPECT_EQ(text_of(read("0001-01-01")), "0001-01-01");
  EXPECT_EQ(text_of(read("9999-12-31")), "9999-12-31");
  EXPECT_EQ(text_of(*civil_time_from_days(-719162)), "0001-01-01");
  EXPECT_EQ(text_of(*civil_time_from_days(2932896)), "9999-12-31");
  EXPECT_EQ(civil_time_from_days(2932897).error().message,
            "day 2932897 counted from 1970-01-01 lies outside the years 1 to 9999");
  EXPECT_FALSE(civil_time_from_days(-719163).ok());
}

TEST(CivilTime, KnowsLeapYears) {
  EXPECT_TRUE(parse_civil_time("2024-02-29").ok());
  EXPECT_TRUE(parse_civil_time("2000-02-29").ok());
  EXPECT_EQ(refusal("2023-02-29"), "\"2023-02-29\" does not exist: February 2023 has 28 days");
  EXPECT_EQ(refusal("1900-02-29"), "\"1900-02-29\" does not exist: February 1900 has 28 days");
  EXPECT_EQ(refusal("2024-04-31"), "\"2024-04-31\" does not exist: April 2024 has 30 days");
}

TEST(CivilTime, RefusesOtherOrdersAndSaysWhatTheyCouldMean) {
  EXPECT_EQ(refusal("01/02/2024"),
            "\"01/02/2024\" can mean 2024-02-01 or 2024-01-02; write the year first");
  EXPECT_EQ(refusal("31.12.2024"), "\"31.12.2024\" is not written year first; write 2024-12-31");
  EXPECT_EQ(refusal("12/31/2024"), "\"12/31/2024\" is not written year first; write 2024-12-31");
  EXPECT_EQ(refusal("5/5/2024"), "\"5/5/2024\" is not written year first; write 2024-05-05");
}

TEST(CivilTime, RefusesWhatIsNotADate) {
  const std::string expected =
      " is not a date; expected 2019, 2019-Q3, 2019-07, 2019-07-31 or 2019-07-31T14:00";
  for (const std::string text : {"", "19", "20190731", "2019-7", "2019-07-3", "2019/07/31", " 2019",
                                 "2019-07-31T", "2019-07-31T1", "2019-07-31T14:0", "2019-07-31x",
                                 "-2019", "2019.0", "2019-Q", "99/99/2024"}) {
    EXPECT_EQ(refusal(text), "\"" + text + "\"" + expected);
  }
}

// C18: printed tables end with a line of words.
TEST(CivilTime, HintsAtFooterRowsWhereTheCellHoldsWords) {
  const auto parsed = parse_civil_time("Total");
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().fault, "C18");
  EXPECT_EQ(parsed.error().message,
            "\"Total\" is not a date; expected 2019, 2019-Q3, 2019-07, 2019-07-31 or "
            "2019-07-31T14:00; a total or footnote below the table is left out with footer_rows");
}

TEST(CivilTime, RefusesYearZeroAndPartsOutOfRange) {
  EXPECT_EQ(refusal("0000-01-01"), "\"0000-01-01\": there is no year 0; years go from 1 to 9999");
  EXPECT_EQ(refusal("2019-13"), "\"2019-13\" does not exist: months go from 01 to 12");
  EXPECT_EQ(refusal("2019-00-01"), "\"2019-00-01\" does not exist: months go from 01 to 12");
  EXPECT_EQ(refusal("2019-Q5"), "\"2019-Q5\" does not exist: quarters go from Q1 to Q4");
  EXPECT_EQ(refusal("2019-07-31T24:00"),
            "\"2019-07-31T24:00\" does not exist: hours go from 00 to 23, minutes and seconds "
            "from 00 to 59");
}

TEST(CivilTime, RefusesLeapSecondsOffsetsAndPartsOfAnHour) {
  EXPECT_EQ(refusal("2016-12-31T23:59:60Z"),
            "\"2016-12-31T23:59:60Z\" is a leap second; times have whole hours only");
  EXPECT_EQ(refusal("2019-07-31T14:30"),
            "\"2019-07-31T14:30\" is not a whole hour; the shortest step is hourly");
  EXPECT_EQ(refusal("2019-07-31T14:00:00+05:00"),
            "\"2019-07-31T14:00:00+05:00\" has the offset \"+05:00\" from UTC; convert all times "
            "to one zone and write them without an offset");
}

TEST(CivilTime, SaysThatIsoWeeksAreNotSupported) {
  EXPECT_EQ(refusal("2024-W05"),
            "\"2024-W05\" is an ISO week, which is not supported; write the date of the week's "
            "first day");
}

}  // namespace
}  // namespace steppe
