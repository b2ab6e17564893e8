// SPDX-License-Identifier: Apache-2.0
#pragma once

// One case of the conformance suite: a rule of the plugin contract, tried on one component of one
// plugin. Cases run in a process of their own (runner.hpp), so a case may crash, hang or leave the
// process in any state; it must not depend on another case.
//
// A case talks to the plugin through the C tables and not through the host's adapters: the adapters
// repair and refuse what a case wants to see. What a case needs more than once (series, blocks,
// guarded buffers, a counting host) is in harness.hpp.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "steppe/abi/abi.h"

namespace steppe::conformance {

enum class Level { kLoad = 1, kMemory = 2, kSemantics = 3, kStatistics = 4, kService = 5 };

// What a case is about. kPlugin: the file, once. The others: each component of that kind.
enum class Subject { kPlugin, kComponent, kTrendModel, kRegression, kDataSource };

enum class Outcome {
  kPassed,
  kFailed,
  kSkipped,  // does not apply: the text says why ("claims no intervals")
};

struct Verdict {
  Outcome outcome = Outcome::kPassed;
  std::string text;       // failed: what was seen and what the rule asks, one line; skipped: why
  std::string rule = {};  // that was broken beside the case's own: "R16"

  static Verdict passed() { return {}; }
  static Verdict failed(std::string text) { return {Outcome::kFailed, std::move(text)}; }
  static Verdict skipped(std::string text) { return {Outcome::kSkipped, std::move(text)}; }
};

struct CaseContext {
  std::string path;                             // of the plugin file
  int descriptor = -1;                          // the same, open: what is loaded
  const steppe_plugin* plugin = nullptr;        // null for cases of kLoad that load it themselves
  const steppe_component* component = nullptr;  // null for kPlugin
  // Options given by the user, for components whose table asks for some: {"path", "data.csv"}.
  std::vector<std::pair<std::string, std::string>> options;
  std::uint64_t seed = 1;  // everything random in a case comes from it
};

struct Case {
  const char* id;  // "semantics.block_is_one_by_one": level, dot, name; stable
  Level level;
  Subject subject;
  const char* rule;   // number in docs/sdk-rules.md: "R12"
  const char* title;  // one sentence: "A block gives the same bits as its series one by one"
  // The tags or capabilities that the case proves when it passes, a blank between, or null:
  // "intervals". A claim is proven by any case that passes, refuted by any that fails.
  const char* proves;
  Verdict (*run)(const CaseContext& context);
};

// The cases, a file or two each; in the order in which they are listed and run.
std::span<const Case> load_cases();
std::span<const Case> memory_cases();
std::span<const Case> trend_semantics_cases();
std::span<const Case> regression_semantics_cases();
std::span<const Case> trend_statistics_cases();
std::span<const Case> regression_statistics_cases();
std::span<const Case> service_cases();
std::span<const Case> source_cases();
std::span<const Case> extra_cases();

}  // namespace steppe::conformance
