// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the conformance suite found out about one plugin file: made by `conformance`, written by
// `report`. Texts of the plugin are raw; who shows them escapes them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace steppe {

inline constexpr int kConformanceLevels = 5;

// "load", "memory", "semantics", "statistics", "service" for 1 to 5.
inline const char* conformance_level_name(int level) {
  constexpr const char* kNames[] = {"load", "memory", "semantics", "statistics", "service"};
  return level >= 1 && level <= kConformanceLevels ? kNames[level - 1] : "unknown";
}

enum class CaseOutcome { kPassed, kFailed, kSkipped };

struct CaseRecord {
  std::string id;  // "memory.inputs_are_read_only"
  int level = 0;
  std::string component;  // "trend.linear"; empty for a case about the file
  std::string rule;       // "R11", or where another was broken too "R11, R16"
  std::string title;      // what is tried, one sentence
  std::string proves;     // tag or capability; empty for none
  CaseOutcome outcome = CaseOutcome::kPassed;
  std::string text;    // failed: what was seen; skipped: why
  std::string output;  // end of what was printed meanwhile
  std::string replay;  // the command that runs this case alone
  double seconds = 0;
};

enum class ClaimState {
  kProven,     // a case that tries it passed, none failed
  kRefuted,    // a case that tries it failed
  kNotProven,  // no case that tries it was run, or all were skipped
};

// A tag or capability that a component claims.
struct ClaimRecord {
  std::string component;
  std::string name;  // "intervals", "steppe.trend_model/1"
  bool capability = false;
  std::int64_t value = 1;  // of a tag
  ClaimState state = ClaimState::kNotProven;
  std::vector<std::string> cases;  // that decided
};

struct ConformanceRefusal {
  std::string fault;  // "B7"
  std::string rule;   // "R4"; empty where none fits
  std::string reason;
  std::string output;  // what it printed
};

struct ConformanceReport {
  std::string file;  // absolute
  std::string sha256;
  std::string name;  // of the plugin, as it says
  std::string version;
  std::string sdk_version;
  std::string revision;  // "1.0"
  std::uint64_t seed = 1;
  int level = kConformanceLevels;
  std::optional<ConformanceRefusal> refusal;  // then there are no cases
  std::vector<CaseRecord> cases;
  std::vector<ClaimRecord> claims;
  std::vector<std::string> notes;  // what the reader should know: options that were not given
  double seconds = 0;

  std::size_t count(CaseOutcome outcome) const {
    std::size_t out = 0;
    for (const CaseRecord& record : cases) out += record.outcome == outcome ? 1 : 0;
    return out;
  }
};

}  // namespace steppe
