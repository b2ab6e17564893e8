// SPDX-License-Identifier: Apache-2.0
#include "autoregressive_moments.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::numerics::detail {
namespace {

// A pivot this small against its diagonal: 2e-14, the tolerance of ranks, squared.
constexpr double kSerialPivot = 4e-28;

int largest_exponent(const std::vector<double>& values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest > 0.0 ? std::ilogb(largest) : 0;
}

void add_row_product(ExtendedVector& sums, const AutoregressiveColumns& data, std::size_t row,
                     std::size_t other) {
  const std::size_t width = data.columns.size();
  for (std::size_t a = 0; a < width; ++a)
    for (std::size_t b = 0; b < width; ++b)
      sums[a * width + b] += two_product(data.columns[a][row], data.columns[b][other]);
}

}  // namespace

AutoregressiveColumns autoregressive_columns(const AutoregressiveProblem& problem,
                                             const LeastSquaresFit& start) {
  AutoregressiveColumns out;
  const std::size_t n = problem.response.size();
  if (start.intercept) out.columns.emplace_back(n, 1.0);
  for (std::size_t k = 0; k < start.centered.kept.size(); ++k) {
    std::vector<double>& column = out.columns.emplace_back(n);
    for (std::size_t i = 0; i < n; ++i)
      column[i] =
          (DoubleDouble(problem.design(i, start.centered.kept[k])) - start.centered.column_means[k])
              .value();
  }
  out.columns.push_back(start.residuals);
  for (std::vector<double>& column : out.columns) {
    out.exponents.push_back(largest_exponent(column));
    for (double& value : column) value = std::ldexp(value, -out.exponents.back());
  }
  return out;
}

AutoregressiveMoments::AutoregressiveMoments(const AutoregressiveColumns& data, FirstRow first_row)
    : first_row_(first_row),
      size_(data.columns.size() - 1),
      rows_(data.columns.front().size()),
      middle_(data.columns.size() * data.columns.size()),
      first_(middle_.size()),
      last_(middle_.size()),
      lagged_(middle_.size()) {
  for (std::size_t t = 0; t < rows_; ++t) {
    add_row_product(t == 0 ? first_ : t + 1 == rows_ ? last_ : middle_, data, t, t);
    if (t > 0) add_row_product(lagged_, data, t, t - 1);
  }
}

// Sum over t >= 2 of (z_t - rho z_(t-1))(z_t - rho z_(t-1))', and (1 - rho^2) z_1 z_1' when the
// first row is kept: that is z_1 z_1' without the factor rho^2 of the sum.
DoubleDouble AutoregressiveMoments::transformed(double rho, std::size_t a, std::size_t b) const {
  const DoubleDouble square = two_product(rho, rho);
  const DoubleDouble first =
      first_row_ == FirstRow::kKept ? first_[at(a, b)] : square * first_[at(a, b)];
  return middle_[at(a, b)] + last_[at(a, b)] + first + square * middle_[at(a, b)] -
         DoubleDouble(rho) * (lagged_[at(a, b)] + lagged_[at(b, a)]);
}

std::optional<GivenRho> AutoregressiveMoments::solve(double rho) const {
  const std::size_t k = size_;
  GivenRho out;
  out.r.assign(k * k, {});
  out.factors.assign(k, {});
  out.residual_ss = transformed(rho, k, k);
  for (std::size_t i = 0; i < k; ++i) {  // Cholesky; factors first hold R'^-1 X'y
    for (std::size_t j = i; j <= k; ++j) {
      DoubleDouble sum = transformed(rho, i, j);
      const double whole = magnitude(sum);
      for (std::size_t m = 0; m < i; ++m)
        sum -= out.r[m * k + i] * (j == k ? out.factors[m] : out.r[m * k + j]);
      if (j == i) {
        if (!(sum.value() > kSerialPivot * whole)) return std::nullopt;
        out.r[i * k + i] = sqrt(sum);
      } else {
        (j == k ? out.factors[i] : out.r[i * k + j]) = sum / out.r[i * k + i];
      }
    }
    out.residual_ss -= out.factors[i] * out.factors[i];
  }
  for (std::size_t i = k; i-- > 0;) {
    for (std::size_t j = i + 1; j < k; ++j) out.factors[i] -= out.r[i * k + j] * out.factors[j];
    out.factors[i] = out.factors[i] / out.r[i * k + i];
  }
  return out;
}

AutoregressiveMoments::Autocorrelation AutoregressiveMoments::autocorrelation(
    const ExtendedVector& factors) const {
  DoubleDouble product;
  DoubleDouble before;
  DoubleDouble now;
  const auto weight = [&](std::size_t a) { return a == size_ ? DoubleDouble(1.0) : -factors[a]; };
  for (std::size_t a = 0; a <= size_; ++a) {
    for (std::size_t b = 0; b <= size_; ++b) {
      const DoubleDouble both = weight(a) * weight(b);
      product += both * lagged_[at(a, b)];
      before += both * (middle_[at(a, b)] + first_[at(a, b)]);
      now += both * (middle_[at(a, b)] + last_[at(a, b)]);
    }
  }
  const DoubleDouble rho = product / before;
  const double rest = std::max((now - rho * product).value(), 0.0);
  const double dof = static_cast<double>(rows_) - 2.0;
  return {rho.value(), std::sqrt(rest / dof / before.value())};
}

double AutoregressiveMoments::next_rho(double rho) const {
  const auto solved = solve(rho);
  return solved ? autocorrelation(solved->factors).rho : kUndefined;
}

double AutoregressiveMoments::badness(double rho) const {
  const auto solved = solve(rho);
  if (!solved) return kUndefined;
  if (first_row_ == FirstRow::kLeftOut) return solved->residual_ss.value();
  return static_cast<double>(rows_) * std::log(solved->residual_ss.value()) -
         std::log1p(-rho * rho);
}

std::vector<double> autoregressive_solutions(const AutoregressiveMoments& moments) {
  constexpr int kSteps = 80;
  constexpr double kNearOne = 1.0 - 1e-7;
  constexpr double kStandstill = 1e-9;
  std::vector<double> grid;
  for (int i = -kSteps; i <= kSteps; i += 2) {  // denser towards the ends
    const double x = static_cast<double>(i) / kSteps;
    grid.push_back(kNearOne * x * (1.5 - 0.5 * x * x));
  }
  std::vector<double> out;
  double before = kUndefined;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const double change = moments.next_rho(grid[i]) - grid[i];
    if (before > 0.0 && change <= 0.0) {  // the iteration moves up before it, down behind it
      double low = grid[i - 1];
      double high = grid[i];
      for (int halving = 0; halving < 60 && low < high; ++halving) {
        const double middle = 0.5 * (low + high);
        (moments.next_rho(middle) - middle > 0.0 ? low : high) = middle;
      }
      // A change of sign may be a pole: the iteration has to stand still there.
      if (std::abs(moments.next_rho(high) - high) <= kStandstill) out.push_back(high);
    }
    before = change;
  }
  return out;
}

}  // namespace steppe::numerics::detail
