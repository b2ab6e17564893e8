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

// The column of that name, or nothing.
std::optional<std::vector<double>> column_of(const ReportTable& table, const std::string& name);

}  // namespace steppe::conformance
