// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace steppe::conformance {

constexpr std::size_t kThreads = 4;

// Lets each thread ask `same(thread)` many times while the others do, and fails the case when
// predict once gave a thread other numbers than it gives alone (R39). Each thread should want
// something else, so that shared working memory shows.
void same_from_four_threads(const std::function<bool(std::size_t thread)>& same);

}  // namespace steppe::conformance
