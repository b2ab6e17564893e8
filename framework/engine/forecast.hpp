// SPDX-License-Identifier: Apache-2.0
#pragma once

// Forecasts from kept fits alone: no data is read, nothing is fitted. The same rows, bit for bit,
// as the run that kept them gives for the same horizon, as long as the components are the same.

#include <string>

#include "core/fault.hpp"
#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/run.hpp"

namespace steppe {

struct ForecastRequest {
  std::string model_file;  // as given, for messages
  std::string until;       // the last date wanted, as given
};

// Faults: F5 a component is not there; F6 it does not read fits of this form, or not with these
// options; F7 it saves no fits any more; F8, F9, F10 a last date that is not after the data, not on
// the calendar, or too far; cancelled (S1). Otherwise a result whose `exit` says how complete it
// is. A fit that cannot be read (F13) or a regressor without values (F12) fails its series.
Result<RunResult, Faults> forecast_saved(SavedModel model, const ForecastRequest& request,
                                         const EngineContext& context);

}  // namespace steppe
