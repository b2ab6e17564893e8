// SPDX-License-Identifier: Apache-2.0
#include "engine/forecast_horizon.hpp"

#include <optional>

#include "engine/settings.hpp"

namespace steppe {
namespace {

Fault usage(const char* code, const std::string& message) {
  return {code, ErrorKind::kInvalidConfig, ExitCode::kUsage, {}, "--until: " + message};
}

Fault too_far(const std::string& end, std::int64_t steps, const std::string& last) {
  return {"F10",
          ErrorKind::kResourceLimit,
          ExitCode::kResourceLimit,
          {},
          "--until: " + end + " is " + std::to_string(steps) + " steps after " + last +
              "; at most " + std::to_string(kMostSteps) + " are allowed"};
}

// The date on the calendar of a step; a step without fits needs none.
Outcome<std::int64_t> end_of(const SavedStep& step, const CivilTime& until,
                             const std::string& example) {
  const Calendar& calendar = step.declared.calendar;
  const auto fitting = calendar_from(until, calendar.frequency);
  const auto ordinal = ordinal_of(until, calendar);
  if (fitting && ordinal) return *ordinal;
  return usage("F9", (fitting ? ordinal.error() : fitting.error()).message +
                         "; write the date as the data do: " + example);
}

}  // namespace

Outcome<SavedHorizon> saved_horizon(const SavedModel& model, const std::string& until) {
  const Result<CivilTime> time = parse_civil_time(until);
  if (!time) return usage("F9", time.error().message);
  SavedHorizon out;
  out.horizon.until = *time;
  out.horizon.until_text = until;
  std::optional<std::int64_t> earliest;
  std::optional<std::int64_t> latest;
  bool ahead = false;
  for (const SavedStep& step : model.steps) {
    const Calendar& calendar = step.declared.calendar;
    for (const SavedSeries& series : step.series) {
      if (series.fit == nullptr) continue;
      const std::int64_t last = series.fit->last;
      const auto end = end_of(step, *time, label_of(last, calendar));
      if (!end) return end.error();
      if (*end - last > kMostSteps) {
        return too_far(label_of(*end, calendar), *end - last, label_of(last, calendar));
      }
      ahead = ahead || *end > last;
      if (!earliest || last < *earliest) out.first_end = label_of(last, calendar);
      if (!latest || last > *latest) out.last_end = label_of(last, calendar);
      earliest = std::min(earliest.value_or(last), last);
      latest = std::max(latest.value_or(last), last);
    }
  }
  if (!latest || ahead) return out;
  return usage("F8", until + " is not after the data; the model is fitted on data up to " +
                         out.last_end + ", give a later date");
}

}  // namespace steppe
