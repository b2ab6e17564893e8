// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a child tells its parent what a case found, and how the parent reads it when the child did
// not live to tell.

#include <string>
#include <string_view>

#include "conformance/case.hpp"
#include "core/conformance.hpp"
#include "plugin_host/child_process.hpp"

namespace steppe::conformance {

// What the child was doing; written to the channel as each begins.
enum class ChildPhase { kStart, kLoad, kCase };

// One line or two for the channel.
std::string phase_line(ChildPhase phase);
std::string verdict_lines(const Verdict& verdict);

// Fills outcome, rule, text and output of the record, whose other fields are set.
void judge_child(const ChildResult& child, int limit_ms, CaseRecord& record);

// How sanitizers end a child, so that it can be told from exit() by the plugin.
inline constexpr int kSanitizerExit = 86;

}  // namespace steppe::conformance
