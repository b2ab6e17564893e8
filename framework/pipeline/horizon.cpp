// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dates.hpp"
#include "pipeline/head.hpp"

namespace steppe {
namespace {

constexpr const char* kHorizonExpected =
    "{\"until\": 2021}, {\"steps\": 3} or a whole number of steps, at least 1";
constexpr const char* kStepsExpected = "a whole number of steps, at least 1";

std::int64_t read_steps_ahead(const Field& field, const char* expected,
                              const PipelineLimits& limits, FaultList& faults) {
  const auto steps = read_integer(field, expected, faults);
  if (!steps) return 0;
  if (*steps < 1) {
    faults.refuse(
        "N14", field.where(),
        shown(*field.value) + " steps ahead is nothing to forecast; expected " + kStepsExpected);
  } else if (*steps > limits.max_horizon) {
    faults.exceed("N14", field.where(),
                  shown(*field.value) + " steps ahead is more than the limit of " +
                      std::to_string(limits.max_horizon));
  }
  return *steps;
}

}  // namespace

HorizonSpec read_horizon(const Field& field, std::optional<Frequency> frequency,
                         const PipelineLimits& limits, FaultList& faults) {
  HorizonSpec horizon;
  horizon.place = faults.place(field.where());
  if (field.value->kind != JsonValue::Kind::kObject) {
    horizon.steps = read_steps_ahead(field, kHorizonExpected, limits, faults);
    return horizon;
  }
  refuse_unknown_keys(field, {"until", "steps"}, "of horizon", faults);
  const Field until = member(field, "until");
  const Field steps = member(field, "steps");
  if (until && steps) {
    faults.refuse("J11", field.where(), "horizon has both \"until\" and \"steps\"; remove one");
  } else if (!until && !steps) {
    faults.refuse(
        "J11", field.where(),
        std::string("horizon has neither \"until\" nor \"steps\"; expected ") + kHorizonExpected);
  }
  if (steps) horizon.steps = read_steps_ahead(steps, kStepsExpected, limits, faults);
  if (until) {
    horizon.place = faults.place(until.where());
    if (const auto date = read_date(until, frequency, faults)) {
      horizon.until = date->time;
      horizon.until_text = date->text;
    }
  }
  return horizon;
}

}  // namespace steppe
