// SPDX-License-Identifier: Apache-2.0
#include "centered_form.hpp"

#include <algorithm>

namespace steppe::numerics::detail {
namespace {

DoubleDouble covariance_entry(const CenteredForm& form, std::size_t a, std::size_t b) {
  const std::size_t size = form.kept.size();
  DoubleDouble sum;
  for (std::size_t i = std::max(a, b); i < size; ++i)
    sum += form.inverse_r[a * size + i] * form.inverse_r[b * size + i];
  return sum;
}

}  // namespace

void fill_coefficients(LeastSquaresFit& fit, std::size_t coefficient_count) {
  const CenteredForm& form = fit.centered;
  const std::size_t offset = fit.intercept ? 1 : 0;
  const std::size_t q = coefficient_count;
  fit.coefficients.assign(q, kUndefined);
  fit.covariance.assign(q * q, kUndefined);
  DoubleDouble constant = form.response_mean;
  DoubleDouble constant_variance = form.inverse_total_weight;
  for (std::size_t a = 0; a < form.kept.size(); ++a) {
    const std::size_t row = form.kept[a] + offset;
    fit.coefficients[row] = form.slopes[a].value();
    constant -= form.slopes[a] * form.column_means[a];
    DoubleDouble with_constant;
    for (std::size_t b = 0; b < form.kept.size(); ++b) {
      const DoubleDouble entry = covariance_entry(form, a, b);
      fit.covariance[row * q + form.kept[b] + offset] = entry.value();
      with_constant -= entry * form.column_means[b];
    }
    if (fit.intercept) fit.covariance[row] = fit.covariance[row * q] = with_constant.value();
    constant_variance -= with_constant * form.column_means[a];
  }
  if (!fit.intercept) return;
  fit.coefficients[0] = constant.value();
  fit.covariance[0] = constant_variance.value();
}

}  // namespace steppe::numerics::detail
