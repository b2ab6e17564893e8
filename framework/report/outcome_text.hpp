// SPDX-License-Identifier: Apache-2.0
#pragma once

// Words that several outputs share.

#include <string>
#include <string_view>

#include "core/results.hpp"

namespace steppe {

// "complete", "degraded", "too_many_failed", ...: how the run ended.
std::string_view status_name(ExitCode exit);

// "95" for 0.95, "97.5" for 0.975: from the decimal digits, not from a product.
std::string percent_text(double coverage);

// The candidate the numbers of a series come from; null when details are off or it failed.
const CandidateResult* chosen_candidate(const SeriesResult& series);

// "N6 domain_error: y = 0 at 2014 (row 5) has no logarithm".
std::string error_line(const Error& error);

}  // namespace steppe
