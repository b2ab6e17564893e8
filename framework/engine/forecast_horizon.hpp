// SPDX-License-Identifier: Apache-2.0
#pragma once

// The last date of a forecast from a model file, held against the data that the fits have seen.

#include <string>

#include "core/fault.hpp"
#include "core/saved_model.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

struct SavedHorizon {
  HorizonSpec horizon;
  // Dates with which the data of the fits end, the earliest and the latest; empty without fits.
  std::string first_end;
  std::string last_end;
};

// Faults, exit code 2: F9 not a date of the model's calendars; F8 at or before the end of all data.
// F10, exit code 11: too many steps ahead of a fit.
Outcome<SavedHorizon> saved_horizon(const SavedModel& model, const std::string& until);

}  // namespace steppe
