// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the cases for data sources, by file; source_cases.cpp lists them.

#include "conformance/source_subject.hpp"

namespace steppe::conformance::source {

// source_reading.cpp: streams, their life, and what is read of them
void reads_to_the_end(const CaseContext& context);
void schema_is_stable(const CaseContext& context);
void released_early(const CaseContext& context);
void never_read(const CaseContext& context);
void arrays_outlive_the_stream(const CaseContext& context);
void snapshot_is_stable(const CaseContext& context);
void streams_are_independent(const CaseContext& context);

// source_requests.cpp: what is asked of open, granted or refused
void columns_are_pushed_down(const CaseContext& context);
void row_limit_is_pushed_down(const CaseContext& context);
void time_range_is_pushed_down(const CaseContext& context);
void unknown_column_is_refused(const CaseContext& context);
void unreadable_cell_is_an_error(const CaseContext& context);
void missing_file_is_an_error(const CaseContext& context);
void no_rows_are_a_table(const CaseContext& context);

// Leaves by fail() at the first cell in which they differ.
void compare_columns(const std::vector<Cell>& a, const std::vector<Cell>& b,
                     const std::string& column, const std::string& when);
void compare_tables(const SourceTable& a, const SourceTable& b, const std::string& when);
// The table as text; leaves by skip() when it has no columns.
SourceTable whole_table(const SourceSubject& subject);

}  // namespace steppe::conformance::source
