// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every step of a run needs to know.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "pipeline/spec.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe {

struct EngineSettings {
  std::vector<double> coverage;       // increasing
  std::vector<double> probabilities;  // increasing: lower ends, widest first, then upper ends
  HorizonSpec horizon;
  bool details = true;  // keep every candidate's report and the in-sample values
  std::uint64_t seed = 0;

  // Row of `probabilities` that holds the lower or upper end of coverage[c].
  std::size_t lower_row(std::size_t c) const { return coverage.size() - 1 - c; }
  std::size_t upper_row(std::size_t c) const { return coverage.size() + c; }
};

inline std::vector<double> interval_probabilities(const std::vector<double>& coverage) {
  std::vector<double> out;
  for (auto c = coverage.rbegin(); c != coverage.rend(); ++c) out.push_back((1 - *c) / 2);
  for (double c : coverage) out.push_back(1 - (1 - c) / 2);
  return out;
}

// The longest horizon, in steps; pipelines that name steps are held to the same number.
constexpr std::int64_t kMostSteps = 100'000;

// Steps from the last observation to the end of the horizon; an error when there is none, or when
// the horizon is too long to be meant (N14).
inline Result<std::int64_t> steps_ahead(const HorizonSpec& horizon, std::int64_t last,
                                        const Calendar& calendar) {
  if (!horizon.until) return horizon.steps;
  const Result<std::int64_t> until = ordinal_of(*horizon.until, calendar);
  if (!until) return until.error();
  if (*until - last > kMostSteps) {
    return Error{ErrorKind::kResourceLimit,
                 "the horizon is " + std::to_string(*until - last) + " steps after " +
                     label_of(last, calendar) + "; at most " + std::to_string(kMostSteps) +
                     " are allowed",
                 "", "N14"};
  }
  if (*until > last) return *until - last;
  return Error{ErrorKind::kInvalidData, "the series already reaches " + label_of(last, calendar) +
                                            ", the horizon ends at " + label_of(*until, calendar) +
                                            "; give a later date in horizon.until"};
}

}  // namespace steppe
