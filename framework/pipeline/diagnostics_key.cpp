// SPDX-License-Identifier: Apache-2.0
// The key "diagnostics" of a regression step: tests on request.

#include "pipeline/dates.hpp"
#include "pipeline/steps.hpp"

namespace steppe {

DiagnosticsSpec read_diagnostics(const Field& field, const StepContext& context) {
  DiagnosticsSpec out;
  FaultList& faults = context.faults;
  if (!field) return out;
  if (!is_object(field, "an object such as {\"chow\": 2015, \"cusum\": true}", faults)) return out;
  refuse_unknown_keys(field, {"chow", "cusum", "breusch_godfrey_order"}, "of diagnostics", faults);
  if (const Field date = member(field, "chow")) {
    if (const auto read = read_date(date, context.frequency, faults)) out.chow = read->time;
  }
  if (const Field cusum = member(field, "cusum")) {
    out.cusum = read_truth(cusum, "true or false", faults).value_or(false);
  }
  if (const Field order = member(field, "breusch_godfrey_order")) {
    constexpr const char* kExpected = "a number of lags from 1 to 1000";
    const auto read = read_integer(order, kExpected, faults);
    if (read && (*read < 1 || *read > 1000)) {
      faults.refuse("J5", order.where(),
                    shown(*order.value) + " is out of range; expected " + std::string(kExpected));
    } else if (read) {
      out.breusch_godfrey_order = *read;
    }
  }
  return out;
}

}  // namespace steppe
