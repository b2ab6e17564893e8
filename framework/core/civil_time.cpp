// SPDX-License-Identifier: Apache-2.0
// Dates as text: reading what ISO 8601 allows and refusing the rest with a reason.

#include <array>
#include <chrono>
#include <optional>

#include "core/calendar.hpp"
#include "core/fault.hpp"

namespace steppe {
namespace {

constexpr std::array<const char*, 12> kMonthNames = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes text apart from the left; every read either consumes what it found or nothing.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

 private:
  std::string_view rest_;
};

Error refusal(std::string message) {
  return {ErrorKind::kInvalidData, std::move(message), "", "C22"};
}

Error not_a_date(std::string_view text) {
  Error error =
      refusal(quoted(text) +
              " is not a date; expected 2019, 2019-Q3, 2019-07, 2019-07-31 or 2019-07-31T14:00");
  if (text.find_first_of("0123456789") == std::string_view::npos && !text.empty()) {
    error.fault = "C18";  // printed tables end with a line of words
    error.message += "; a total or footnote below the table is left out with footer_rows";
  }
  return error;
}

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

bool exists(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in_month(year, month);
}

std::string iso_date(int year, int month, int day) {
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

// 01/02/2024, 31.12.2024: day and month first. Names the ISO dates it could stand for.
std::optional<Error> refuse_year_last(std::string_view text) {
  Scanner scanner(text);
  auto number = [&scanner] {
    const auto two = scanner.digits(2);
    return two ? two : scanner.digits(1);
  };
  const auto first = number();
  if (!first || !scanner.take("/.-")) return std::nullopt;
  const auto second = number();
  if (!second || !scanner.take("/.-")) return std::nullopt;
  const auto year = scanner.digits(4);
  if (!year || !scanner.done()) return std::nullopt;
  const bool day_first = exists(*year, *second, *first);
  const bool month_first = exists(*year, *first, *second);
  if (!day_first && !month_first) return std::nullopt;
  const std::string date =
      day_first ? iso_date(*year, *second, *first) : iso_date(*year, *first, *second);
  if (day_first && month_first && *first != *second) {
    return refusal(quoted(text) + " can mean " + date + " or " + iso_date(*year, *first, *second) +
                   "; write the year first");
  }
  return refusal(quoted(text) + " is not written year first; write " + date);
}

// What may follow a date or an hour: nothing, or Z. An offset from UTC is refused by name.
Result<CivilTime> finish(Scanner scanner, const CivilTime& time, std::string_view text) {
  scanner.take("Z");
  if (scanner.done()) return time;
  if (scanner.rest()[0] == '+' || scanner.rest()[0] == '-') {
    return refusal(quoted(text) + " has the offset " + quoted(scanner.rest()) +
                   " from UTC; convert all times to one zone and write them without an offset");
  }
  return not_a_date(text);
}

Result<CivilTime> read_time_of_day(Scanner scanner, CivilTime time, std::string_view text) {
  const auto hour = scanner.digits(2);
  if (!hour) return not_a_date(text);
  std::optional<int> minute = 0;
  std::optional<int> second = 0;
  if (scanner.take(":")) {
    minute = scanner.digits(2);
    if (scanner.take(":")) second = scanner.digits(2);
  }
  if (!minute || !second) return not_a_date(text);
  if (*second == 60) {
    return refusal(quoted(text) + " is a leap second; times have whole hours only");
  }
  if (*hour > 23 || *minute > 59 || *second > 59) {
    return refusal(quoted(text) +
                   " does not exist: hours go from 00 to 23, minutes and seconds "
                   "from 00 to 59");
  }
  if (*minute != 0 || *second != 0) {
    return refusal(quoted(text) + " is not a whole hour; the shortest step is hourly");
  }
  time.precision = CivilTime::Precision::kHour;
  time.hour = *hour;
  return finish(scanner, time, text);
}

Result<CivilTime> read_day(Scanner scanner, CivilTime time, std::string_view text) {
  const auto day = scanner.digits(2);
  if (!day) return not_a_date(text);
  const int last = days_in_month(time.year, time.month);
  if (*day < 1 || *day > last) {
    return refusal(quoted(text) +
                   " does not exist: " + kMonthNames.at(static_cast<std::size_t>(time.month - 1)) +
                   " " + std::to_string(time.year) + " has " + std::to_string(last) + " days");
  }
  time.precision = CivilTime::Precision::kDay;
  time.day = *day;
  if (scanner.take("T ")) return read_time_of_day(scanner, time, text);
  return finish(scanner, time, text);
}

Result<CivilTime> read_quarter(Scanner scanner, CivilTime time, std::string_view text) {
  const auto quarter = scanner.digits(1);
  if (!quarter) return not_a_date(text);
  if (*quarter < 1 || *quarter > 4) {
    return refusal(quoted(text) + " does not exist: quarters go from Q1 to Q4");
  }
  time.precision = CivilTime::Precision::kQuarter;
  time.month = (*quarter - 1) * 3 + 1;
  return finish(scanner, time, text);
}

Result<CivilTime> read_after_year(Scanner scanner, CivilTime time, std::string_view text) {
  if (scanner.take("W")) {
    return refusal(quoted(text) +
                   " is an ISO week, which is not supported; write the date of the "
                   "week's first day");
  }
  if (scanner.take("Q")) return read_quarter(scanner, time, text);
  const auto month = scanner.digits(2);
  if (!month) return not_a_date(text);
  if (*month < 1 || *month > 12) {
    return refusal(quoted(text) + " does not exist: months go from 01 to 12");
  }
  time.precision = CivilTime::Precision::kMonth;
  time.month = *month;
  if (scanner.take("-")) return read_day(scanner, time, text);
  return finish(scanner, time, text);
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays.at(static_cast<std::size_t>(month - 1)) + (month == 2 && leap ? 1 : 0);
}

Result<CivilTime> parse_civil_time(std::string_view text) {
  Scanner scanner(text);
  const auto year = scanner.digits(4);
  if (!year || (!scanner.done() && is_digit(scanner.rest()[0]))) {
    auto year_last = refuse_year_last(text);
    return year_last ? *std::move(year_last) : not_a_date(text);
  }
  if (*year == 0) return refusal(quoted(text) + ": there is no year 0; years go from 1 to 9999");
  CivilTime time;
  time.year = *year;
  if (scanner.take("Q")) return read_quarter(scanner, time, text);
  if (scanner.take("-")) return read_after_year(scanner, time, text);
  return finish(scanner, time, text);
}

Result<CivilTime> civil_time_from_days(std::int64_t days) {
  constexpr std::int64_t kFirst = -719162;  // 0001-01-01
  constexpr std::int64_t kLast = 2932896;   // 9999-12-31
  if (days < kFirst || days > kLast) {
    return refusal("day " + std::to_string(days) +
                   " counted from 1970-01-01 lies outside the years 1 to 9999");
  }
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  return CivilTime{CivilTime::Precision::kDay, static_cast<int>(date.year()),
                   static_cast<int>(static_cast<unsigned>(date.month())),
                   static_cast<int>(static_cast<unsigned>(date.day())), 0};
}

std::string text_of(const CivilTime& time) {
  const std::string year = padded(time.year, 4);
  switch (time.precision) {
    case CivilTime::Precision::kYear:
      return year;
    case CivilTime::Precision::kQuarter:
      return year + "-Q" + std::to_string((time.month - 1) / 3 + 1);
    case CivilTime::Precision::kMonth:
      return year + "-" + padded(time.month, 2);
    case CivilTime::Precision::kDay:
      return iso_date(time.year, time.month, time.day);
    case CivilTime::Precision::kHour:
      return iso_date(time.year, time.month, time.day) + "T" + padded(time.hour, 2) + ":00";
  }
  return year;
}

}  // namespace steppe
