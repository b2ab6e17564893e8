// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads a pipeline file and refuses it or returns it checked. All problems are found in one go;
// each has line, column, JSON path, what was given, what is allowed, and the nearest valid name.
// Nothing is opened, loaded or written: components are known from the catalogue's descriptions.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/catalogue.hpp"

namespace steppe {

struct PipelineLimits {
  std::size_t max_bytes = 1 << 20;
  std::size_t max_nodes = 10'000;
  std::size_t max_depth = 64;
  std::int64_t max_horizon = 100'000;
};

struct PipelineContext {
  const PluginCatalogue* catalogue = nullptr;
  // Value of an environment variable, for ${NAME}; empty optional when unset.
  std::function<std::optional<std::string>(const std::string&)> environment;
  PipelineLimits limits = {};
};

// `path` as the user gave it. Faults J1..J17, N13, N14; exit codes 3, 11, 12 (5 when a word names a
// plugin that was refused).
Result<PipelineSpec, Faults> read_pipeline(const std::string& path, const PipelineContext& context);

// The same for text already in memory; `path` names it in messages and roots its relative paths.
Result<PipelineSpec, Faults> parse_pipeline(std::string_view text, const std::string& path,
                                            const PipelineContext& context);

// The JSON Schema (draft 7) of pipelines for the components in the catalogue, as text.
std::string pipeline_schema(const PluginCatalogue& catalogue);

}  // namespace steppe
