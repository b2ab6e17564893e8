// SPDX-License-Identifier: Apache-2.0
#include "engine/parallel.hpp"

#include <atomic>

#include "engine/task_loop.hpp"

#if defined(__SANITIZE_THREAD__)
// What oneTBB does with its own memory, by calls from inside the library; nothing of ours.
extern "C" const char* __tsan_default_suppressions() { return "called_from_lib:libtbb.so.12\n"; }
#endif

namespace steppe {
namespace {

// oneTBB orders what happens before, in and after the loop. ThreadSanitizer cannot see that, since
// the library is not built with it; the two atomics say it again, once per item.
std::atomic<std::size_t> loops_begun{0};

struct Loop {
  const std::function<void(std::size_t)>& body;
  std::atomic<std::size_t> done{0};
};

void run_item(void* context, std::size_t index) {
  [[maybe_unused]] const std::size_t begun = loops_begun.load(std::memory_order_acquire);
  auto& loop = *static_cast<Loop*>(context);
  loop.body(index);
  loop.done.fetch_add(1, std::memory_order_release);
}

}  // namespace

void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  if (count <= 1 || threads == 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  Loop loop{body};
  loops_begun.fetch_add(1, std::memory_order_release);
  run_task_loop(count, threads, {&run_item, &loop});
  while (loop.done.load(std::memory_order_acquire) != count) {
  }
}

}  // namespace steppe
