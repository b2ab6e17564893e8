// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/rules.hpp"

#include <algorithm>

namespace steppe {

namespace {

struct FaultRule {
  std::string_view fault;
  std::string_view rule;
};

// B3 and N19 are not here: the rule is the broken table's or the broken result's.
constexpr FaultRule kRules[] = {
    {"B1", "R1"},    // no library, of another machine, cut
    {"B2", "R2"},    // no entry
    {"B4", "R5"},    // revisions that do not meet
    {"B5", "R1"},    // an unresolved symbol
    {"B6", "R1"},    // a library that is not there
    {"B7", "R4"},    // crashes or hangs when loaded
    {"B8", "R8"},    // an id served twice
    {"P5", "R4"},    // ends the process when loaded
    {"P8", "R16"},   // an exception crosses the border
    {"P9", "R20"},   // floating-point state or locale
    {"P12", "R12"},  // writes past a buffer
    {"P18", "R12"},  // leaves cells unwritten
    {"F14", "R45"},  // a saved fit predicts otherwise
};

}  // namespace

std::string_view rule_of_fault(std::string_view fault) {
  const auto* const found = std::ranges::find(kRules, fault, &FaultRule::fault);
  return found == std::end(kRules) ? std::string_view() : found->rule;
}

std::string rule_or_default(std::string_view rule, std::string_view fault) {
  return std::string(rule.empty() ? rule_of_fault(fault) : rule);
}

std::string with_rule(std::string text, std::string_view rule) {
  if (!rule.empty()) text += " (rule " + std::string(rule) + ")";
  return text;
}

}  // namespace steppe
