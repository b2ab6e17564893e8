// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which steps run over which keys. A domain is a set of key columns: every source belongs to the
// domain of its own, every trend to its source's, every regression to its target's. Steps of the
// domain without keys run first; their single series serves every key of the others.

#include <cstddef>
#include <string>
#include <vector>

#include "core/panel.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

struct Domain {
  std::vector<std::string> key_columns;  // empty: one series per step
  std::vector<std::size_t> sources;      // indices into PipelineSpec::steps
  std::vector<std::size_t> steps;        // trends and regressions, each after what it refers to
};

// Sorted with the keyless domain first. The spec is checked: a regression's regressors have the
// keys of its target, or none.
std::vector<Domain> make_domains(const PipelineSpec& spec);

// Index of the step of that id; the spec is checked, so there is one.
std::size_t step_index(const PipelineSpec& spec, const std::string& id);

// Whether a regression carries the error of a trend step through.
bool carries_error_of(const PipelineSpec& spec, const std::string& trend);
// Whether some regression wants its errors one step ahead.
bool needs_rolling_errors_of(const PipelineSpec& spec, const std::string& trend);

// The columns of each source that some step reads, in order of first use; indexed like spec.steps.
std::vector<std::vector<std::string>> columns_needed(const PipelineSpec& spec);

// Keys of a domain and where each stands in each source's panel.
struct DomainKeys {
  std::vector<std::string> keys;  // sorted
  // member[i][k]: member of keys[k] in the panel of domain.sources[i], or -1
  std::vector<std::vector<std::int64_t>> member;
};
DomainKeys keys_of(const Domain& domain, const std::vector<Panel>& panels);

// Keys observed on the same dates in every source, at most `limit` per block.
std::vector<std::vector<std::size_t>> make_blocks(const Domain& domain, const DomainKeys& keys,
                                                  const std::vector<Panel>& panels,
                                                  std::size_t limit);

}  // namespace steppe
