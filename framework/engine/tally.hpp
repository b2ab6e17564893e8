// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bookkeeping of a run: what was read, what each step is, how many series came through and what
// that makes of the exit code.

#include "core/results.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

SourceRecord source_record(const SourceStep& step, const Panel& panel);

// The result of a step before its series are filled in.
StepResult declared_step(const PipelineSpec& spec, std::size_t index,
                         const std::vector<Panel>& panels);

// The share of failed series that the pipeline allows: max_failed, or none for single series and
// 1 % for panels.
double share_allowed(const PipelineSpec& spec, const RunResult& result);

// Counts the series of all steps by status and sets `exit`: complete; degraded; 9 when the share of
// failed series is above `allowed`, 6 instead when a plugin's fault is among the reasons.
void tally(double allowed, RunResult& result);

}  // namespace steppe
