// SPDX-License-Identifier: Apache-2.0
#include "conformance/harness.hpp"
#include "conformance/trend_case_bodies.hpp"

namespace steppe::conformance {

namespace {

template <void (*Body)(const CaseContext&)>
constexpr Case semantic(const char* id, const char* rule, const char* title,
                        const char* proves = nullptr) {
  return {id, Level::kSemantics, Subject::kTrendModel, rule, title, proves, &case_of<Body>};
}

using trend::degenerate;
using trend::Degenerate;

constexpr Case kTrendSemanticsCases[] = {
    semantic<&trend::fits_ordinary_series>("semantics.fits_ordinary_series", "R34",
                                           "Ordinary positive series are fitted and forecast"),
    semantic<&trend::block_is_one_by_one>(
        "semantics.block_is_one_by_one", "R30",
        "A series fitted in a block gives the same bits as fitted alone"),
    semantic<&trend::order_does_not_matter>("semantics.order_does_not_matter", "R30",
                                            "The order of the series in a block does not matter"),
    semantic<&trend::split_does_not_matter>("semantics.split_does_not_matter", "R30",
                                            "The split of series into blocks does not matter"),
    semantic<&trend::layout_does_not_matter>("semantics.layout_does_not_matter", "R13",
                                             "The layout of a block in memory does not matter"),
    semantic<&trend::failed_series_is_alone>(
        "semantics.failed_series_is_alone", "R33",
        "A series that cannot be fitted fails alone, and its outputs are NaN"),
    semantic<&trend::fit_twice_is_fit_once>("semantics.fit_twice_is_fit_once", "R31",
                                            "Fitting twice is fitting once"),
    semantic<&trend::instances_are_independent>("semantics.instances_are_independent", "R31",
                                                "Instances do not share what they have learned"),
    semantic<&trend::calls_do_not_change_the_fit>(
        "semantics.calls_do_not_change_the_fit", "R32",
        "predict, fitted, statistics and report do not change the fit"),
    semantic<&trend::horizon_is_a_prefix>("semantics.horizon_is_a_prefix", "R32",
                                          "Horizon h is the prefix of horizon h + k"),
    semantic<&trend::probabilities_are_independent>(
        "semantics.probabilities_are_independent", "R32",
        "A quantile does not depend on the others that are wanted"),
    semantic<&trend::quantiles_are_ordered>("semantics.quantiles_are_ordered", "R35",
                                            "Quantiles rise and standard errors are not negative"),
    semantic<&trend::concurrent_predict>("semantics.concurrent_predict", "R39",
                                         "predict from four threads is predict from one",
                                         "concurrent_predict"),
    semantic<&trend::deterministic>(
        "semantics.deterministic", "R38",
        "The same input gives the same bits, here and in another process", "deterministic"),
    semantic<&trend::intervals_are_honest>("semantics.intervals_are_honest", "R37",
                                           "Quantiles are given exactly where they are claimed",
                                           "intervals"),
    semantic<&trend::simulates_is_honest>("semantics.simulates_is_honest", "R37",
                                          "Sample paths are offered exactly where they are claimed",
                                          "simulates"),
    semantic<&trend::minimum_is_enough>("semantics.minimum_is_enough", "R36",
                                        "As many observations as claimed are enough",
                                        "minimum_observations"),
    semantic<&trend::fewer_are_refused>("semantics.fewer_are_refused", "R36",
                                        "Fewer observations are refused with insufficient_data",
                                        "minimum_observations"),
    semantic<&trend::missing_values_are_handled>(
        "semantics.missing_values_are_handled", "R37",
        "Missing values change nothing but what is missing", "handles_missing"),
    semantic<&trend::missing_values_are_refused>(
        "semantics.missing_values_are_refused", "R37",
        "A missing value is refused where handles_missing is not claimed"),
    semantic<&trend::gaps_are_handled>("semantics.gaps_are_handled", "R37",
                                       "Times with gaps are taken as they are", "handles_gaps"),
    semantic<&trend::season_is_used>("semantics.season_is_used", "R37",
                                     "Forecasts follow the season", "seasonal"),
    semantic<&trend::season_is_ignored>("semantics.season_is_ignored", "R37",
                                        "The season is ignored where seasonal is not claimed"),
    semantic<&trend::scale_equivariant>("semantics.scale_equivariant", "R40",
                                        "Values in other units give forecasts in those units",
                                        "scale_equivariant"),
    semantic<&trend::shift_equivariant>("semantics.shift_equivariant", "R40",
                                        "Shifted values give shifted forecasts",
                                        "shift_equivariant"),
    semantic<&trend::r_squared_is_that_of_the_residuals>(
        "semantics.r_squared_is_that_of_the_residuals", "R42",
        "R squared, AICc and BIC are those of the fitted values"),
    semantic<&trend::statistics_agree_with_the_report>(
        "semantics.statistics_agree_with_the_report", "R42",
        "Statistics are the same in the report and in their own call"),
    semantic<&trend::report_is_complete>("semantics.report_is_complete", "R44",
                                         "The report has an equation and sound parameters"),
    semantic<&degenerate<Degenerate::kConstant>>("semantics.constant_series", "R34",
                                                 "A constant series has an answer"),
    semantic<&degenerate<Degenerate::kZeros>>("semantics.zeros", "R34",
                                              "A series of zeros has an answer"),
    semantic<&degenerate<Degenerate::kOnePoint>>("semantics.one_point", "R34",
                                                 "One observation has an answer"),
    semantic<&degenerate<Degenerate::kTwoPoints>>("semantics.two_points", "R34",
                                                  "Two observations have an answer"),
    semantic<&degenerate<Degenerate::kNoObservations>>("semantics.no_observations", "R34",
                                                       "No observations are refused"),
    semantic<&degenerate<Degenerate::kNoSeries>>("semantics.no_series", "R34",
                                                 "A block without series has an answer"),
    semantic<&degenerate<Degenerate::kAllMissing>>("semantics.all_missing", "R34",
                                                   "A series with nothing in it is refused"),
    semantic<&degenerate<Degenerate::kInfinite>>("semantics.infinite_value", "R34",
                                                 "An infinite value is refused"),
    semantic<&degenerate<Degenerate::kHuge>>("semantics.huge_values", "R34",
                                             "Values of 1e300 have an answer"),
    semantic<&degenerate<Degenerate::kTiny>>("semantics.tiny_values", "R34",
                                             "Values of 1e-300 have an answer"),
    semantic<&degenerate<Degenerate::kAlternating>>("semantics.alternating_huge_values", "R34",
                                                    "Values from -1e300 to 1e300 have an answer"),
    semantic<&degenerate<Degenerate::kOutlier>>("semantics.huge_outlier", "R34",
                                                "One value of 1e290 has an answer"),
    semantic<&trend::saved_fit_comes_back>("semantics.saved_fit_comes_back", "R45",
                                           "A saved fit says the same when it is loaded again",
                                           STEPPE_SAVED_FIT),
    semantic<&trend::saved_fit_is_the_same_bytes>("semantics.saved_fit_is_the_same_bytes", "R45",
                                                  "The same fit is saved as the same bytes",
                                                  STEPPE_SAVED_FIT),
    semantic<&trend::saved_fit_refuses_damage>("semantics.saved_fit_refuses_damage", "R45",
                                               "Damaged bytes are refused", STEPPE_SAVED_FIT),
};

}  // namespace

std::span<const Case> trend_semantics_cases() { return kTrendSemanticsCases; }

}  // namespace steppe::conformance
