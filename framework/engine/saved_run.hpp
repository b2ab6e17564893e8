// SPDX-License-Identifier: Apache-2.0
#pragma once

// A finished run as a model file keeps it.

#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

// What stands above the steps.
SavedModel saved_head(const RunResult& result);

// The fits of a step with what became of its series. `declared` is the step without results.
SavedStep saved_step(SavedStep kept, const StepSpec& spec, StepResult declared,
                     const StepResult& results);

}  // namespace steppe
