// SPDX-License-Identifier: Apache-2.0
#pragma once

// The regression that is tested: the rows, columns and residuals for which the textbook assumptions
// should hold. Weighted rows are multiplied by the root of their weight, a transformed target is
// taken on its scale, known autocorrelation is taken out.

#include <string>
#include <vector>

#include "evaluation/regression_diagnostics.hpp"
#include "steppe/numerics/regression_tests.hpp"

namespace steppe {

struct TestedFit {
  std::vector<std::int64_t> ordinals;
  std::vector<std::string> columns;  // of `plain`: names, with powers "x^2"
  std::vector<double> plain;         // n x k, as the regressors are
  std::vector<double> design;        // n x q: plain, or weighted with a column for the constant
  bool intercept = true;             // of design
  std::vector<double> residuals;
  std::vector<double> fitted;
  bool consecutive = true;    // no date is missing between the first and the last
  bool least_squares = true;  // the residuals are those of least squares
  std::string remark;         // what was done to the data; empty for nothing

  std::size_t rows() const { return residuals.size(); }
  numerics::RegressionResiduals get() const { return view(design, intercept); }
  // With the regressors as they are: for tests of what the residuals depend on.
  numerics::RegressionResiduals plain_get() const { return view(plain, true); }

 private:
  numerics::RegressionResiduals view(const std::vector<double>& columns_of, bool constant) const {
    const std::size_t n = rows();
    return {{columns_of.data(), n, n == 0 ? 0 : columns_of.size() / n},
            constant,
            {residuals.data(), n},
            {fitted.data(), n}};
  }
};

TestedFit tested_fit(const DiagnosticsInput& input);

}  // namespace steppe
