// SPDX-License-Identifier: Apache-2.0
#pragma once

// The same numbers from another process, for the tag deterministic.

#include <functional>
#include <vector>

namespace steppe::conformance {

// What `make` returns in a child of this process. New memory there is filled with another pattern,
// so that a number that was read before it was written differs. Leaves by fail() when the child
// gives no answer or one of another length.
std::vector<double> numbers_of_other_process(std::size_t size,
                                             const std::function<std::vector<double>()>& make);

}  // namespace steppe::conformance
