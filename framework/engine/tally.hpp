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

// Counts the series of all steps by status and sets `exit`: complete; degraded; 9 when the share of
// failed series is above max_failed (default: none for single series, 1 % for panels), 6 instead
// when a plugin's fault is among the reasons.
void tally(const PipelineSpec& spec, RunResult& result);

}  // namespace steppe
