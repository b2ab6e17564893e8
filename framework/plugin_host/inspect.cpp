// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/inspect.hpp"

#include "plugin_host/host_services.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/plugin_tables.hpp"
#include "plugin_host/process_state.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

PluginVerdict refusal(PluginVerdict verdict, const LoadError& error) {
  verdict.accepted = false;
  verdict.fault = error.fault;
  verdict.rule = rule_or_default(error.rule, error.fault);
  verdict.reason = error.message;
  verdict.loader = error.loader;
  return verdict;
}

}  // namespace

PluginVerdict inspect(int descriptor, const std::string& file, const PhaseCallback& at) {
  const auto reached = [&](ProbePhase phase) {
    if (at) at(phase);
  };
  PluginVerdict verdict;
  const ProcessState before;
  const std::size_t threads = thread_count();
  reached(ProbePhase::kLoad);
  const auto module = SharedModule::load(descriptor, file);
  for (const std::string& what : before.restore()) {
    verdict.notices.push_back(with_rule("changed " + what + " when it was loaded", "R3"));
  }
  if (!module) return refusal(std::move(verdict), module.error());
  reached(ProbePhase::kEntry);
  const auto answer = call_entry(*module, life_host());
  if (!answer) return refusal(std::move(verdict), answer.error());
  reached(ProbePhase::kTables);
  const auto table = check_answer(*answer);
  if (!table) return refusal(std::move(verdict), table.error());
  auto description = describe(**table);
  if (!description) return refusal(std::move(verdict), description.error());
  verdict.accepted = true;
  verdict.name = description->name;
  verdict.version = description->version;
  verdict.vendor = description->vendor;
  verdict.licence = description->licence;
  verdict.sdk_version = description->sdk_version;
  verdict.revision = description->revision;
  verdict.components = std::move(description->components);
  if (thread_count() > threads) {
    verdict.notices.push_back(with_rule("started a thread when it was loaded", "R3"));
  }
  return verdict;
}

PluginVerdict inspect_in_process(const std::string& path) {
  PluginVerdict verdict;
  verdict.path = path;
  auto file = open_plugin(path);
  if (!file) return refusal(std::move(verdict), file.error());
  struct stat status{};
  if (fstat(file->get(), &status) != 0) {
    return refusal(std::move(verdict), {"B1", "cannot be read"});
  }
  verdict = inspect(file->release(), path.substr(path.rfind('/') + 1));
  verdict.path = path;
  verdict.identity = identity_of(status);
  return verdict;
}

}  // namespace steppe
