// SPDX-License-Identifier: Apache-2.0
#pragma once

// Does what one step gives fit what another takes from it (J13)? Both are named.

#include <cstddef>
#include <vector>

#include "pipeline/fault_list.hpp"
#include "pipeline/steps.hpp"

namespace steppe {

void check_fit(const StepDraft& user, const StepReference& reference, const StepDraft& used,
               FaultList& faults);

// The target of the regression steps[index] among its own regressors would explain itself.
void check_regressors(const std::vector<StepDraft>& steps, std::size_t index, FaultList& faults);

// Do the drivers that the scenarios steps[index] change belong to their regression, and do their
// paths have its keys?
void check_scenarios(const std::vector<StepDraft>& steps, std::size_t index, FaultList& faults);

}  // namespace steppe
