// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C face of HostServices: the tables behind steppe_host::query. Log lines are escaped, limited
// to kLongestLine bytes, kLinesPerSecond and kMostLines per run; what is dropped is counted (P11).

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "plugin_host/library.hpp"
#include "plugin_host/notice_board.hpp"
#include "steppe/abi/host.h"

namespace steppe {

// Names the component whose call runs on this thread, for log lines. Nests.
class CurrentComponent {
 public:
  explicit CurrentComponent(const std::string& label);
  ~CurrentComponent();
  CurrentComponent(const CurrentComponent&) = delete;
  CurrentComponent& operator=(const CurrentComponent&) = delete;
  static std::string label();  // "a plugin's own thread" outside any call

 private:
  const std::string* outer_;
};

class ServiceTables {
 public:
  explicit ServiceTables(HostServices& services);
  ServiceTables(const ServiceTables&) = delete;
  ServiceTables& operator=(const ServiceTables&) = delete;

  const steppe_host* host() const { return &host_; }
  std::uint64_t dropped_lines() const { return dropped_; }

  static constexpr std::size_t kLongestLine = 4096;
  static constexpr std::uint64_t kLinesPerSecond = 1000;
  static constexpr std::uint64_t kMostLines = 10000;

 private:
  static const void* query(const steppe_host* host, const char* id);
  static void write_log(void* self, std::int32_t level, const char* message, std::uint64_t count,
                        const char* const* names, const char* const* values);
  static void update_progress(void* self, std::uint64_t done, std::uint64_t total);
  static std::int32_t cancel_requested(void* self);
  static std::int64_t no_deadline(void* self);
  bool admit_line();

  HostServices& services_;
  steppe_host host_;
  steppe_log_service log_;
  steppe_progress_service progress_;
  steppe_cancel_service cancel_;
  steppe_random_service random_;
  std::mutex mutex_;
  std::int64_t second_ = -1;
  std::uint64_t lines_this_second_ = 0;
  std::uint64_t lines_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
};

// What a library is offered for its whole life. It lends nothing: a library outlives every run, and
// what it has to say belongs to a call.
const steppe_host* life_host();

}  // namespace steppe
