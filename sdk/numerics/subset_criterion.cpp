// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "steppe/numerics/linear_inference.hpp"
#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics {
namespace {

constexpr double kExactScore = -std::numeric_limits<double>::infinity();

// Of many rows a fit has no leverages.
double leverage_of_row(const LeastSquaresFit& fit, const MatrixView& design, std::size_t row) {
  if (!fit.leverages.empty()) return fit.leverages[row];
  return evaluate(fit, {design.data() + static_cast<std::ptrdiff_t>(row) * design.row_stride(),
                        design.columns(), design.column_stride()})
      .leverage;
}

double press_of_fit(const LeastSquaresFit& fit, const MatrixView& design,
                    const VectorView& weights) {
  constexpr double kFullLeverage = 1.0 - 1e-12;
  DoubleDouble sum;
  for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
    const double weight = weights.empty() ? 1.0 : weights[i];
    if (weight == 0.0) continue;
    const double leverage =
        leverage_of_row(fit, design, i) * (fit.leverages.empty() ? weight : 1.0);
    if (!(leverage < kFullLeverage)) return kUndefined;  // nothing is known without that row
    const double left_out = fit.residuals[i] / (1.0 - leverage);
    sum += two_product(left_out, left_out) * DoubleDouble(weight);
  }
  return sum.value();
}

}  // namespace

double subset_criterion(SubsetCriterion criterion, const LeastSquaresFit& fit,
                        const MatrixView& design, const VectorView& weights) {
  const double n = static_cast<double>(fit.observations);
  const double k = static_cast<double>(fit.rank) + 1.0;
  const bool small = criterion == SubsetCriterion::kAicc && n <= k + 1.0;
  if (fit.residual_dof() == 0 || small) return kUndefined;
  const bool exact = fit.is_exact();
  if (criterion == SubsetCriterion::kPress) return exact ? 0.0 : press_of_fit(fit, design, weights);
  if (criterion == SubsetCriterion::kAdjustedRSquared) {
    const double constant = fit.intercept ? 1.0 : 0.0;
    const double dof = static_cast<double>(fit.residual_dof());
    return exact ? 1.0 : 1.0 - (fit.residual_ss / dof) / (fit.total_ss / (n - constant));
  }
  if (exact) return kExactScore;
  constexpr double kTau = 6.28318530717958647693;
  double fit_part = n * (std::log(kTau) + std::log(fit.residual_ss / n) + 1.0);
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0.0) fit_part -= std::log(weights[i]);
  if (criterion == SubsetCriterion::kBic) return fit_part + k * std::log(n);
  const double corrected =
      criterion == SubsetCriterion::kAicc ? 2.0 * k * (k + 1.0) / (n - k - 1.0) : 0.0;
  return fit_part + 2.0 * k + corrected;
}

double subset_score(SubsetCriterion criterion, double value, const LeastSquaresFit& fit) {
  const double n = static_cast<double>(fit.observations);
  if (std::isnan(value)) return kUndefined;
  if (fit.is_exact()) return kExactScore;
  if (criterion == SubsetCriterion::kPress) return n * std::log(value / n);
  if (criterion == SubsetCriterion::kAdjustedRSquared)
    return n * std::log(fit.residual_ss / static_cast<double>(fit.residual_dof()));
  return value;
}

ColumnChoice choose_columns(const MatrixView& design, const std::vector<std::size_t>& columns) {
  ColumnChoice out{{}, design.rows(), columns.size()};
  out.values.reserve(out.rows * out.columns);
  for (std::size_t i = 0; i < out.rows; ++i)
    for (const std::size_t j : columns) out.values.push_back(design(i, j));
  return out;
}

LeastSquaresFit spread_columns(const LeastSquaresFit& fit, const std::vector<std::size_t>& columns,
                               std::size_t all) {
  LeastSquaresFit out = fit;
  const std::size_t offset = fit.intercept ? 1 : 0;
  const std::size_t own = columns.size() + offset;
  const std::size_t q = all + offset;
  const auto place = [&](std::size_t b) { return b < offset ? b : columns[b - offset] + offset; };
  out.coefficients.assign(q, 0.0);
  out.covariance.assign(q * q, 0.0);
  for (std::size_t a = 0; a < own; ++a) {
    out.coefficients[place(a)] = fit.coefficients[a];
    for (std::size_t b = 0; b < own; ++b)
      out.covariance[place(a) * q + place(b)] = fit.covariance[a * own + b];
  }
  for (std::size_t& kept : out.centered.kept) kept = columns[kept];
  for (DependentColumn& dropped : out.dropped) {
    dropped.column = place(dropped.column);
    for (std::size_t& other : dropped.depends_on) other = place(other);
  }
  return out;
}

}  // namespace steppe::numerics
