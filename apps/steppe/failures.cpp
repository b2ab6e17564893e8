// SPDX-License-Identifier: Apache-2.0
#include "failures.hpp"

namespace steppe {
namespace {

// Failed series said on standard error; all of them stand in the outputs.
constexpr std::size_t kFailuresShown = 5;

Fault fault_of(const StepResult& step, const SeriesResult& series) {
  Fault fault;
  fault.code = series.error.fault;
  fault.kind = series.error.kind;
  fault.exit = ExitCode::kCompleteDegraded;
  fault.place.series =
      series.key.empty() ? step.series : display_key(series.key) + "/" + step.series;
  fault.place.step = step.id + (series.model.empty() ? "" : "[" + series.model + "]");
  fault.message = (series.error.where.empty() ? "" : series.error.where + ": ") +
                  series.error.message + "; status=" + name_of(series.error.kind);
  return fault;
}

}  // namespace

void say_failures(Session& session, const RunResult& result) {
  Faults shown;
  for (const StepResult& step : result.steps) {
    for (const SeriesResult& series : step.results) {
      if (series.status != SeriesStatus::kFailed || shown.size() == kFailuresShown) continue;
      shown.push_back(fault_of(step, series));
    }
  }
  session.say(shown);
  if (result.series_failed > shown.size()) {
    session.log().write(Severity::kError, "steppe",
                        std::to_string(result.series_failed - shown.size()) +
                            " more series failed; the outputs list all of them");
  }
}

}  // namespace steppe
