// SPDX-License-Identifier: Apache-2.0
#pragma once

// Dates as forecasting needs them: points on a regular calendar grid, counted by integers.
//
// A calendar is a frequency and the way its dates are written. An *ordinal* is the index of a date
// on that grid: the year itself for yearly, year * 4 + quarter - 1 for quarterly, year * 12 +
// month - 1 for monthly, days since 1970-01-01 for daily, that divided by 7 for weekly, hours since
// 1970-01-01T00 for hourly. Consecutive dates have consecutive ordinals, so gaps, duplicates and
// horizons are integer arithmetic. Proleptic Gregorian calendar, years 1 to 9999, no time zones: an
// hourly grid has no summer time (an hour that occurs twice is a duplicate).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "steppe/result.hpp"

namespace steppe {

enum class Frequency { kYearly, kQuarterly, kMonthly, kWeekly, kDaily, kHourly };

// "yearly", ... : the pipeline's words.
std::string_view name_of(Frequency frequency);
std::optional<Frequency> frequency_from(std::string_view name);

// Observations in the natural cycle of a frequency: 1, 4, 12, 52, 7, 24.
int default_season_length(Frequency frequency);

// A date as read from a cell, before the frequency is applied.
struct CivilTime {
  enum class Precision { kYear, kQuarter, kMonth, kDay, kHour };
  Precision precision = Precision::kYear;
  int year = 0;
  int month = 1;  // 1..12; first month of the quarter
  int day = 1;
  int hour = 0;
  bool operator==(const CivilTime&) const = default;
};

// Reads "2019", "2019-Q3", "2019Q3", "2019-07", "2019-07-31", "2019-07-31T14", "2019-07-31T14:00",
// "2019-07-31 14:00:00", each optionally followed by Z. Anything else is refused (fault C22): other
// orders such as 01/02/2024, dates that do not exist, years outside 1..9999, minutes or seconds
// that are not zero, offsets from UTC.
Result<CivilTime> parse_civil_time(std::string_view text);

// The day so many days after 1970-01-01, for date32 and timestamps. Years outside 1..9999 are
// refused.
Result<CivilTime> civil_time_from_days(std::int64_t days);

int days_in_month(int year, int month);

// ISO 8601 at its precision: "2019", "2019-Q3", "2019-07", "2019-07-31", "2019-07-31T14:00".
std::string text_of(const CivilTime& time);

// Frequency and label style of a time column.
struct Calendar {
  Frequency frequency = Frequency::kYearly;
  CivilTime::Precision precision = CivilTime::Precision::kYear;  // how labels are written
  int month = 1;           // yearly and quarterly dates written with month or day: which ones
  int day = 1;             // the day of the month; 31 stands for the last day of the month
  int weekday_offset = 0;  // weekly: days since 1970-01-01 modulo 7
  bool operator==(const Calendar&) const = default;
};

// The calendar that a column's first date implies at a frequency; refused when the date is too
// coarse (a year in a monthly column) or has a time of day that the frequency has no use for
// (midnight is dropped). The last day of a month stands for the end of every month.
Result<Calendar> calendar_from(const CivilTime& first, Frequency frequency);

// Position on the grid; refused when the date is off it: yearly 2019-12-31 then 2020-06-30, another
// weekday in a weekly column, another day of the month in a monthly one.
Result<std::int64_t> ordinal_of(const CivilTime& time, const Calendar& calendar);

// How the date at an ordinal is written, in the style of the input column: "2021", "2021-12-31".
// Years after 9999, which only a forecast can reach, are written with as many digits as they need.
std::string label_of(std::int64_t ordinal, const Calendar& calendar);

}  // namespace steppe
