// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the service cases. Most use a whole Workload, so one body does for every kind.

#include "conformance/harness.hpp"

namespace steppe::conformance::service {

void works_without_services(const CaseContext& context);
void obeys_cancel(const CaseContext& context);
void asks_often(const CaseContext& context);
void stops_anywhere(const CaseContext& context);
void progress_never_falls(const CaseContext& context);
void log_lines_are_clean(const CaseContext& context);
void random_numbers_come_from_the_host(const CaseContext& context);

void leaves_arithmetic_and_locale(const CaseContext& context);
void leaves_the_process_alone(const CaseContext& context);
void leaves_no_thread(const CaseContext& context);
void leaves_no_descriptor(const CaseContext& context);
void prints_nothing(const CaseContext& context);
void statuses_are_known(const CaseContext& context);
void survives_lack_of_memory(const CaseContext& context);

void takes_options_within_bounds(const CaseContext& context);
void refuses_options_out_of_bounds(const CaseContext& context);

void trend_takes_any_bits(const CaseContext& context);
void trend_takes_any_shape(const CaseContext& context);
void trend_saved_bytes_are_not_trusted(const CaseContext& context);
void regression_takes_any_bits(const CaseContext& context);
void regression_takes_any_shape(const CaseContext& context);
void regression_saved_bytes_are_not_trusted(const CaseContext& context);

}  // namespace steppe::conformance::service
