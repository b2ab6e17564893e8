// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything of a pipeline that is not a step: version, name, time, horizon, coverage, seed,
// limits, outputs.

#include <optional>

#include "pipeline/fields.hpp"
#include "pipeline/read_pipeline.hpp"

namespace steppe {

// Fills the members of `spec` that it reads; spec.folder must be set. The frequency is empty when
// it could not be read.
std::optional<Frequency> read_head(const Field& root, const PipelineLimits& limits,
                                   PipelineSpec& spec, FaultList& faults);

HorizonSpec read_horizon(const Field& field, std::optional<Frequency> frequency,
                         const PipelineLimits& limits, FaultList& faults);

// Paths relative to spec.folder; each only once, none the pipeline or an input.
void read_outputs(const Field& field, PipelineSpec& spec, FaultList& faults);

}  // namespace steppe
