// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of diagnose(), one per file: each adds its tests in the order of the report.

#include "evaluation/tested_fit.hpp"

namespace steppe {

constexpr double kTestLevel = 0.05;

// influence_diagnostics.cpp: condition number, variance inflation, influence of rows.
void add_influence(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out);
// residual_diagnostics.cpp: autocorrelation, variance, shape, form; stability where it is asked.
void add_residual_tests(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out);
void add_stability_tests(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out);
// series_diagnostics.cpp: unit roots, cointegration, spurious regression.
void add_series_tests(const DiagnosticsInput& input, Diagnostics& out);
// diagnostic_warnings.cpp
std::vector<Warning> diagnostic_warnings(const DiagnosticsInput& input, const Diagnostics& found);

// "0.0312", "1.13": a p value or a statistic in a sentence.
std::string short_number(double value);

}  // namespace steppe
