// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "core/fault.hpp"

namespace steppe {
namespace {

using Precision = CivilTime::Precision;

struct FrequencyEntry {
  std::string_view name;
  int season_length;
  Precision coarsest;  // the least precise date that tells two steps apart
};

constexpr std::array<FrequencyEntry, 6> kFrequencies = {{
    {"yearly", 1, Precision::kYear},
    {"quarterly", 4, Precision::kQuarter},
    {"monthly", 12, Precision::kMonth},
    {"weekly", 52, Precision::kDay},
    {"daily", 7, Precision::kDay},
    {"hourly", 24, Precision::kHour},
}};

constexpr std::array<std::string_view, 7> kWeekdays = {"Thursday", "Friday",  "Saturday", "Sunday",
                                                       "Monday",   "Tuesday", "Wednesday"};

const FrequencyEntry& entry_of(Frequency frequency) {
  return kFrequencies.at(static_cast<std::size_t>(frequency));
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::int64_t days_of(const CivilTime& time) {
  const std::chrono::year_month_day date{std::chrono::year(time.year),
                                         std::chrono::month(static_cast<unsigned>(time.month)),
                                         std::chrono::day(static_cast<unsigned>(time.day))};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

Error date_refusal(std::string message) {
  return {ErrorKind::kInvalidData, std::move(message), "", "C22"};
}

// The date without a midnight that the frequency has no use for.
CivilTime without_midnight(CivilTime time, Frequency frequency) {
  if (frequency != Frequency::kHourly && time.precision == Precision::kHour && time.hour == 0) {
    time.precision = Precision::kDay;
  }
  return time;
}

// The day a calendar asks for in a month: the 31st stands for the last day.
int day_in(const Calendar& calendar, int year, int month) {
  return std::min(calendar.day, days_in_month(year, month));
}

// Month of a yearly or quarterly date: which of the year's, or of the quarter's, months.
int month_position(const CivilTime& time, Frequency frequency) {
  return frequency == Frequency::kQuarterly ? (time.month - 1) % 3 + 1 : time.month;
}

Error off_grid(const CivilTime& time, const Calendar& calendar, const std::string& expected) {
  return date_refusal(text_of(time) + " is not on the " + std::string(name_of(calendar.frequency)) +
                      " grid of this column; expected " + expected);
}

// Checks month and day of a date in a yearly, quarterly or monthly column.
Result<void> check_month_and_day(const CivilTime& time, const Calendar& calendar) {
  CivilTime expected = time;
  if (calendar.frequency == Frequency::kYearly) expected.month = calendar.month;
  if (calendar.frequency == Frequency::kQuarterly && calendar.precision != Precision::kQuarter) {
    expected.month = time.month - month_position(time, calendar.frequency) + calendar.month;
  }
  if (calendar.precision == Precision::kDay) {
    expected.day = day_in(calendar, expected.year, expected.month);
  }
  if (expected == time) return {};
  return off_grid(time, calendar, text_of(expected));
}

std::int64_t unchecked_ordinal(const CivilTime& time, const Calendar& calendar) {
  switch (calendar.frequency) {
    case Frequency::kYearly:
      return time.year;
    case Frequency::kQuarterly:
      return std::int64_t{time.year} * 4 + (time.month - 1) / 3;
    case Frequency::kMonthly:
      return std::int64_t{time.year} * 12 + time.month - 1;
    case Frequency::kWeekly:
      return floor_divide(days_of(time) - calendar.weekday_offset, 7);
    case Frequency::kDaily:
      return days_of(time);
    case Frequency::kHourly:
      return days_of(time) * 24 + time.hour;
  }
  return 0;
}

CivilTime civil_of_days(std::int64_t days, Precision precision) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  return {precision, static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())), 0};
}

CivilTime civil_of_month(std::int64_t year, int month, const Calendar& calendar) {
  CivilTime time{calendar.precision, static_cast<int>(year), month, 1, 0};
  if (calendar.precision == Precision::kDay) time.day = day_in(calendar, time.year, month);
  return time;
}

}  // namespace

