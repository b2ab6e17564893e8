// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the sub-commands share: the log, the catalogue of plugins, how faults are said.

#include <memory>
#include <string>

#include "command_line.hpp"
#include "core/fault.hpp"
#include "log/log.hpp"
#include "pipeline/read_pipeline.hpp"
#include "plugin_host/catalogue.hpp"

namespace steppe {

class Session {
 public:
  explicit Session(const CommandLine& command_line);

  const CommandLine& command_line() const { return command_line_; }
  Log& log() { return log_; }

  // Scanned on first use.
  const PluginCatalogue& catalogue();
  // Where that looks, and how.
  const CatalogueOptions& catalogue_options();

  // Reads the pipeline named on the command line.
  Result<PipelineSpec, Faults> pipeline();

  // Says every fault on standard error, one line each; returns the exit code they call for: that of
  // the first one.
  ExitCode say(const Faults& faults);

 private:
  const CommandLine& command_line_;
  Log log_;
  std::unique_ptr<CatalogueOptions> options_;
  std::unique_ptr<PluginCatalogue> catalogue_;
};

// Absolute path of the running program.
std::string executable_path();

}  // namespace steppe
