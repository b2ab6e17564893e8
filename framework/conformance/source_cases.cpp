// SPDX-License-Identifier: Apache-2.0
#include "conformance/source_case_bodies.hpp"

namespace steppe::conformance {

namespace {

template <void (*Body)(const CaseContext&)>
constexpr Case source_case(const char* id, const char* rule, const char* title) {
  return {id, Level::kSemantics, Subject::kDataSource, rule, title, nullptr, &case_of<Body>};
}

constexpr Case kSourceCases[] = {
    source_case<&source::reads_to_the_end>(
        "semantics.source_reads_to_the_end", "R50",
        "The stream is read to its end and every row is accounted for"),
    source_case<&source::schema_is_stable>("semantics.source_schema_is_stable", "R50",
                                           "The schema is the same whenever it is asked for"),
    source_case<&source::arrays_outlive_the_stream>(
        "semantics.source_arrays_outlive_the_stream", "R50",
        "Arrays are good until they are released, once each"),
    source_case<&source::streams_are_independent>("semantics.source_streams_are_independent", "R50",
                                                  "Two streams at once do not disturb one another"),
    source_case<&source::released_early>("semantics.source_released_early", "R53",
                                         "A stream may be released before its end"),
    source_case<&source::never_read>("semantics.source_never_read", "R53",
                                     "A stream may be released unread"),
    source_case<&source::columns_are_pushed_down>("semantics.source_columns", "R51",
                                                  "Columns asked for are those of the whole table"),
    source_case<&source::row_limit_is_pushed_down>("semantics.source_row_limit", "R51",
                                                   "A row limit gives the first rows"),
    source_case<&source::time_range_is_pushed_down>("semantics.source_time_range", "R51",
                                                    "A time range leaves out no row inside it"),
    source_case<&source::unknown_column_is_refused>(
        "semantics.source_unknown_column", "R51",
        "An unknown column is refused with the names there are"),
    source_case<&source::unreadable_cell_is_an_error>(
        "semantics.source_unreadable_cell", "R52",
        "A cell that is no number is an error with its place"),
    source_case<&source::missing_file_is_an_error>(
        "semantics.source_missing_file", "R52",
        "A file that is not there is an error that names it"),
    source_case<&source::no_rows_are_a_table>("semantics.source_no_rows", "R54",
                                              "Where no row is left there is a table without rows"),
    source_case<&source::snapshot_is_stable>("semantics.source_snapshot", "R55",
                                             "The same data have the same snapshot"),
};

}  // namespace

std::span<const Case> source_cases() { return kSourceCases; }

}  // namespace steppe::conformance
