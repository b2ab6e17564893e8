// SPDX-License-Identifier: Apache-2.0
#include "signals.hpp"

#include <time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string_view>

namespace steppe {
namespace {

// What a signal handler may touch: lock-free atomics and the calls POSIX allows it.
std::atomic<RunMonitor*> watched{nullptr};
std::atomic<int> received{0};
std::atomic<bool> writing{false};
timer_t deadline;

constexpr long kGraceNanoseconds = 800'000'000;
constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

ExitCode code_of(int signal) {
  return signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated;
}

void on_signal(int signal) {
  if (received.exchange(signal) == SIGINT && signal == SIGINT && !writing) {
    _exit(static_cast<int>(ExitCode::kInterrupted));
  }
  if (RunMonitor* monitor = watched.load()) monitor->cancelled = true;
  struct itimerspec grace = {};
  grace.it_value.tv_nsec = kGraceNanoseconds;
  timer_settime(deadline, 0, &grace, nullptr);
}

void on_deadline(int) {
  if (writing) return;  // soon done, and then the program ends as usual
  constexpr std::string_view kText = "error[S1] interrupted; nothing was written\n";
  [[maybe_unused]] const ssize_t said = write(STDERR_FILENO, kText.data(), kText.size());
  _exit(static_cast<int>(code_of(received)));
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

SignalGuard::SignalGuard(RunMonitor& monitor) {
  watched = &monitor;
  struct sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGALRM;
  timer_create(CLOCK_MONOTONIC, &event, &deadline);
  handle(SIGALRM, &on_deadline);
  for (int signal : kSignals) handle(signal, &on_signal);
}

SignalGuard::~SignalGuard() {
  for (int signal : kSignals) std::signal(signal, SIG_DFL);
  timer_delete(deadline);
  std::signal(SIGALRM, SIG_DFL);
  watched = nullptr;
}

ExitCode SignalGuard::exit_code() const { return code_of(received); }

void SignalGuard::begin_writing() const { writing = true; }

}  // namespace steppe
