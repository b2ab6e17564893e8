// SPDX-License-Identifier: Apache-2.0
#include "test_columns.hpp"

#include <algorithm>
#include <cmath>

#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics::detail {

std::vector<double> unit_residuals(VectorView residuals) {
  std::vector<double> out = column_of(residuals);
  double largest = 0.0;
  for (const double e : out) largest = std::max(largest, std::fabs(e));
  if (largest == 0.0) return out;
  for (double& e : out) e /= largest;
  return out;
}

std::vector<double> squares(const std::vector<double>& values) {
  std::vector<double> out;
  out.reserve(values.size());
  for (const double value : values) out.push_back(value * value);
  return out;
}

std::string exact_reason(const RegressionResiduals& fit) {
  return is_exact_fit(fit) ? "the residuals are no larger than the rounding of the data" : "";
}

TestResult undefined_test(std::string reason) {
  TestResult out;
  out.reason = std::move(reason);
  return out;
}

TestResult chi_squared_test(double statistic, double dof) {
  return {statistic, chi_squared_upper_tail(statistic, dof), dof, kUndefined, {}};
}

TestResult f_test(double explained, double dof, double left, double left_dof) {
  const double f = explained / dof / (left / left_dof);
  return {f, f_upper_tail(f, dof, left_dof), dof, left_dof, {}};
}

AuxiliaryFit auxiliary_fit(const OrthogonalBasis& basis, const std::vector<double>& response) {
  constexpr double kConstant = 1e-24;  // squared
  const double total = dot(response, response);
  const double mean_part = dot(basis[0], response);
  std::vector<double> centred = response;
  for (std::size_t i = 0; i < centred.size(); ++i) centred[i] -= mean_part * basis[0][i];
  double explained = 0.0;
  for (std::size_t c = 1; c < basis.rank(); ++c) explained += std::pow(dot(basis[c], centred), 2);
  const double about_mean = dot(centred, centred);
  const double n = static_cast<double>(response.size());
  return {n * explained / about_mean, static_cast<double>(basis.rank() - 1),
          about_mean <= kConstant * total};
}

}  // namespace steppe::numerics::detail
