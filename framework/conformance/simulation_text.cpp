// SPDX-License-Identifier: Apache-2.0
#include "conformance/simulation_text.hpp"

#include "core/number_text.hpp"

namespace steppe::conformance {

std::string percent(double share) { return significant_text(100 * share, 3) + " %"; }
std::string rounded(double value) { return significant_text(value, 4); }
std::string at_horizon(std::size_t h) { return "horizon " + std::to_string(h + 1) + ": "; }

std::string coverage_text(std::size_t inside, std::size_t count, const Limits& limits) {
  const double share = static_cast<double>(inside) / static_cast<double>(count);
  if (share >= limits.low && share <= limits.high) return {};
  return percent(limits.nominal) + " intervals hold " + percent(share) + " of " +
         std::to_string(count) + " values, not " + percent(limits.low) + " to " +
         percent(limits.high);
}

std::string process_text(Process process) {
  switch (process) {
    case Process::kAdditive:
      return " (data: the model's own curve and additive normal errors)";
    case Process::kMultiplicative:
      return " (data: the model's own curve times exp of normal errors)";
    case Process::kRandomWalk:
      return " (data: the path of the model's forecasts and a random walk)";
    case Process::kNone:
      break;
  }
  return {};
}

}  // namespace steppe::conformance
