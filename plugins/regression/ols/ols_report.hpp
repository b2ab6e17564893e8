// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.ols says about a fit: scalars, tables, equation and warnings. Computes nothing.

#include <string>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"
#include "steppe/report.hpp"

namespace steppe::ols {

struct Protocol {
  numerics::LeastSquaresFit fit;
  numerics::LinearInference inference;
  std::vector<std::string> regressor_names;
  std::string target_name;
  double coverage = 0.95;
};

// "total = 1 mining + 1 oil"
std::string dependency_text(const Protocol& protocol, const numerics::DependentColumn& dependency);

// 0.95 -> "95", 0.995 -> "99.5"
std::string percent_text(double coverage);

void write_report(const Protocol& protocol, Report& out);

}  // namespace steppe::ols
