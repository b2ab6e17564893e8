// SPDX-License-Identifier: Apache-2.0
#pragma once

// The components that the fits of a model file need, made with the options they were made with.

#include <optional>
#include <vector>

#include "core/fault.hpp"
#include "core/saved_model.hpp"
#include "engine/components.hpp"
#include "engine/forecast.hpp"

namespace steppe {

// The models of a step, parallel to SavedStep::components; empty where no fit needs one.
struct SavedStepModels {
  std::vector<std::optional<TrendModel>> trends;
  std::vector<std::optional<RegressionModel>> regressions;
};

struct SavedModels {
  std::vector<SavedStepModels> steps;  // parallel to SavedModel::steps
  Faults faults;                       // F5, F6, F7, and those of loading
  std::vector<Warning> warnings;       // a component has another version than it had
};

SavedModels open_saved_components(const SavedModel& model, const ForecastRequest& request,
                                  const EngineContext& context, Components& components);

}  // namespace steppe
