// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace steppe {

// The known word with the smallest edit distance to `word`, or empty when none is near (more than a
// third of its letters differ). Optimal string alignment: a swap of neighbours counts as one edit.
std::string nearest(const std::string& word, const std::vector<std::string>& known);

}  // namespace steppe
