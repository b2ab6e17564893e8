// SPDX-License-Identifier: Apache-2.0
#include "conformance/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "conformance/captured_output.hpp"
#include "conformance/child_verdict.hpp"
#include "conformance/guarded_memory.hpp"
#include "plugin_host/host_services.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/plugin_tables.hpp"
#include "plugin_host/process_state.hpp"

namespace steppe::conformance {

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

struct Words {
  const Case* what = nullptr;
  std::string component;  // empty for the file
  CaseContext context;
};

bool read_words(const std::vector<std::string>& arguments, std::span<const Case> cases,
                Words& out) {
  if (arguments.size() < 4) return false;
  const auto found =
      std::ranges::find_if(cases, [&](const Case& c) { return arguments[1] == c.id; });
  if (found == cases.end()) return false;
  out.what = &*found;
  out.context.path = arguments[0];
  if (arguments[2] != "-") out.component = arguments[2];
  const std::string& seed = arguments[3];
  const char* const end = seed.data() + seed.size();
  if (std::from_chars(seed.data(), end, out.context.seed).ptr != end) return false;
  for (std::size_t i = 4; i < arguments.size(); ++i) {
    const auto equals = arguments[i].find('=');
    if (equals == std::string::npos) return false;
    out.context.options.emplace_back(arguments[i].substr(0, equals),
                                     arguments[i].substr(equals + 1));
  }
  return true;
}

struct Lent {
  bool by_parent = false;
  int channel = -1;
  int plugin = -1;
};

Lent take_descriptors(const std::string& path) {
  Lent out;
  out.by_parent = std::getenv(kCaseVariable) != nullptr;
  unsetenv(kCaseVariable);
  if (out.by_parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    out.channel = fcntl(kCaseChannelDescriptor, F_DUPFD_CLOEXEC, kFirstPrivate);
    out.plugin = fcntl(kCasePluginDescriptor, F_DUPFD_CLOEXEC, kFirstPrivate);
    close(kCaseChannelDescriptor);
    close(kCasePluginDescriptor);
    return out;
  }
  out.channel = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, kFirstPrivate);
  if (auto file = open_plugin(path)) {
    out.plugin = fcntl(file->get(), F_DUPFD_CLOEXEC, kFirstPrivate);
  }
  return out;
}

// Loads the plugin and finds the component; a verdict when that fails.
Verdict load(Words& words, int descriptor) {
  const CapturedOutput output;  // printing while loading is the business of one case
  const ProcessState before;
  const auto module = SharedModule::load(descriptor, words.context.path);
  before.restore();
  if (!module) return Verdict::failed("does not load: " + module.error().message);
  const auto table = negotiate(*module, life_host());
  if (!table) return Verdict::failed("does not load: " + table.error().message);
  words.context.plugin = *table;
  if (words.component.empty()) return Verdict::passed();
  words.context.component = component_of(**table, words.component);
  if (words.context.component != nullptr) return Verdict::passed();
  return Verdict::failed("has no component " + words.component);
}

Verdict run_case(Words& words, const Lent& lent) {
  const bool loads_itself =
      words.what->level == Level::kLoad && words.what->subject == Subject::kPlugin;
  words.context.descriptor = lent.plugin;
  if (!loads_itself) {
    if (lent.by_parent) write_all(lent.channel, phase_line(ChildPhase::kLoad));
    Verdict loaded = load(words, lent.plugin);
    if (loaded.outcome != Outcome::kPassed) return loaded;
  }
  if (lent.by_parent) write_all(lent.channel, phase_line(ChildPhase::kCase));
  try {
    return words.what->run(words.context);
  } catch (const std::exception& exception) {
    return {Outcome::kFailed, std::string("an exception crossed the border: ") + exception.what(),
            "R16"};
  } catch (...) {
    return {Outcome::kFailed, "an exception of an unknown type crossed the border", "R16"};
  }
}

}  // namespace

int run_case_in_child(const std::vector<std::string>& arguments, std::span<const Case> cases) {
  Words words;
  if (!read_words(arguments, cases, words)) {
    std::fputs("usage: steppe --conformance-case FILE CASE COMPONENT SEED [NAME=VALUE...]\n",
               stderr);
    return 2;
  }
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const Lent lent = take_descriptors(words.context.path);
  set_guard_channel(lent.channel);
  const pid_t self = getpid();
  const Verdict verdict = run_case(words, lent);
  if (getpid() != self) _exit(0);  // the plugin forked: only one of the two speaks
  std::fflush(nullptr);
  write_all(lent.channel, verdict_lines(verdict));
  _exit(0);
}

}  // namespace steppe::conformance
