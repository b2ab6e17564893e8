// SPDX-License-Identifier: Apache-2.0
#include "progress_bar.hpp"

#include <chrono>
#include <cstdio>

#include "core/number_text.hpp"

namespace steppe {

std::string progress_line(std::uint64_t done, std::uint64_t total, double seconds) {
  if (total == 0) return "  reading";
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::string line = "  " + std::to_string(done) + " of " + std::to_string(total) + " series   " +
                     std::to_string(done * 100 / total) + " %";
  if (rate > 0) {
    const double left = static_cast<double>(total - done) / rate;
    line += "   " + significant_text(rate, 3) + " per second   " +
            std::to_string(static_cast<std::uint64_t>(left + 0.5)) + " s left";
  }
  return line;
}

ProgressBar::ProgressBar(const RunMonitor& monitor, bool shown) : monitor_(monitor) {
  if (shown) thread_ = std::thread([this] { draw_until_stopped(); });
}

ProgressBar::~ProgressBar() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ProgressBar::draw_until_stopped() {
  using namespace std::chrono_literals;
  const auto start = std::chrono::steady_clock::now();
  bool drawn = false;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, 200ms, [this] { return stopped_; })) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const std::string line =
        "\r\x1b[K" + progress_line(monitor_.series_done, monitor_.series_total, elapsed.count());
    std::fputs(line.c_str(), stderr);
    drawn = true;
  }
  if (drawn) std::fputs("\r\x1b[K", stderr);
}

}  // namespace steppe
