// SPDX-License-Identifier: Apache-2.0
// Ordinals and weekdays below come from Python's datetime, which counts the same calendar.

#include "core/calendar.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

CivilTime civil(const std::string& text) {
  const auto parsed = parse_civil_time(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed ? *parsed : CivilTime{};
}

Calendar calendar(const std::string& first, Frequency frequency) {
  const auto made = calendar_from(civil(first), frequency);
  EXPECT_TRUE(made.ok()) << first;
  return made ? *made : Calendar{};
}

std::int64_t ordinal(const std::string& date, const Calendar& calendar) {
  const auto position = ordinal_of(civil(date), calendar);
  EXPECT_TRUE(position.ok()) << date;
  return position ? *position : -999;
}

std::string refusal(const std::string& date, const Calendar& calendar) {
  const auto position = ordinal_of(civil(date), calendar);
  return position ? "accepted" : position.error().message;
}

std::string calendar_refusal(const std::string& date, Frequency frequency) {
  const auto made = calendar_from(civil(date), frequency);
  return made ? "accepted" : made.error().message;
}

TEST(Calendar, CountsEachFrequencyAsItsHeaderSays) {
  EXPECT_EQ(ordinal("2019", calendar("2010", Frequency::kYearly)), 2019);
  EXPECT_EQ(ordinal("2019-Q3", calendar("2010-Q1", Frequency::kQuarterly)), 8078);
  EXPECT_EQ(ordinal("2019-07", calendar("2010-01", Frequency::kMonthly)), 24234);
  EXPECT_EQ(ordinal("2024-02-29", calendar("2024-02-22", Frequency::kWeekly)), 2826);
  EXPECT_EQ(ordinal("2024-02-29", calendar("2024-01-01", Frequency::kDaily)), 19782);
  EXPECT_EQ(ordinal("1969-12-31", calendar("2024-01-01", Frequency::kDaily)), -1);
  EXPECT_EQ(ordinal("0001-01-01", calendar("2024-01-01", Frequency::kDaily)), -719162);
  EXPECT_EQ(ordinal("9999-12-31", calendar("2024-01-01", Frequency::kDaily)), 2932896);
  EXPECT_EQ(ordinal("2019-07-31T14", calendar("2019-07-31T00", Frequency::kHourly)), 434606);
}

TEST(Calendar, WritesDatesInTheStyleOfTheColumn) {
  EXPECT_EQ(label_of(2021, calendar("2010", Frequency::kYearly)), "2021");
  EXPECT_EQ(label_of(2021, calendar("2010-12-31", Frequency::kYearly)), "2021-12-31");
  EXPECT_EQ(label_of(2021, calendar("2010-07", Frequency::kYearly)), "2021-07");
  EXPECT_EQ(label_of(8078, calendar("2010Q1", Frequency::kQuarterly)), "2019-Q3");
  EXPECT_EQ(label_of(8078, calendar("2010-03", Frequency::kQuarterly)), "2019-09");
  EXPECT_EQ(label_of(8078, calendar("2010-03-31", Frequency::kQuarterly)), "2019-09-30");
  EXPECT_EQ(label_of(24234, calendar("2010-01", Frequency::kMonthly)), "2019-07");
  EXPECT_EQ(label_of(2826, calendar("2024-02-22", Frequency::kWeekly)), "2024-02-29");
  EXPECT_EQ(label_of(434606, calendar("2019-07-31T00:00", Frequency::kHourly)), "2019-07-31T14:00");
  EXPECT_EQ(label_of(10000, calendar("9999", Frequency::kYearly)), "10000");
}

TEST(Calendar, KeepsTheEndOfTheMonthInEveryMonth) {
  const Calendar month_ends = calendar("2019-04-30", Frequency::kMonthly);
  EXPECT_EQ(label_of(2019 * 12 + 4, month_ends), "2019-05-31");
  EXPECT_EQ(label_of(2020 * 12 + 1, month_ends), "2020-02-29");
  EXPECT_EQ(refusal("2019-05-30", month_ends),
            "2019-05-30 is not on the monthly grid of this column; expected 2019-05-31");
  const Calendar thirtieth = calendar("2019-01-30", Frequency::kMonthly);
  EXPECT_EQ(label_of(2019 * 12 + 1, thirtieth), "2019-02-28");
  EXPECT_EQ(label_of(2019 * 12 + 2, thirtieth), "2019-03-30");
  EXPECT_EQ(ordinal("2019-02-28", thirtieth), 2019 * 12 + 1);
}

TEST(Calendar, GivesBackEveryOrdinalItHasWritten) {
  const std::vector<Calendar> calendars = {
      calendar("2010", Frequency::kYearly),          calendar("2012-02-29", Frequency::kYearly),
      calendar("2010-Q2", Frequency::kQuarterly),    calendar("2010-05-17", Frequency::kQuarterly),
      calendar("2010-02-28", Frequency::kMonthly),   calendar("2010-02-11", Frequency::kMonthly),
      calendar("2010-02", Frequency::kMonthly),      calendar("2023-03-05", Frequency::kWeekly),
      calendar("2023-03-05", Frequency::kDaily),     calendar("2023-03-05T23", Frequency::kHourly),
      calendar("0001-01-01T00", Frequency::kHourly),
  };
  for (const Calendar& grid : calendars) {
    const std::int64_t middle = grid.frequency == Frequency::kYearly      ? 2000
                                : grid.frequency == Frequency::kQuarterly ? 8000
                                : grid.frequency == Frequency::kMonthly   ? 24000
                                                                          : 0;
    for (std::int64_t i = middle - 1500; i <= middle + 1500; ++i) {
      const std::string label = label_of(i, grid);
      ASSERT_EQ(ordinal(label, grid), i) << label;
    }
  }
}

TEST(Calendar, RefusesDatesTooCoarseForTheFrequency) {
  EXPECT_EQ(calendar_refusal("2019", Frequency::kMonthly), "2019 is too coarse for monthly data");
  EXPECT_EQ(calendar_refusal("2019-Q3", Frequency::kMonthly),
            "2019-Q3 is too coarse for monthly data");
  EXPECT_EQ(calendar_refusal("2019", Frequency::kQuarterly),
            "2019 is too coarse for quarterly data");
  EXPECT_EQ(calendar_refusal("2019-07", Frequency::kWeekly),
            "2019-07 is too coarse for weekly data");
  EXPECT_EQ(calendar_refusal("2019-07-31", Frequency::kHourly),
            "2019-07-31 is too coarse for hourly data");
}

TEST(Calendar, DropsMidnightButRefusesAnotherTimeOfDay) {
  EXPECT_EQ(calendar("2019-07-31T00:00:00Z", Frequency::kDaily),
            calendar("2019-07-31", Frequency::kDaily));
  EXPECT_EQ(calendar_refusal("2019-07-31T06:00", Frequency::kDaily),
            "2019-07-31T06:00 has a time of day, but the data are daily");
}

TEST(Calendar, RefusesDatesOffTheGrid) {
  EXPECT_EQ(refusal("2020-06-30", calendar("2019-12-31", Frequency::kYearly)),
            "2020-06-30 is not on the yearly grid of this column; expected 2020-12-31");
  EXPECT_EQ(refusal("2019-02", calendar("2019-03", Frequency::kQuarterly)),
            "2019-02 is not on the quarterly grid of this column; expected 2019-03");
  EXPECT_EQ(refusal("2024-01-03", calendar("2024-01-01", Frequency::kWeekly)),
            "2024-01-03 is not on the weekly grid of this column; expected a Monday");
  EXPECT_EQ(refusal("2019-12-31", calendar("2018", Frequency::kYearly)),
            "2019-12-31 is written differently from the other dates of this column, such as 2019");
}

TEST(Calendar, KnowsItsFrequenciesByName) {
  EXPECT_EQ(frequency_from("weekly"), Frequency::kWeekly);
  EXPECT_EQ(frequency_from("fortnightly"), std::nullopt);
  EXPECT_EQ(name_of(Frequency::kHourly), "hourly");
  EXPECT_EQ(default_season_length(Frequency::kMonthly), 12);
  EXPECT_EQ(default_season_length(Frequency::kDaily), 7);
}

}  // namespace
}  // namespace steppe
