// SPDX-License-Identifier: Apache-2.0
#include "conformance/harness.hpp"
#include "conformance/regression_case_bodies.hpp"

namespace steppe::conformance {

namespace {

template <void (*Body)(const CaseContext&)>
constexpr Case semantic(const char* id, const char* rule, const char* title,
                        const char* proves = nullptr) {
  return {id, Level::kSemantics, Subject::kRegression, rule, title, proves, &case_of<Body>};
}

using regression::degenerate;
using regression::Degenerate;

constexpr Case kCases[] = {
    semantic<&regression::layout_does_not_matter>(
        "semantics.regression_layout", "R13", "The layout of the data in memory does not matter"),
    semantic<&regression::row_order_does_not_matter>(
        "semantics.regression_row_order", "R30",
        "The order of the rows matters exactly where it is claimed", "ordered_rows"),
    semantic<&regression::column_order_permutes>(
        "semantics.regression_column_order", "R30",
        "The order of the columns permutes the coefficients and nothing else"),
    semantic<&regression::rows_are_independent>(
        "semantics.regression_rows_are_independent", "R32",
        "A forecast does not depend on other new rows, or on later ones"),
    semantic<&regression::fit_twice_is_fit_once>("semantics.regression_fit_twice_is_fit_once",
                                                 "R31", "Fitting twice is fitting once"),
    semantic<&regression::instances_are_independent>(
        "semantics.regression_instances_are_independent", "R31",
        "Instances do not share what they have learned"),
    semantic<&regression::calls_do_not_change_the_fit>(
        "semantics.regression_calls_do_not_change_the_fit", "R32",
        "predict, fitted and report do not change the fit"),
    semantic<&regression::concurrent_predict>("semantics.regression_concurrent_predict", "R39",
                                              "predict from four threads is predict from one",
                                              "concurrent_predict"),
    semantic<&regression::deterministic>(
        "semantics.regression_deterministic", "R38",
        "The same input gives the same bits, here and in another process", "deterministic"),
    semantic<&regression::column_scale_scales>("semantics.regression_column_scale", "R40",
                                               "A column in other units scales its coefficient",
                                               "scale_equivariant"),
    semantic<&regression::target_scale_scales>("semantics.regression_target_scale", "R40",
                                               "A target in other units scales its forecasts",
                                               "scale_equivariant"),
    semantic<&regression::target_shift_shifts>("semantics.regression_target_shift", "R40",
                                               "A shifted target shifts its forecasts",
                                               "shift_equivariant"),
    semantic<&regression::minimum_is_honest>("semantics.regression_minimum", "R36",
                                             "The least number of rows is as claimed",
                                             "minimum_observations"),
    semantic<&regression::errors_and_quantiles_are_ordered>(
        "semantics.regression_order", "R35",
        "Quantiles rise; an observation is less certain than its mean"),
    semantic<&regression::intervals_are_honest>(
        "semantics.regression_intervals", "R37",
        "Quantiles are given exactly where they are claimed", "intervals"),
    semantic<&regression::weights_are_honest>("semantics.regression_weights", "R37",
                                              "Weights are used where claimed, refused elsewhere",
                                              "uses_weights"),
    semantic<&regression::linear_model_agrees>("semantics.regression_linear_model", "R46",
                                               "linear_model agrees with predict",
                                               STEPPE_LINEAR_MODEL),
    semantic<&regression::fitted_is_predicted>("semantics.regression_fitted", "R42",
                                               "Fitted values are the forecasts of the same rows"),
    semantic<&regression::r_squared_is_that_of_the_residuals>(
        "semantics.regression_r_squared", "R42", "R squared is that of the fitted values"),
    semantic<&regression::report_is_complete>("semantics.regression_report", "R44",
                                              "The report has an equation and sound coefficients"),
    semantic<&regression::odd_rows_are_answered>("semantics.regression_odd_rows", "R34",
                                                 "New rows of odd numbers have an answer"),
    semantic<&degenerate<Degenerate::kNoRows>>("semantics.regression_no_rows", "R34",
                                               "No rows are refused"),
    semantic<&degenerate<Degenerate::kOneRow>>("semantics.regression_one_row", "R34",
                                               "One row has an answer"),
    semantic<&degenerate<Degenerate::kMoreColumnsThanRows>>(
        "semantics.regression_more_columns_than_rows", "R34",
        "More columns than rows have an answer"),
    semantic<&degenerate<Degenerate::kNoColumns>>("semantics.regression_no_columns", "R34",
                                                  "Data without regressors have an answer"),
    semantic<&degenerate<Degenerate::kConstantColumn>>("semantics.regression_constant_column",
                                                       "R34", "A constant column has an answer"),
    semantic<&degenerate<Degenerate::kSameColumnTwice>>(
        "semantics.regression_same_column_twice", "R34",
        "Columns that depend on one another are refused or named"),
    semantic<&degenerate<Degenerate::kConstantTarget>>("semantics.regression_constant_target",
                                                       "R34", "A constant target has an answer"),
    semantic<&degenerate<Degenerate::kMissingTarget>>("semantics.regression_missing_target", "R34",
                                                      "A missing target value is refused"),
    semantic<&degenerate<Degenerate::kMissingRegressor>>("semantics.regression_missing_regressor",
                                                         "R34", "A missing regressor is refused"),
    semantic<&degenerate<Degenerate::kInfiniteRegressor>>(
        "semantics.regression_infinite_regressor", "R34", "An infinite regressor is refused"),
    semantic<&degenerate<Degenerate::kHuge>>("semantics.regression_huge_values", "R34",
                                             "Values near 1e300 have an answer"),
    semantic<&degenerate<Degenerate::kTiny>>("semantics.regression_tiny_values", "R34",
                                             "Values near 1e-300 have an answer"),
    semantic<&regression::saved_fit_comes_back>("semantics.regression_saved_fit_comes_back", "R45",
                                                "A saved fit says the same when it is loaded again",
                                                STEPPE_SAVED_FIT),
    semantic<&regression::saved_fit_is_the_same_bytes>(
        "semantics.regression_saved_fit_is_the_same_bytes", "R45",
        "The same fit is saved as the same bytes", STEPPE_SAVED_FIT),
    semantic<&regression::saved_fit_refuses_damage>("semantics.regression_saved_fit_refuses_damage",
                                                    "R45", "Damaged bytes are refused",
                                                    STEPPE_SAVED_FIT),
};

}  // namespace

std::span<const Case> regression_semantics_cases() { return kCases; }

}  // namespace steppe::conformance
