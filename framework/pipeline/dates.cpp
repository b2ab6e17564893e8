// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dates.hpp"

#include <tuple>

namespace steppe {
namespace {

using Precision = CivilTime::Precision;

constexpr const char* kDateExpected = "a year such as 2019 or a date such as \"2019-07\"";

std::optional<std::string> date_text(const Field& field, FaultList& faults) {
  if (field.value->kind == JsonValue::Kind::kString) {
    return read_text(field, kDateExpected, faults);
  }
  const auto year = read_integer(field, kDateExpected, faults);
  if (!year) return std::nullopt;
  constexpr std::int64_t kLastYear = 9999;
  if (*year < 1 || *year > kLastYear) {
    faults.refuse("J5", field.where(),
                  shown(*field.value) + " is not a year from 1 to 9999; expected " + kDateExpected);
    return std::nullopt;
  }
  std::string text = std::to_string(*year);
  return std::string(4 - text.size(), '0') + text;
}

// The last moment that a date of this precision covers, comparable with the first of another.
auto last_of(const CivilTime& time) {
  const bool year = time.precision == Precision::kYear;
  const bool quarter = time.precision == Precision::kQuarter;
  const int month = year ? 12 : quarter ? time.month + 2 : time.month;
  const int day = time.precision < Precision::kDay ? 31 : time.day;
  const int hour = time.precision < Precision::kHour ? 23 : time.hour;
  return std::tuple(time.year, month, day, hour);
}

auto first_of(const CivilTime& time) {
  return std::tuple(time.year, time.month, time.day, time.hour);
}

}  // namespace

std::optional<PipelineDate> read_date(const Field& field, std::optional<Frequency> frequency,
                                      FaultList& faults) {
  const auto text = date_text(field, faults);
  if (!text) return std::nullopt;
  const Result<CivilTime> time = parse_civil_time(*text);
  if (!time) {
    faults.refuse("J11", field.where(), time.error().message);
    return std::nullopt;
  }
  if (frequency) {
    const Result<Calendar> calendar = calendar_from(*time, *frequency);
    if (!calendar) {
      faults.refuse("J11", field.where(),
                    calendar.error().message + "; write the date as the time column does");
      return std::nullopt;
    }
  }
  return PipelineDate{*time, *text};
}

RowsSpec read_span(const Field& object, std::optional<Frequency> frequency, const char* left,
                   FaultList& faults) {
  RowsSpec span;
  const Field from = member(object, "from");
  const Field to = member(object, "to");
  if (from) {
    if (const auto date = read_date(from, frequency, faults)) span.from = date->time;
  }
  if (to) {
    if (const auto date = read_date(to, frequency, faults)) span.to = date->time;
  }
  if (span.from && span.to && first_of(*span.from) > last_of(*span.to)) {
    faults.refuse("J11", object.where(),
                  "from " + shown(*from.value) + " is after to " + shown(*to.value) + "; " + left +
                      " would be left");
  }
  return span;
}

RowsSpec read_rows(const Field& field, std::optional<Frequency> frequency, FaultList& faults) {
  if (!field || !is_object(field, "an object such as {\"from\": 2011}", faults)) return {};
  refuse_unknown_keys(field, {"from", "to"}, "of rows", faults);
  if (!member(field, "from") && !member(field, "to")) {
    faults.refuse("J11", field.where(), "missing key \"from\" or \"to\"; expected one or both");
  }
  return read_span(field, frequency, "no rows", faults);
}

}  // namespace steppe
