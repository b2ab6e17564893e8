// SPDX-License-Identifier: Apache-2.0
#pragma once

// Dates in a pipeline: a whole number for a year, or ISO text; either must fit the frequency.

#include <optional>
#include <string>

#include "core/calendar.hpp"
#include "pipeline/fields.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

struct PipelineDate {
  CivilTime time;
  std::string text;
};

// Faults J11. Without a frequency (it was wrong itself) any date will do.
std::optional<PipelineDate> read_date(const Field& field, std::optional<Frequency> frequency,
                                      FaultList& faults);

// {"from": 2011, "to": "2019"}, at least one of them, from not after to.
RowsSpec read_rows(const Field& field, std::optional<Frequency> frequency, FaultList& faults);

}  // namespace steppe
