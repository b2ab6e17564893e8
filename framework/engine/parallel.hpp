// SPDX-License-Identifier: Apache-2.0
#pragma once

// Work over independent items, on oneTBB.

#include <cstddef>
#include <functional>

namespace steppe {

// Calls body(0) .. body(count - 1), in any order, on at most `threads` threads (0: one per
// processor). A single item, or a single thread, runs on the caller's.
void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

}  // namespace steppe
