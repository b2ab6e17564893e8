// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the memory cases, and what they share.

#include <functional>

#include "conformance/harness.hpp"

namespace steppe::conformance {

// Bytes that malloc has handed out in this process; 0 where that cannot be told (sanitizers).
std::size_t heap_in_use();

// Runs `once` a thousand times, fewer where that takes seconds, and leaves by fail()
// when the heap grew by as much as a smallest block each time. Skips where the heap cannot be
// measured.
void require_no_growth(const char* what, const std::function<void()>& once);

// Tries `provoke`, which must fill the error it is given, with errors of the exact size, of smaller
// sizes and with none, each before a guard page.
void require_errors_to_fit(const std::function<void(steppe_error*)>& provoke);

namespace memory {

void component_destroys_null(const CaseContext& context);
void component_instances_leak_nothing(const CaseContext& context);
void component_frees_only_its_own(const CaseContext& context);

void trend_stays_before_the_end(const CaseContext& context);
void trend_stays_behind_the_start(const CaseContext& context);
void trend_inputs_are_read_only(const CaseContext& context);
void trend_takes_reversed_views(const CaseContext& context);
void trend_takes_views_with_gaps(const CaseContext& context);
void trend_takes_column_major_views(const CaseContext& context);
void trend_takes_columns_apart(const CaseContext& context);
void trend_takes_a_zero_stride(const CaseContext& context);
void trend_takes_odd_addresses(const CaseContext& context);
void trend_leaves_absent_outputs(const CaseContext& context);
void trend_answers_empty_requests(const CaseContext& context);
void trend_takes_any_number_of_series(const CaseContext& context);
void trend_keeps_no_input(const CaseContext& context);
void trend_errors_fit(const CaseContext& context);
void trend_destroys_null(const CaseContext& context);
void trend_leaks_nothing(const CaseContext& context);

void regression_stays_before_the_end(const CaseContext& context);
void regression_stays_behind_the_start(const CaseContext& context);
void regression_inputs_are_read_only(const CaseContext& context);
void regression_takes_reversed_views(const CaseContext& context);
void regression_takes_views_with_gaps(const CaseContext& context);
void regression_takes_column_major_views(const CaseContext& context);
void regression_takes_odd_addresses(const CaseContext& context);
void regression_leaves_absent_outputs(const CaseContext& context);
void regression_answers_empty_requests(const CaseContext& context);
void regression_keeps_no_input(const CaseContext& context);
void regression_errors_fit(const CaseContext& context);
void regression_destroys_null(const CaseContext& context);
void regression_leaks_nothing(const CaseContext& context);

void source_request_is_read_only(const CaseContext& context);
void source_errors_fit(const CaseContext& context);
void source_leaks_nothing(const CaseContext& context);

}  // namespace memory

}  // namespace steppe::conformance
