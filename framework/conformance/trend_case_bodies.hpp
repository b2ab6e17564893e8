// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the cases for trend models, by file; trend_semantics.cpp and trend_statistics.cpp
// list them. A body returns when all is well and leaves by fail() or skip() otherwise.

#include "conformance/case.hpp"

namespace steppe::conformance::trend {

// trend_blocks.cpp: one series does not know of another, nor of the memory it lies in
void block_is_one_by_one(const CaseContext& context);
void order_does_not_matter(const CaseContext& context);
void split_does_not_matter(const CaseContext& context);
void layout_does_not_matter(const CaseContext& context);
void failed_series_is_alone(const CaseContext& context);

// trend_state.cpp: what one call leaves behind for the next
void fit_twice_is_fit_once(const CaseContext& context);
void instances_are_independent(const CaseContext& context);
void calls_do_not_change_the_fit(const CaseContext& context);
void horizon_is_a_prefix(const CaseContext& context);
void probabilities_are_independent(const CaseContext& context);
void concurrent_predict(const CaseContext& context);
void deterministic(const CaseContext& context);

// trend_degenerate.cpp: numbers that nobody means but everybody meets
enum class Degenerate {
  kConstant,
  kZeros,
  kOnePoint,
  kTwoPoints,
  kNoObservations,
  kNoSeries,
  kAllMissing,
  kInfinite,
  kHuge,
  kTiny,
  kAlternating,
  kOutlier,
};
template <Degenerate kind>
void degenerate(const CaseContext& context);

// trend_tags.cpp: what a component claims of itself
void minimum_is_enough(const CaseContext& context);
void fewer_are_refused(const CaseContext& context);
void missing_values_are_handled(const CaseContext& context);
void missing_values_are_refused(const CaseContext& context);
void gaps_are_handled(const CaseContext& context);
void season_is_used(const CaseContext& context);
void season_is_ignored(const CaseContext& context);
void intervals_are_honest(const CaseContext& context);
void simulates_is_honest(const CaseContext& context);
void scale_equivariant(const CaseContext& context);
void shift_equivariant(const CaseContext& context);

// trend_results.cpp: what is said of a fit
void fits_ordinary_series(const CaseContext& context);
void quantiles_are_ordered(const CaseContext& context);
void r_squared_is_that_of_the_residuals(const CaseContext& context);
void statistics_agree_with_the_report(const CaseContext& context);
void report_is_complete(const CaseContext& context);

// trend_saved_fit.cpp
void saved_fit_comes_back(const CaseContext& context);
void saved_fit_is_the_same_bytes(const CaseContext& context);
void saved_fit_refuses_damage(const CaseContext& context);

// trend_noiseless.cpp: data on the model's own curve
void curve_comes_back(const CaseContext& context);
void parameters_come_back(const CaseContext& context);
void errors_vanish(const CaseContext& context);

// trend_simulation.cpp: 2,000 series from the process that the component names
void intervals_cover_95(const CaseContext& context);
void intervals_cover_80(const CaseContext& context);
void forecast_is_unbiased(const CaseContext& context);
void forecast_error_is_as_reported(const CaseContext& context);
void parameters_are_unbiased(const CaseContext& context);
void parameter_errors_are_as_reported(const CaseContext& context);

}  // namespace steppe::conformance::trend