std::string_view name_of(Frequency frequency) { return entry_of(frequency).name; }

std::optional<Frequency> frequency_from(std::string_view name) {
  for (std::size_t i = 0; i < kFrequencies.size(); ++i) {
    if (kFrequencies[i].name == name) return static_cast<Frequency>(i);
  }
  return std::nullopt;
}

int default_season_length(Frequency frequency) { return entry_of(frequency).season_length; }

Result<Calendar> calendar_from(const CivilTime& first, Frequency frequency) {
  const CivilTime time = without_midnight(first, frequency);
  const std::string name(name_of(frequency));
  if (time.precision < entry_of(frequency).coarsest) {
    return date_refusal(text_of(time) + " is too coarse for " + name + " data");
  }
  if (frequency != Frequency::kHourly && time.precision == Precision::kHour) {
    return date_refusal(text_of(time) + " has a time of day, but the data are " + name);
  }
  Calendar calendar;
  calendar.frequency = frequency;
  calendar.precision = time.precision;
  if (frequency == Frequency::kWeekly) {
    const std::int64_t days = days_of(time);
    calendar.weekday_offset = static_cast<int>(days - floor_divide(days, 7) * 7);
  }
  if (frequency > Frequency::kMonthly) return calendar;
  if (frequency != Frequency::kMonthly) calendar.month = month_position(time, frequency);
  if (time.precision == Precision::kDay) {
    const bool month_end = time.day == days_in_month(time.year, time.month);
    calendar.day = month_end ? 31 : time.day;
  }
  return calendar;
}

Result<std::int64_t> ordinal_of(const CivilTime& given, const Calendar& calendar) {
  const CivilTime time = without_midnight(given, calendar.frequency);
  if (time.precision != calendar.precision) {
    return date_refusal(text_of(time) +
                        " is written differently from the other dates of this column, " +
                        "such as " + label_of(unchecked_ordinal(time, calendar), calendar));
  }
  if (calendar.frequency <= Frequency::kMonthly) {
    const Result<void> checked = check_month_and_day(time, calendar);
    if (!checked) return checked.error();
  }
  const std::int64_t ordinal = unchecked_ordinal(time, calendar);
  if (calendar.frequency == Frequency::kWeekly &&
      days_of(time) != ordinal * 7 + calendar.weekday_offset) {
    const auto weekday = static_cast<std::size_t>(calendar.weekday_offset);
    return off_grid(time, calendar, "a " + std::string(kWeekdays.at(weekday)));
  }
  return ordinal;
}

std::string label_of(std::int64_t ordinal, const Calendar& calendar) {
  switch (calendar.frequency) {
    case Frequency::kYearly:
      return text_of(civil_of_month(ordinal, calendar.month, calendar));
    case Frequency::kQuarterly: {
      const std::int64_t year = floor_divide(ordinal, 4);
      const auto quarter = static_cast<int>(ordinal - year * 4);
      return text_of(civil_of_month(year, quarter * 3 + calendar.month, calendar));
    }
    case Frequency::kMonthly: {
      const std::int64_t year = floor_divide(ordinal, 12);
      return text_of(civil_of_month(year, static_cast<int>(ordinal - year * 12) + 1, calendar));
    }
    case Frequency::kWeekly:
      return text_of(civil_of_days(ordinal * 7 + calendar.weekday_offset, Precision::kDay));
    case Frequency::kDaily:
      return text_of(civil_of_days(ordinal, Precision::kDay));
    case Frequency::kHourly: {
      const std::int64_t days = floor_divide(ordinal, 24);
      CivilTime time = civil_of_days(days, Precision::kHour);
      time.hour = static_cast<int>(ordinal - days * 24);
      return text_of(time);
    }
  }
  return {};
}

}  // namespace steppe
