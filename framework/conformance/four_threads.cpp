// SPDX-License-Identifier: Apache-2.0
#include "conformance/four_threads.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include "conformance/harness.hpp"

namespace steppe::conformance {

void same_from_four_threads(const std::function<bool(std::size_t thread)>& same) {
  constexpr std::size_t kRounds = 25;
  std::atomic<bool> differs = false;
  const auto work = [&](std::size_t thread) {
    for (std::size_t round = 0; round < kRounds && !differs; ++round) {
      if (!same(thread)) differs = true;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) threads.emplace_back(work, t);
  for (std::thread& thread : threads) thread.join();
  if (differs) fail("predict from four threads at once gives other numbers than from one");
}

}  // namespace steppe::conformance
