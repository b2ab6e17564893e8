// SPDX-License-Identifier: Apache-2.0
#include "engine/task_loop.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace steppe {

void run_task_loop(std::size_t count, int threads, LoopItem item) {
  const auto run = [&] {
    oneapi::tbb::parallel_for(std::size_t{0}, count,
                              [item](std::size_t i) { item.run(item.context, i); });
  };
  if (threads <= 0) {
    run();
    return;
  }
  // More threads than processors are honoured: the bytes must not depend on either.
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          static_cast<std::size_t>(threads));
  oneapi::tbb::task_arena(threads).execute(run);
}

}  // namespace steppe
