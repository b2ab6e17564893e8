// SPDX-License-Identifier: Apache-2.0
#pragma once

// A host that watches when it is asked what. Its memory is there before the call.

#include <atomic>
#include <cstdint>
#include <string>

#include "steppe/abi/abi.h"

namespace steppe::conformance {

// Processor time of this process, in seconds: waiting for a busy machine does not count.
double processor_seconds();

class WatchfulHost {
 public:
  WatchfulHost();
  WatchfulHost(const WatchfulHost&) = delete;
  WatchfulHost& operator=(const WatchfulHost&) = delete;
  const steppe_host* get() const { return &host_; }

  // The cancel flag is set at the question of this number, counted from 1; 0: never.
  void cancel_at(std::uint64_t question) { cancel_at_ = question; }
  // Forgets what was seen; the clock of the pauses starts now.
  void restart();

  std::uint64_t questions() const { return questions_; }  // for the cancel flag
  double longest_pause() const;                           // between questions, the end included
  std::uint64_t numbers_asked() const { return numbers_; }
  // What was broken by progress or log calls; empty when nothing was.
  std::string progress_problem() const { return progress_problem_; }
  std::string log_problem() const { return log_problem_; }

 private:
  static const void* query(const steppe_host* host, const char* id);
  static void write_log(void* self, std::int32_t level, const char* message, std::uint64_t count,
                        const char* const* names, const char* const* values);
  static void update(void* self, std::uint64_t done, std::uint64_t total);
  static std::int32_t requested(void* self);
  static std::int64_t remaining(void*) { return -1; }
  static void uniform(void* self, std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                      double* out, std::uint64_t count);
  static void normal(void* self, std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                     double* out, std::uint64_t count);

  steppe_host host_;
  steppe_log_service log_;
  steppe_progress_service progress_;
  steppe_cancel_service cancel_;
  steppe_random_service random_;
  std::atomic<std::uint64_t> questions_ = 0;
  std::atomic<std::uint64_t> numbers_ = 0;
  std::uint64_t cancel_at_ = 0;
  std::uint64_t last_done_ = 0;
  double last_question_ = 0;
  double longest_pause_ = 0;
  std::string progress_problem_;
  std::string log_problem_;
};

}  // namespace steppe::conformance
