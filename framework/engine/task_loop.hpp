// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loop of parallel.hpp on oneTBB, apart from it because this file alone is built without
// ThreadSanitizer: half of oneTBB is templates, which would be watched without the library's half.

#include <cstddef>

namespace steppe {

// What to do with one index; plain pointers, so that no code of this file touches the caller's
// data.
struct LoopItem {
  void (*run)(void* context, std::size_t index);
  void* context;
};

// Runs item for 0 .. count - 1; count is at least 2, threads 0 means one per processor.
void run_task_loop(std::size_t count, int threads, LoopItem item);

}  // namespace steppe
