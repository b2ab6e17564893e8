// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "dense_factors.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/quantile_regression.hpp"

namespace steppe::numerics {
namespace {

using Eigen::MatrixXd;

double normal_density(double z) {
  constexpr double kRootTwoPi = 2.5066282746310002;
  return std::exp(-0.5 * z * z) / kRootTwoPi;
}

QuantileErrors undefined_errors(std::size_t rank) {
  QuantileErrors out;
  out.shift_covariance.assign(rank * rank, kUndefined);
  out.sparsity = out.bandwidth = kUndefined;
  out.defined = false;
  return out;
}

// The `count` residuals nearest to 0 that are not 0, ascending.
std::vector<double> nearest_residuals(const QuantileFit& fit, std::size_t count) {
  const std::vector<double>& all = fit.linear.residuals;
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(all[a]) < std::abs(all[b]);
  });
  std::vector<double> out;
  for (std::size_t k = 0; k < count; ++k) out.push_back(all[order[fit.on_fit.size() + k]]);
  std::ranges::sort(out);
  return out;
}

// The slope of the residuals next to 0 over their ranks, by median regression: how fast the
// quantiles of the errors rise at tau.
Result<double> sparsity_of(const QuantileFit& fit, std::size_t wanted, const Cancelled& cancelled) {
  const std::size_t n = fit.design.rows;
  const std::size_t on_fit = fit.on_fit.size();
  const std::size_t count = std::min(wanted + 1, n - on_fit);
  if (count < 3) return kUndefined;
  const std::vector<double> residuals = nearest_residuals(fit, count);
  std::vector<double> places;
  for (std::size_t k = 0; k < count; ++k)
    places.push_back(static_cast<double>(on_fit + 1 + k) /
                     static_cast<double>(n - fit.design.rank));
  const RegressionRows data{MatrixView(places.data(), count, 1),
                            VectorView(residuals.data(), count)};
  auto line =
      solve_least_squares({.design = data.design, .response = data.response, .weights = {}});
  if (!line) return line.error();
  auto median = fit_quantile(*std::move(line), data, 0.5, cancelled);
  if (!median) return median.error();
  return median->linear.coefficients[1];
}

Result<QuantileErrors> errors_of_one_distribution(const QuantileFit& fit,
                                                  const Cancelled& cancelled) {
  const std::size_t rank = fit.design.rank;
  const auto n = static_cast<double>(fit.design.rows);
  QuantileErrors out;
  out.bandwidth = hall_sheather_bandwidth(fit.quantile, n);
  const auto wanted = static_cast<std::size_t>(std::ceil(n * out.bandwidth));
  auto sparsity = sparsity_of(fit, std::max(rank + 1, wanted), cancelled);
  if (!sparsity) return sparsity.error();
  if (!(*sparsity > 0.0)) return undefined_errors(rank);
  out.sparsity = *sparsity;
  out.shift_covariance.assign(rank * rank, 0.0);
  for (std::size_t a = 0; a < rank; ++a)
    out.shift_covariance[a * rank + a] =
        out.sparsity * out.sparsity * fit.quantile * (1.0 - fit.quantile) / n;
  return out;
}

Result<QuantileErrors> errors_row_by_row(const QuantileFit& fit, const Cancelled& cancelled) {
  const std::size_t rank = fit.design.rank;
  const auto n = static_cast<double>(fit.design.rows);
  QuantileErrors out;
  double h = hall_sheather_bandwidth(fit.quantile, n);
  while (fit.quantile - h <= 0.0 || fit.quantile + h >= 1.0) h /= 2.0;
  out.bandwidth = h;
  const auto high = shift_to_quantile(fit, fit.quantile + h, cancelled);
  if (!high) return high.error();
  const auto low = shift_to_quantile(fit, fit.quantile - h, cancelled);
  if (!low) return low.error();
  const auto p = static_cast<Eigen::Index>(rank);
  MatrixXd density = MatrixXd::Zero(p, p);
  for (std::size_t i = 0; i < fit.design.rows; ++i) {
    const Eigen::Map<const Eigen::VectorXd> z(fit.design.row(i).data(), p);
    double distance = 0.0;
    for (std::size_t a = 0; a < rank; ++a)
      distance += fit.design.row(i)[a] * ((*high)[a] - (*low)[a]);
    if (distance > fit.design.rounding[i])
      density += (2.0 * h / distance) * (z * z.transpose());
    else
      ++out.crossed;
  }
  const auto inverse = detail::inverse_if_regular(density / n);
  if (!inverse) return undefined_errors(rank);
  const MatrixXd covariance =
      fit.quantile * (1.0 - fit.quantile) / n * (*inverse * inverse->transpose());
  out.shift_covariance.assign(covariance.data(), covariance.data() + rank * rank);
  return out;
}

}  // namespace

double hall_sheather_bandwidth(double quantile, double observations) {
  constexpr double kCoverageOfTheTest = 0.95;
  const double z = normal_quantile(quantile);
  const double density = normal_density(z);
  return std::pow(observations, -1.0 / 3.0) *
         std::pow(normal_quantile(0.5 + kCoverageOfTheTest / 2.0), 2.0 / 3.0) *
         std::pow(1.5 * density * density / (2.0 * z * z + 1.0), 1.0 / 3.0);
}

Result<QuantileErrors> quantile_errors(const QuantileFit& fit, QuantileErrorKind kind,
                                       const Cancelled& cancelled) {
  if (fit.exact) return undefined_errors(fit.design.rank);
  return kind == QuantileErrorKind::kIid ? errors_of_one_distribution(fit, cancelled)
                                         : errors_row_by_row(fit, cancelled);
}

}  // namespace steppe::numerics
