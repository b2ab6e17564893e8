// SPDX-License-Identifier: Apache-2.0
#pragma once

// What R44 asks of every report, of trends and regressions alike. Each check leaves by fail().

#include <optional>
#include <string>
#include <vector>

#include "core/fit_report.hpp"

namespace steppe::conformance {

// An undefined scalar needs a warning.
void check_undefined_scalars(const FitReport& report);

// A table of parameters or coefficients: a column estimate, named rows, standard errors that are
// not negative, limits around the estimate, p between 0 and 1.
void check_parameters(const ReportTable& table);

// The report as lines "r_squared = 0.98", so that a difference can be shown; and the first one:
// `the report says "..." at first, "..." afterwards`, empty when there is none.
std::vector<std::string> report_lines(const FitReport& report);
std::string first_difference_of(const std::vector<std::string>& a,
                                const std::vector<std::string>& b, const char* first,
                                const char* second);

// The column of that name, or nothing.
std::optional<std::vector<double>> column_of(const ReportTable& table, const std::string& name);

}  // namespace steppe::conformance
