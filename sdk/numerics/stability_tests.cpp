// SPDX-License-Identifier: Apache-2.0
// Chow and CUSUM: are the coefficients the same all the time?

#include <algorithm>
#include <cmath>

#include "test_columns.hpp"

namespace steppe::numerics {
namespace {

using detail::OrthogonalBasis;

double standard_normal(double x) { return 0.5 * std::erfc(-x / 1.41421356237309504880); }

// Rows [first, last) of the regression.
struct Part {
  double residual_ss = 0.0;
  std::size_t rows = 0;
  std::size_t rank = 0;
};

MatrixView rows_of(MatrixView design, std::size_t first, std::size_t last) {
  steppe_matrix part{};
  part.struct_size = sizeof(part);
  part.data = design.data() + static_cast<std::ptrdiff_t>(first) * design.row_stride();
  part.rows = last - first;
  part.columns = design.columns();
  part.row_stride = design.row_stride();
  part.column_stride = design.column_stride();
  return MatrixView(part);
}

// Of the response in units of its largest value.
std::vector<double> unit_response(const RegressionResiduals& fit) {
  std::vector<double> response(fit.fitted.size());
  for (std::size_t i = 0; i < response.size(); ++i) response[i] = fit.fitted[i] + fit.residuals[i];
  return detail::unit_residuals({response.data(), response.size()});
}

Part fit_part(const RegressionResiduals& fit, const std::vector<double>& response,
              std::size_t first, std::size_t last) {
  const OrthogonalBasis basis = detail::basis_of(rows_of(fit.design, first, last), fit.intercept);
  const auto left = basis.residual({response.begin() + static_cast<std::ptrdiff_t>(first),
                                    response.begin() + static_cast<std::ptrdiff_t>(last)});
  return {detail::dot(left, left), last - first, basis.rank()};
}

}  // namespace

Chow chow(const RegressionResiduals& fit, std::size_t first_after) {
  Chow out;
  const std::size_t n = fit.residuals.size();
  std::string reason = detail::exact_reason(fit);
  if (reason.empty() && (first_after == 0 || first_after >= n))
    reason = "all rows are on one side of the date";
  if (!reason.empty()) {
    out.test = detail::undefined_test(std::move(reason));
    return out;
  }
  const auto response = unit_response(fit);
  const Part all = fit_part(fit, response, 0, n);
  const Part before = fit_part(fit, response, 0, first_after);
  const Part after = fit_part(fit, response, first_after, n);
  const double left_ss = before.residual_ss + after.residual_ss;
  if (before.rows > before.rank && after.rows > after.rank && before.rank + after.rank < n) {
    const double dof = static_cast<double>(before.rank + after.rank - all.rank);
    if (dof > 0.0 && left_ss > 0.0) {
      out.test = detail::f_test(all.residual_ss - left_ss, dof, left_ss,
                                static_cast<double>(n - before.rank - after.rank));
      return out;
    }
  }
  out.predictive = true;
  const Part& longer = before.rows - before.rank >= after.rows - after.rank ? before : after;
  if (longer.rows <= longer.rank || longer.rank < all.rank || !(longer.residual_ss > 0.0)) {
    out.test = detail::undefined_test("too few rows on both sides of the date");
    return out;
  }
  out.test =
      detail::f_test(all.residual_ss - longer.residual_ss, static_cast<double>(n - longer.rows),
                     longer.residual_ss, static_cast<double>(longer.rows - longer.rank));
  return out;
}

Cusum cusum(const RegressionResiduals& fit) {
  Cusum out;
  const std::size_t n = fit.residuals.size();
  std::string reason = detail::exact_reason(fit);
  const std::size_t rank = detail::basis_of(fit.design, fit.intercept).rank();
  if (reason.empty() && n < rank + 2) reason = "too few observations for recursive residuals";
  if (!reason.empty()) {
    out.test = detail::undefined_test(std::move(reason));
    return out;
  }
  const auto response = unit_response(fit);
  out.recursive_residuals.assign(n, kUndefined);
  double sum_of_squares = 0.0;
  std::size_t count = 0;
  std::size_t before = 0;  // rank of the rows so far
  for (std::size_t t = 0; t < n; ++t) {
    const OrthogonalBasis basis = detail::basis_of(rows_of(fit.design, 0, t + 1), fit.intercept);
    const bool fixes = basis.rank() > before;  // the row adds a coefficient, its residual is 0
    before = basis.rank();
    if (fixes) continue;
    // The last residual over the root of 1 - leverage is the standardised error of the forecast
    // from the rows before.
    std::vector<double> last(t + 1, 0.0);
    last[t] = 1.0;
    const auto direction = basis.residual(std::move(last));
    const std::vector<double> seen(response.begin(),
                                   response.begin() + static_cast<std::ptrdiff_t>(t) + 1);
    const double w = detail::dot(direction, seen) / std::sqrt(direction[t]);
    out.recursive_residuals[t] = w;
    sum_of_squares += w * w;
    ++count;
  }
  const double dof = static_cast<double>(count);
  const double deviation = std::sqrt(sum_of_squares / dof);
  out.path.assign(n, kUndefined);
  out.boundary.assign(n, kUndefined);
  double path = 0.0;
  double done = 0.0;
  double largest = 0.0;
  for (std::size_t t = 0; t < n; ++t) {
    if (std::isnan(out.recursive_residuals[t])) continue;
    done += 1.0;
    path += out.recursive_residuals[t] / deviation;
    const double shape = std::sqrt(dof) * (1.0 + 2.0 * done / dof);
    out.path[t] = path;
    out.boundary[t] = kCusumBoundary * shape;
    largest = std::max(largest, std::fabs(path) / shape);
  }
  const double unit = [&] {  // back to the unit of the target
    double size = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      size = std::max(size, std::fabs(fit.fitted[i] + fit.residuals[i]));
    return size;
  }();
  for (double& w : out.recursive_residuals) w *= unit;
  out.test.statistic = largest;
  out.test.p = cusum_p(largest);
  return out;
}

// By images: sources at 2 k c, of weight (-1)^k exp(-4 c^2 k^2), cancel on both lines.
double cusum_p(double statistic) {
  if (!(statistic >= 0.0)) return kUndefined;
  if (statistic < 0.1) return 1.0;  // to within 1e-17
  const double c = statistic;
  double p = 2.0 * standard_normal(-3.0 * c);
  for (int k = 1; k <= 40; ++k) {
    const double weight = std::exp(-4.0 * c * c * k * k);
    const double term =
        2.0 * weight *
        (standard_normal(c * (3.0 - 2.0 * k)) - standard_normal(-c * (3.0 + 2.0 * k)));
    p += k % 2 == 1 ? term : -term;
  }
  return std::clamp(p, 0.0, 1.0);
}

}  // namespace steppe::numerics
