// SPDX-License-Identifier: Apache-2.0
#include "conformance/memory_bodies.hpp"

namespace steppe::conformance {

namespace {

using namespace memory;

constexpr Level kLevel = Level::kMemory;
constexpr Subject kAny = Subject::kComponent;
constexpr Subject kTrend = Subject::kTrendModel;
constexpr Subject kRegression = Subject::kRegression;
constexpr Subject kSource = Subject::kDataSource;

constexpr Case kMemoryCases[] = {
    {"memory.destroy_takes_null", kLevel, kAny, "R14", "destroy of a null instance does nothing",
     nullptr, &case_of<component_destroys_null>},
    {"memory.instances_leak_nothing", kLevel, kAny, "R18",
     "Instances that are destroyed hold no memory", nullptr,
     &case_of<component_instances_leak_nothing>},
    {"memory.frees_only_its_own", kLevel, kAny, "R14",
     "A whole use frees nothing of the host's, and nothing twice", nullptr,
     &case_of<component_frees_only_its_own>},

    {"memory.trend_stays_before_the_end", kLevel, kTrend, "R12",
     "Every output is written in full, and nothing behind the end of any buffer",
     STEPPE_TREND_MODEL, &case_of<trend_stays_before_the_end>},
    {"memory.trend_stays_behind_the_start", kLevel, kTrend, "R12",
     "Nothing is touched before the start of any buffer", nullptr,
     &case_of<trend_stays_behind_the_start>},
    {"memory.trend_inputs_are_read_only", kLevel, kTrend, "R11",
     "Inputs on read-only pages are enough", nullptr, &case_of<trend_inputs_are_read_only>},
    {"memory.trend_takes_reversed_views", kLevel, kTrend, "R13",
     "Negative strides give the same bits", nullptr, &case_of<trend_takes_reversed_views>},
    {"memory.trend_takes_views_with_gaps", kLevel, kTrend, "R13",
     "Odd strides give the same bits, and what lies between is not touched", nullptr,
     &case_of<trend_takes_views_with_gaps>},
    {"memory.trend_takes_column_major_views", kLevel, kTrend, "R13",
     "Column by column gives the same bits as row by row", nullptr,
     &case_of<trend_takes_column_major_views>},
    {"memory.trend_takes_columns_apart", kLevel, kTrend, "R13",
     "Columns in falling order with gaps give the same bits", nullptr,
     &case_of<trend_takes_columns_apart>},
    {"memory.trend_takes_a_zero_stride", kLevel, kTrend, "R13",
     "A column stride of zero is one series many times", nullptr,
     &case_of<trend_takes_a_zero_stride>},
    {"memory.trend_takes_odd_addresses", kLevel, kTrend, "R13",
     "Buffers aligned to 8 bytes and not to 16 give the same bits", nullptr,
     &case_of<trend_takes_odd_addresses>},
    {"memory.trend_leaves_absent_outputs", kLevel, kTrend, "R12",
     "Outputs that are not wanted are left alone and change no other", nullptr,
     &case_of<trend_leaves_absent_outputs>},
    {"memory.trend_answers_empty_requests", kLevel, kTrend, "R12",
     "No probabilities, no future times and no names are requests like others", nullptr,
     &case_of<trend_answers_empty_requests>},
    {"memory.trend_takes_any_number_of_series", kLevel, kTrend, "R33",
     "Blocks of no series, one and a hundred are blocks like others", nullptr,
     &case_of<trend_takes_any_number_of_series>},
    {"memory.trend_keeps_no_input", kLevel, kTrend, "R11",
     "The block is borrowed for the call: afterwards it may be gone", nullptr,
     &case_of<trend_keeps_no_input>},
    {"memory.trend_errors_fit", kLevel, kTrend, "R15",
     "Errors stay inside the caller's struct, end with a zero and say something", nullptr,
     &case_of<trend_errors_fit>},
    {"memory.trend_destroys_null", kLevel, kTrend, "R14", "destroy of a null fit does nothing",
     nullptr, &case_of<trend_destroys_null>},
    {"memory.trend_leaks_nothing", kLevel, kTrend, "R18",
     "A thousand fits, reports and forecasts hold no memory", nullptr,
     &case_of<trend_leaks_nothing>},

    {"memory.regression_stays_before_the_end", kLevel, kRegression, "R12",
     "Every output is written in full, and nothing behind the end of any buffer", STEPPE_REGRESSION,
     &case_of<regression_stays_before_the_end>},
    {"memory.regression_stays_behind_the_start", kLevel, kRegression, "R12",
     "Nothing is touched before the start of any buffer", nullptr,
     &case_of<regression_stays_behind_the_start>},
    {"memory.regression_inputs_are_read_only", kLevel, kRegression, "R11",
     "Inputs on read-only pages are enough", nullptr, &case_of<regression_inputs_are_read_only>},
    {"memory.regression_takes_reversed_views", kLevel, kRegression, "R13",
     "Negative strides give the same bits", nullptr, &case_of<regression_takes_reversed_views>},
    {"memory.regression_takes_views_with_gaps", kLevel, kRegression, "R13",
     "Odd strides give the same bits, and what lies between is not touched", nullptr,
     &case_of<regression_takes_views_with_gaps>},
    {"memory.regression_takes_column_major_views", kLevel, kRegression, "R13",
     "Column by column gives the same bits as row by row", nullptr,
     &case_of<regression_takes_column_major_views>},
    {"memory.regression_takes_odd_addresses", kLevel, kRegression, "R13",
     "Buffers aligned to 8 bytes and not to 16 give the same bits", nullptr,
     &case_of<regression_takes_odd_addresses>},
    {"memory.regression_leaves_absent_outputs", kLevel, kRegression, "R12",
     "Outputs that are not wanted are left alone and change no other", nullptr,
     &case_of<regression_leaves_absent_outputs>},
    {"memory.regression_answers_empty_requests", kLevel, kRegression, "R12",
     "No probabilities and no new rows are requests like others", nullptr,
     &case_of<regression_answers_empty_requests>},
    {"memory.regression_keeps_no_input", kLevel, kRegression, "R11",
     "The data are borrowed for the call: afterwards they may be gone", nullptr,
     &case_of<regression_keeps_no_input>},
    {"memory.regression_errors_fit", kLevel, kRegression, "R15",
     "Errors stay inside the caller's struct, end with a zero and say something", nullptr,
     &case_of<regression_errors_fit>},
    {"memory.regression_destroys_null", kLevel, kRegression, "R14",
     "destroy of a null fit does nothing", nullptr, &case_of<regression_destroys_null>},
    {"memory.regression_leaks_nothing", kLevel, kRegression, "R18",
     "A thousand fits, reports and forecasts hold no memory", nullptr,
     &case_of<regression_leaks_nothing>},

    {"memory.source_request_is_read_only", kLevel, kSource, "R11",
     "A request on read-only pages that are gone after open is enough", STEPPE_DATA_SOURCE,
     &case_of<source_request_is_read_only>},
    {"memory.source_errors_fit", kLevel, kSource, "R15",
     "Errors stay inside the caller's struct, end with a zero and say something", nullptr,
     &case_of<source_errors_fit>},
    {"memory.source_leaks_nothing", kLevel, kSource, "R18",
     "Streams that are read, or not, and released hold no memory", nullptr,
     &case_of<source_leaks_nothing>},
};

}  // namespace

std::span<const Case> memory_cases() { return kMemoryCases; }

}  // namespace steppe::conformance
