// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simulation of driver_simulation.hpp for a regression whose rows are consecutive dates (tag
// ordered_rows): a date may depend on the dates before, so drivers are drawn as whole paths, with
// the correlations of driver_errors.hpp along the horizon, and each draw is one call of predict.
// The variance is split by date as for any regression that is not linear.

#include <string>
#include <vector>

#include "engine/driver_simulation.hpp"

namespace steppe {

// All dates ahead, in order. `request.fit` is asked; `request.linear` is not looked at.
Outcome<std::vector<SimulatedRow>> simulate_paths(const SimulationRequest& request,
                                                  const std::vector<UncertainRow>& rows);

// Why so many draws of so many dates are too many; empty when they are not.
std::string too_many_paths(std::size_t dates, std::size_t draws);

}  // namespace steppe
