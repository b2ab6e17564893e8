// SPDX-License-Identifier: Apache-2.0
#include "conformance/harness.hpp"
#include "conformance/regression_case_bodies.hpp"

namespace steppe::conformance {

namespace {

template <void (*Body)(const CaseContext&)>
constexpr Case statistical(const char* id, const char* rule, const char* title,
                           const char* proves = nullptr) {
  return {id, Level::kStatistics, Subject::kRegression, rule, title, proves, &case_of<Body>};
}

// Intervals that cover what they claim on simulated data prove the process named, too.
constexpr const char* kProvenByCoverage =
    "intervals additive_errors multiplicative_errors random_walk_errors";

constexpr Case kCases[] = {
    statistical<&regression::exact_data_give_back_coefficients>(
        "statistics.regression_exact_data", "R41",
        "Data without errors give back their coefficients to eight digits"),
    statistical<&regression::intervals_cover_95>(
        "statistics.regression_intervals_cover_95", "R43",
        "95 % prediction intervals cover 93 to 97 % of simulated values", kProvenByCoverage),
    statistical<&regression::intervals_cover_80>(
        "statistics.regression_intervals_cover_80", "R43",
        "80 % prediction intervals cover 78 to 82 % of simulated values", "intervals"),
    statistical<&regression::mean_intervals_cover_95>(
        "statistics.regression_mean_intervals_cover_95", "R43",
        "95 % intervals of the mean cover it in 93 to 97 % of simulated data", "intervals"),
    statistical<&regression::forecast_is_unbiased>("statistics.regression_forecast_is_unbiased",
                                                   "R43", "Forecasts are right on average"),
    statistical<&regression::coefficient_errors_are_as_reported>(
        "statistics.regression_coefficient_errors", "R43",
        "Coefficients are as far off as their standard errors say"),
};

}  // namespace

std::span<const Case> regression_statistics_cases() { return kCases; }

}  // namespace steppe::conformance
