// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a checked pipeline: reads every source, then one pass over the graph for every block of
// series, blocks in parallel. The same bytes for any number of threads: each series is computed by
// itself, in a fixed order of operations, and stored at its own place. A failed series never fails
// the run; it gets a status. Writes nothing.

#include "core/fault.hpp"
#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/monitor.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/catalogue.hpp"
#include "plugin_host/library.hpp"

namespace steppe {

struct EngineContext {
  const PluginCatalogue* catalogue = nullptr;
  PluginLoader* loader = nullptr;
  RunMonitor* monitor = nullptr;
  int threads = 0;  // 0: one per processor
  std::string host_version;
};

// Faults: a source refused (exit 4, 8, 11), a plugin that could not be loaded (5), cancelled (130).
// Otherwise a result whose `exit` says how complete it is: 0, 6, 9 or 10.
Result<RunResult, Faults> run_pipeline(const PipelineSpec& spec, const EngineContext& context);

// The same run, and the chosen fit of every series, kept. Faults as above, and F7 for a component
// whose fits cannot be saved, before anything is read. A series whose fit does not give the same
// forecast again after saving is failed (F14).
struct FittedPipeline {
  RunResult result;
  SavedModel model;
};
Result<FittedPipeline, Faults> fit_pipeline(const PipelineSpec& spec, const EngineContext& context);

}  // namespace steppe
