// SPDX-License-Identifier: Apache-2.0
#include "conformance/claims.hpp"

namespace steppe::conformance {

namespace {

// `proves` may hold several names, with a blank between.
bool has_word(const std::string& words, const std::string& name) {
  return (" " + words + " ").find(" " + name + " ") != std::string::npos;
}

ClaimRecord claim_of(const ComponentDescription& component, const std::string& name,
                     const std::vector<CaseRecord>& records) {
  ClaimRecord out;
  out.component = component.id;
  out.name = name;
  for (const CaseRecord& record : records) {
    if (record.component != component.id || !has_word(record.proves, name)) continue;
    if (record.outcome == CaseOutcome::kSkipped) continue;
    const bool failed = record.outcome == CaseOutcome::kFailed;
    // The cases that refute stand for themselves.
    if (failed && out.state != ClaimState::kRefuted) out.cases.clear();
    if (failed || out.state != ClaimState::kRefuted) out.cases.push_back(record.id);
    if (out.state != ClaimState::kRefuted) {
      out.state = failed ? ClaimState::kRefuted : ClaimState::kProven;
    }
  }
  return out;
}

}  // namespace

std::vector<ClaimRecord> claims_of(const std::vector<ComponentDescription>& components,
                                   const std::string& only,
                                   const std::vector<CaseRecord>& records) {
  std::vector<ClaimRecord> out;
  for (const ComponentDescription& component : components) {
    if (!only.empty() && only != component.id) continue;
    for (const std::string& capability : component.capabilities) {
      out.push_back(claim_of(component, capability, records));
      out.back().capability = true;
    }
    for (const TagDescription& tag : component.tags) {
      out.push_back(claim_of(component, tag.name, records));
      out.back().value = tag.value;
    }
  }
  return out;
}

}  // namespace steppe::conformance
