// SPDX-License-Identifier: Apache-2.0

// What a call does beside its work: to the process, the threads, the services, the status.

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cfenv>
#include <clocale>
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "act.hpp"

// The jump of the C library that looks where it goes: into a frame that is gone it ends the
// process.
extern "C" [[noreturn]] void __longjmp_chk(jmp_buf, int);

namespace torture {
namespace {

void on_signal(int) {}

jmp_buf in_an_earlier_call;

// Deep in the stack, so that the frame is gone for certain when it is jumped to.
__attribute__((noinline)) void remember_where() {
  volatile char deep[256 * 1024];
  deep[0] = 0;
  static_cast<void>(deep[0]);
  if (setjmp(in_an_earlier_call) != 0) std::abort();
}

// An instance that has answered one call with an error answers every other call so.
steppe_status fit_until_an_error(const void* instance, const steppe_trend_block* block,
                                 const steppe_host* host, void** fit, steppe_status* statuses,
                                 steppe_error* error) {
  static steppe_status first = STEPPE_OK;
  *fit = nullptr;
  if (first != STEPPE_OK) return first;
  first = sound.trend->fit(instance, block, host, fit, statuses, error);
  return first;
}

// Half a second of processor time that nobody can stop.
void work_on() {
  const std::clock_t end = std::clock() + CLOCKS_PER_SEC / 2;
  while (std::clock() < end) {
  }
}

template <auto Act>
void in_fit() {
  before_fit<[](const steppe_trend_block&, const steppe_host*) { Act(); }>();
}

template <typename Service>
const Service* service(const steppe_host* host, const char* id) {
  return static_cast<const Service*>(host->query(host, id));
}

void step_back(const steppe_trend_block&, const steppe_host* host) {
  const auto* progress = service<steppe_progress_service>(host, STEPPE_PROGRESS_SERVICE);
  if (progress == nullptr) return;
  progress->update(progress->self, 8, 10);
  progress->update(progress->self, 3, 10);
}

void log_without_asking(const steppe_trend_block&, const steppe_host* host) {
  const auto* log = service<steppe_log_service>(host, STEPPE_LOG_SERVICE);
  log->write(log->self, STEPPE_LOG_DEBUG, "fitting", 0, nullptr, nullptr);
}

template <steppe_status Status>
steppe_status return_status(const void*, const steppe_trend_block*, const steppe_host*, void** fit,
                            steppe_status*, steppe_error*) {
  *fit = nullptr;
  return Status;
}

// A status per series, in place of that of a sound fit.
template <steppe_status Status>
steppe_status give_series_status(const void* instance, const steppe_trend_block* block,
                                 const steppe_host* host, void** fit, steppe_status* statuses,
                                 steppe_error* error) {
  const steppe_status status = sound.trend->fit(instance, block, host, fit, statuses, error);
  for (std::uint64_t s = 0; s < block->values->columns; ++s) {
    if (statuses[s] != STEPPE_OK) statuses[s] = Status;
  }
  return status;
}

steppe_status succeed_without_a_fit(const void*, const steppe_trend_block* block,
                                    const steppe_host*, void** fit, steppe_status* statuses,
                                    steppe_error*) {
  for (std::uint64_t s = 0; s < block->values->columns; ++s) statuses[s] = STEPPE_OK;
  *fit = nullptr;
  return STEPPE_OK;
}

void flush_to_zero() {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

void print_a_line() {
  std::puts("fitting");
  std::fflush(stdout);
}

void go_elsewhere() {
  if (chdir("/") != 0) std::abort();
}

// clang-format off: a table
constexpr Act kActs[] = {
    {"changes_locale_in_fit", [] { in_fit<[] { std::setlocale(LC_ALL, "C.UTF-8"); }>(); }},
    {"changes_rounding_in_fit", [] { in_fit<[] { std::fesetround(FE_UPWARD); }>(); }},
    {"flushes_to_zero_in_fit", [] { in_fit<&flush_to_zero>(); }},
    {"installs_handler_in_fit", [] { in_fit<[] { std::signal(SIGUSR1, &on_signal); }>(); }},
    {"changes_directory_in_fit", [] { in_fit<&go_elsewhere>(); }},
    {"changes_umask_in_fit", [] { in_fit<[] { umask(0777); }>(); }},
    {"changes_environment_in_fit", [] { in_fit<[] { setenv("TZ", "Asia/Almaty", 1); }>(); }},
    {"prints_in_fit", [] { in_fit<&print_a_line>(); }},
    {"exits_in_fit", [] { in_fit<[] { std::exit(3); }>(); }},
    {"aborts_in_predict", [] {
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast&) {
        std::abort();
      }>();
    }},
    {"jumps_over_the_border", [] {
      in_fit<&remember_where>();
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast&) {
        __longjmp_chk(in_an_earlier_call, 1);
      }>();
    }},
    {"ends_the_thread", [] { in_fit<[] { pthread_exit(nullptr); }>(); }},
    {"unusable_after_an_error", [] { spoilt.trend.fit = &fit_until_an_error; }},
    {"leaves_a_thread", [] {
      in_fit<[] { std::thread([] { for (;;) pause(); }).detach(); }>();
    }},
    {"ignores_cancel", [] { in_fit<&work_on>(); }},
    {"progress_falls", [] { before_fit<&step_back>(); }},
    {"needs_the_log", [] { before_fit<&log_without_asking>(); }},
    {"returns_status_999", [] { spoilt.trend.fit = &return_status<999>; }},
    {"returns_status_minus_3", [] { spoilt.trend.fit = &return_status<-3>; }},
    {"series_status_minus_1", [] { spoilt.trend.fit = &give_series_status<-1>; }},
    {"succeeds_without_a_fit", [] { spoilt.trend.fit = &succeed_without_a_fit; }},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> behaviour_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
