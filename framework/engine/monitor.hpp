// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a run is watched and stopped from outside: counters that a progress bar reads, a flag that a
// signal handler sets. Lock-free; every member may be used from any thread.

#include <atomic>
#include <cstdint>

namespace steppe {

struct RunMonitor {
  std::atomic<std::uint64_t> series_done{0};   // a series is one key of one step
  std::atomic<std::uint64_t> series_total{0};  // 0 until the data are read
  std::atomic<bool> cancelled{false};
};

}  // namespace steppe
