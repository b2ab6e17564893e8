// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "report/outputs.hpp"

namespace steppe {

std::string executable_path() {
  std::array<char, 4096> path;
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
}

Session::Session(const CommandLine& command_line)
    : command_line_(command_line),
      log_(command_line.json_log ? LogFormat::kJson : LogFormat::kText,
           command_line.verbose ? Severity::kDebug : Severity::kWarning) {}

const CatalogueOptions& Session::catalogue_options() {
  if (options_) return *options_;
  CatalogueOptions options;
  std::vector<std::string> notices;
  const std::string program = executable_path();
  options.directories = plugin_search_path({command_line_.plugin_dirs, program}, notices);
  options.probe_program = program;
  options.cache_file = default_cache_file(program);
  for (const std::string& notice : notices) log_.write(Severity::kWarning, "steppe", notice);
  options_ = std::make_unique<CatalogueOptions>(std::move(options));
  return *options_;
}

const PluginCatalogue& Session::catalogue() {
  if (catalogue_) return *catalogue_;
  catalogue_ = std::make_unique<PluginCatalogue>(PluginCatalogue::scan(catalogue_options()));
  for (const std::string& notice : catalogue_->notices()) {
    log_.write(Severity::kInfo, "steppe", notice);
  }
  return *catalogue_;
}

Result<PipelineSpec, Faults> Session::pipeline() {
  PipelineContext context;
  context.catalogue = &catalogue();
  context.environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
  return read_pipeline(command_line_.file, context);
}

ExitCode Session::say(const Faults& faults) {
  std::string text;
  if (command_line_.json_log) {
    for (const Fault& fault : faults) text += fault_json(fault) + "\n";
  } else {
    text = faults_text(faults);
  }
  std::fputs(text.c_str(), stderr);
  return faults.empty() ? ExitCode::kComplete : faults.front().exit;
}

}  // namespace steppe
