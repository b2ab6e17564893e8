// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of a regression share: residuals of size 1, and F and n R^2 of added columns.

#include <string>
#include <vector>

#include "orthogonal_basis.hpp"
#include "steppe/numerics/regression_tests.hpp"

namespace steppe::numerics::detail {

// Every statistic is free of the unit of the residuals, so they are divided by the largest: their
// fourth powers then stay in the range of double.
std::vector<double> unit_residuals(VectorView residuals);
std::vector<double> squares(const std::vector<double>& values);

// Empty, or why nothing can be tested: an exact fit.
std::string exact_reason(const RegressionResiduals& fit);
TestResult undefined_test(std::string reason);

// Chi-squared test with its p value, and F test.
TestResult chi_squared_test(double statistic, double dof);
TestResult f_test(double explained, double dof, double left, double left_dof);

// n R^2 (R^2 about the mean) and rank of `response` on the basis, whose first column is constant.
struct AuxiliaryFit {
  double n_r_squared;
  double dof;
  bool constant_response;
};
AuxiliaryFit auxiliary_fit(const OrthogonalBasis& basis, const std::vector<double>& response);

}  // namespace steppe::numerics::detail
