// SPDX-License-Identifier: Apache-2.0
#pragma once

// A component that knows keys by their numbers (tag pooled_rows) says "key #3"; the reader is told
// the key's name.

#include <string>
#include <vector>

#include "core/fit_report.hpp"

namespace steppe {

// `keys` in the order of their numbers, as SeriesResult::key. A number beyond them stays.
std::string with_key_names(const std::string& text, const std::vector<std::string>& keys);

// Rows of tables get the name alone, texts and warnings the name in quotes.
void put_key_names(FitReport& report, const std::vector<std::string>& keys);

}  // namespace steppe
