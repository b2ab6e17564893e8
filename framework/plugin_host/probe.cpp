// SPDX-License-Identifier: Apache-2.0
// The child's side of a probe. Everything after `inspect` began shares the process with foreign
// code: the verdict goes through a descriptor the plugin does not know, and the process ends by
// _exit, so that no exit handler of the plugin runs.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include "plugin_host/catalogue.hpp"
#include "plugin_host/inspect.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/probe_child.hpp"
#include "plugin_host/rules.hpp"
#include "plugin_host/verdict_text.hpp"

namespace steppe {

namespace {

constexpr int kFirstPrivate = 100;

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = write(descriptor, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

const char* phase_name(ProbePhase phase) {
  switch (phase) {
    case ProbePhase::kLoad:
      return "phase load\n";
    case ProbePhase::kEntry:
      return "phase entry\n";
    case ProbePhase::kTables:
      return "phase tables\n";
  }
  return "";
}

// True when the parent lent the two descriptors; by hand there are none.
bool lent_descriptors() {
  const char* const value = std::getenv(kProbeVariable);
  const std::string expected =
      std::to_string(kVerdictDescriptor) + "," + std::to_string(kPluginDescriptor);
  const bool lent = value != nullptr && expected == value;
  unsetenv(kProbeVariable);
  return lent && fcntl(kVerdictDescriptor, F_GETFD) >= 0 && fcntl(kPluginDescriptor, F_GETFD) >= 0;
}

[[noreturn]] void judge(int channel, int plugin, const std::string& path, bool with_phases) {
  const pid_t self = getpid();
  const auto at = [&](ProbePhase phase) {
    if (getpid() != self) _exit(0);  // a constructor forked: only one of the two speaks
    if (with_phases) write_all(channel, phase_name(phase));
  };
  const PluginVerdict verdict = inspect(plugin, path.substr(path.rfind('/') + 1), at);
  if (getpid() == self) write_all(channel, verdict_to_text(verdict));
  _exit(0);
}

}  // namespace

int run_probe(const std::string& path) {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (lent_descriptors()) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int channel = fcntl(kVerdictDescriptor, F_DUPFD_CLOEXEC, kFirstPrivate);
    close(kVerdictDescriptor);
    fcntl(kPluginDescriptor, F_SETFD, FD_CLOEXEC);
    judge(channel, kPluginDescriptor, path, true);
  }
  const int channel = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, kFirstPrivate);
  auto file = open_plugin(path);
  if (!file) {
    PluginVerdict verdict;
    verdict.fault = file.error().fault;
    verdict.rule = rule_or_default(file.error().rule, file.error().fault);
    verdict.reason = file.error().message;
    write_all(channel, verdict_to_text(verdict));
    return 0;
  }
  judge(channel, file->release(), path, false);
}

}  // namespace steppe
