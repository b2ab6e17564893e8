// SPDX-License-Identifier: Apache-2.0
#pragma once

// A line on the terminal that says how far a run is: series done, rate, time left. Drawn by a
// thread of its own, five times a second, from the second fifth of a second on: short runs show
// nothing.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "engine/monitor.hpp"

namespace steppe {

class ProgressBar {
 public:
  // Does nothing when not `shown`.
  ProgressBar(const RunMonitor& monitor, bool shown);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

 private:
  void draw_until_stopped();

  const RunMonitor& monitor_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;
  std::thread thread_;
};

// "  412000 of 1000000 series   41 %   205000 per second   3 s left"
std::string progress_line(std::uint64_t done, std::uint64_t total, double seconds);

}  // namespace steppe
