// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace steppe {

// How the error of forecast regressors goes into the intervals of a regression.
enum class Uncertainty { kClosedForm, kSimulation, kKnownDrivers };

std::string_view name_of(Uncertainty uncertainty);  // "closed_form", ...

// What tells how the errors of two forecast drivers correlate: the residuals of their models, their
// errors one step ahead from rolling origins, or nothing.
enum class CorrelationSource { kResiduals, kRolling, kNone };

std::string_view name_of(CorrelationSource source);  // "residuals", ...

// How often a simulation may draw: enough to tell a 99 % interval, and what memory can hold.
constexpr std::int64_t kFewestDraws = 1000;
constexpr std::int64_t kMostDraws = 1'000'000;

}  // namespace steppe
