// SPDX-License-Identifier: Apache-2.0
#pragma once

// The child's side of one case: `steppe --conformance-case FILE CASE COMPONENT SEED
// [NAME=VALUE...]` with "-" for a case about the file. Lent its descriptors by a parent it writes
// its verdict to a channel that the plugin does not know; started by hand, in a debugger, it prints
// it.

#include <span>
#include <string>
#include <vector>

#include "conformance/case.hpp"

namespace steppe::conformance {

inline constexpr const char* kCaseArgument = "--conformance-case";
inline constexpr const char* kCaseVariable = "STEPPE_CONFORMANCE_CASE";
inline constexpr int kCaseChannelDescriptor = 3;
inline constexpr int kCasePluginDescriptor = 4;

// `arguments`: all behind --conformance-case. Ends the process without exit handlers once a plugin
// was loaded; returns the exit code otherwise.
int run_case_in_child(const std::vector<std::string>& arguments, std::span<const Case> cases);

}  // namespace steppe::conformance
