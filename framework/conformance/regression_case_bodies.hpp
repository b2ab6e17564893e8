// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bodies of the cases for regressions, by file; regression_semantics.cpp and
// regression_statistics.cpp list them.

#include "conformance/case.hpp"

namespace steppe::conformance::regression {

// regression_data.cpp: the form of the data does not matter
void layout_does_not_matter(const CaseContext& context);
void row_order_does_not_matter(const CaseContext& context);
void column_order_permutes(const CaseContext& context);
void column_scale_scales(const CaseContext& context);
void target_scale_scales(const CaseContext& context);
void target_shift_shifts(const CaseContext& context);

// regression_state.cpp: what one call leaves behind for the next
void fit_twice_is_fit_once(const CaseContext& context);
void instances_are_independent(const CaseContext& context);
void calls_do_not_change_the_fit(const CaseContext& context);
void rows_are_independent(const CaseContext& context);
void concurrent_predict(const CaseContext& context);
void deterministic(const CaseContext& context);

// regression_degenerate.cpp
enum class Degenerate {
  kNoRows,
  kOneRow,
  kMoreColumnsThanRows,
  kNoColumns,
  kConstantColumn,
  kSameColumnTwice,
  kConstantTarget,
  kMissingTarget,
  kMissingRegressor,
  kInfiniteRegressor,
  kHuge,
  kTiny,
};
template <Degenerate kind>
void degenerate(const CaseContext& context);
void odd_rows_are_answered(const CaseContext& context);

// regression_results.cpp
void minimum_is_honest(const CaseContext& context);
void errors_and_quantiles_are_ordered(const CaseContext& context);
void intervals_are_honest(const CaseContext& context);
void linear_model_agrees(const CaseContext& context);
void fitted_is_predicted(const CaseContext& context);
void r_squared_is_that_of_the_residuals(const CaseContext& context);
void report_is_complete(const CaseContext& context);
void weights_are_honest(const CaseContext& context);

// regression_saved_fit.cpp
void saved_fit_comes_back(const CaseContext& context);
void saved_fit_is_the_same_bytes(const CaseContext& context);
void saved_fit_refuses_damage(const CaseContext& context);

// regression_simulation.cpp
void exact_data_give_back_coefficients(const CaseContext& context);
void intervals_cover_95(const CaseContext& context);
void intervals_cover_80(const CaseContext& context);
void mean_intervals_cover_95(const CaseContext& context);
void forecast_is_unbiased(const CaseContext& context);
void coefficient_errors_are_as_reported(const CaseContext& context);

}  // namespace steppe::conformance::regression
