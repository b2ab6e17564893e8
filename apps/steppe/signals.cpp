// SPDX-License-Identifier: Apache-2.0
#include "signals.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace steppe {
namespace {

// What a signal handler may touch: lock-free atomics only.
std::atomic<RunMonitor*> watched{nullptr};
std::atomic<int> received{0};

void on_signal(int signal) {
  if (received.exchange(signal) == SIGINT && signal == SIGINT) {
    _exit(static_cast<int>(ExitCode::kInterrupted));
  }
  if (RunMonitor* monitor = watched.load()) monitor->cancelled = true;
}

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

}  // namespace

SignalGuard::SignalGuard(RunMonitor& monitor) {
  watched = &monitor;
  struct sigaction action = {};
  action.sa_handler = &on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (int signal : kSignals) sigaction(signal, &action, nullptr);
}

SignalGuard::~SignalGuard() {
  for (int signal : kSignals) std::signal(signal, SIG_DFL);
  watched = nullptr;
}

ExitCode SignalGuard::exit_code() const {
  return received == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
}

}  // namespace steppe
