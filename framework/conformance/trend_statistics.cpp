// SPDX-License-Identifier: Apache-2.0
#include "conformance/harness.hpp"
#include "conformance/trend_case_bodies.hpp"

namespace steppe::conformance {

namespace {

template <void (*Body)(const CaseContext&)>
constexpr Case statistical(const char* id, const char* rule, const char* title,
                           const char* proves = nullptr) {
  return {id, Level::kStatistics, Subject::kTrendModel, rule, title, proves, &case_of<Body>};
}

// Intervals that cover what they claim on simulated data prove the process named, too.
constexpr const char* kProvenByCoverage =
    "intervals additive_errors multiplicative_errors random_walk_errors";

constexpr Case kTrendStatisticsCases[] = {
    statistical<&trend::curve_comes_back>("statistics.curve_comes_back", "R41",
                                          "Data on the model's own curve give back the curve"),
    statistical<&trend::parameters_come_back>(
        "statistics.parameters_come_back", "R41",
        "Data on the model's own curve give back its parameters to eight digits"),
    statistical<&trend::errors_vanish>("statistics.errors_vanish", "R41",
                                       "Data on the model's own curve have no errors"),
    statistical<&trend::intervals_cover_95>("statistics.intervals_cover_95", "R43",
                                            "95 % intervals cover 93 to 97 % of simulated values",
                                            kProvenByCoverage),
    statistical<&trend::intervals_cover_80>("statistics.intervals_cover_80", "R43",
                                            "80 % intervals cover 78 to 82 % of simulated values",
                                            "intervals"),
    statistical<&trend::forecast_is_unbiased>("statistics.forecast_is_unbiased", "R43",
                                              "Forecasts are right on average"),
    statistical<&trend::forecast_error_is_as_reported>(
        "statistics.forecast_error_is_as_reported", "R43",
        "Forecasts are as far off as their standard error says"),
    statistical<&trend::parameters_are_unbiased>("statistics.parameters_are_unbiased", "R43",
                                                 "Estimates are right on average"),
    statistical<&trend::parameter_errors_are_as_reported>(
        "statistics.parameter_errors_are_as_reported", "R43",
        "Estimates are as far off as their standard errors say"),
};

}  // namespace

std::span<const Case> trend_statistics_cases() { return kTrendStatisticsCases; }

}  // namespace steppe::conformance
