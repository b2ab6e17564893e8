// SPDX-License-Identifier: Apache-2.0
#pragma once

// The steps as a graph by reference: does each reference lead somewhere, to something that fits,
// and never in a circle (J12, J13).

#include <cstddef>
#include <vector>

#include "pipeline/fault_list.hpp"
#include "pipeline/steps.hpp"

namespace steppe {

// Reports dangling references, references of a step to itself, cycles (once each, in full) and
// outputs that do not fit the input they are used for.
void check_graph(const std::vector<StepDraft>& steps, FaultList& faults);

// Indices of the steps, each after those it refers to; ties in the order of the file. Only for
// steps that check_graph found nothing wrong with.
std::vector<std::size_t> topological_order(const std::vector<StepDraft>& steps);

}  // namespace steppe
