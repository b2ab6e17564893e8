// SPDX-License-Identifier: Apache-2.0
#pragma once

// Judges a plugin file: probes it as the host does, then runs every case on every component it
// applies to, each in a child process with a time limit. Nothing of the plugin runs in this
// process.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "conformance/case.hpp"
#include "core/conformance.hpp"
#include "core/option_value.hpp"
#include "steppe/result.hpp"

namespace steppe::conformance {

struct SuiteRequest {
  std::string program = {};  // understands `--probe-plugin FILE` and `--conformance-case ...`
  std::string file = {};     // the plugin, as the user wrote it
  int level = kConformanceLevels;
  std::uint64_t seed = 1;
  std::vector<std::string> cases = {};  // ids; empty: all up to `level`
  std::string component = {};           // id; empty: all
  std::vector<std::pair<std::string, std::string>> options = {};
  int jobs = 2;           // children at a time
  int time_limit_ms = 0;  // of a case; 0: that of its level
};

// One case on one component; null for a case about the file.
struct PlannedCase {
  const Case* what;
  const ComponentDescription* component;
};

// What is to be run. Errors: an unknown case, component or option, a case that fits no component,
// each with what is known instead.
Result<std::vector<PlannedCase>, std::string> plan_cases(
    const SuiteRequest& request, std::span<const Case> cases,
    const std::vector<ComponentDescription>& components);

// Runs the plan. Errors are those of plan_cases, and a file that is not there; a refused file is a
// report with a refusal.
Result<ConformanceReport, std::string> run_suite(const SuiteRequest& request,
                                                 std::span<const Case> cases);

// Every case there is, in the order of levels.
const std::vector<Case>& all_cases();

int time_limit_of(Level level);

}  // namespace steppe::conformance
