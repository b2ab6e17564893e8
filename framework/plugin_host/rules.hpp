// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which numbered rule of the contract (docs/sdk-rules.md) a fault of a plugin breaks, and how a
// message says so. A fault that can break several rules has its own where it is made.

#include <string>
#include <string_view>

namespace steppe {

// "R16" for "P8"; empty for faults that are no plugin's (a changed file) or break several rules.
std::string_view rule_of_fault(std::string_view fault);

// The rule given, else the one of the fault.
std::string rule_or_default(std::string_view rule, std::string_view fault);

// "fit returned the status -3 (rule R27)"; the text alone when there is no rule.
std::string with_rule(std::string text, std::string_view rule);

}  // namespace steppe
