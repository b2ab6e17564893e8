// SPDX-License-Identifier: Apache-2.0
#include "support/run_steppe.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace steppe::testing {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// In the child: descriptors, folder, exec. Only async-signal-safe calls after fork.
[[noreturn]] void become(const std::vector<char*>& argv, const std::vector<char*>& envp,
                         const fs::path& folder, const fs::path& out, const fs::path& err) {
  const int in_fd = open("/dev/null", O_RDONLY);
  const int out_fd = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (in_fd < 0 || out_fd < 0 || err_fd < 0) _exit(125);
  dup2(in_fd, 0);
  dup2(out_fd, 1);
  dup2(err_fd, 2);
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(125);
  execve(argv[0], argv.data(), envp.data());
  _exit(126);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment_for(const ProgramSettings& settings, const fs::path& home) {
  std::vector<std::string> out = {"HOME=" + home.string(), "PATH=/usr/bin:/bin", "LC_ALL=C"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) out.push_back(std::string(name) + "=" + value);
  }
  // One cache for all runs of a build tree: the plugins are probed once.
  out.push_back(std::string("XDG_CACHE_HOME=") + STEPPE_BINARY_DIR + "/test-cache");
  out.insert(out.end(), settings.environment.begin(), settings.environment.end());
  return out;
}

int wait_for(pid_t child, const ProgramSettings& settings) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto limit = std::chrono::minutes(1);
  bool interrupted = settings.interrupt_after_ms == 0;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    const auto elapsed = Clock::now() - start;
    if (!interrupted && elapsed >= std::chrono::milliseconds(settings.interrupt_after_ms)) {
      kill(child, settings.signal);
      interrupted = true;
    }
    if (elapsed > limit) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      ADD_FAILURE() << "steppe did not end within a minute";
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ProgramRun run_steppe(const std::vector<std::string>& arguments, const ProgramSettings& settings) {
  const TemporaryFolder scratch;
  std::vector<std::string> words = {std::string(STEPPE_BINARY_DIR) + "/bin/steppe"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = environment_for(settings, scratch.path());
  const auto argv = pointers(words);
  const auto envp = pointers(environment);
  const fs::path out = scratch.path() / "out";
  const fs::path err = scratch.path() / "err";
  const pid_t child = fork();
  if (child == 0) become(argv, envp, settings.folder, out, err);
  ProgramRun run;
  run.exit_code = wait_for(child, settings);
  run.out = content_of(out);
  run.err = content_of(err);
  return run;
}

}  // namespace steppe::testing
