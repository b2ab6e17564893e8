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

// The members "from" and "to" of an object, from not after to; `left` is what a message says would
// be left otherwise: "no rows".
RowsSpec read_span(const Field& object, std::optional<Frequency> frequency, const char* left,
                   FaultList& faults);

// {"from": 2011, "to": "2019"}, at least one of them, from not after to.
RowsSpec read_rows(const Field& field, std::optional<Frequency> frequency, FaultList& faults);

}  // namespace steppe
