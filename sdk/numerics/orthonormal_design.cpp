// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/orthonormal_design.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace steppe::numerics {
namespace {

// How far decimals rounded to doubles may lie off a common plane, in units of their terms.
constexpr double kRoundingUnits = 8.0 * std::numeric_limits<double>::epsilon();

constexpr double kNothing = 1e-29;  // relative, in double-double

struct ExtendedRow {
  DoubleDouble residual;
  double magnitude = 0.0;  // of the terms of the residual
};

ExtendedRow extended_row(const CenteredForm& form, const RegressionRows& data, std::size_t i) {
  DoubleDouble fitted = form.response_mean;
  double magnitude = std::abs(data.response[i]) + std::abs(form.response_mean.high);
  for (std::size_t a = 0; a < form.kept.size(); ++a) {
    const double x = data.design(i, form.kept[a]);
    fitted += form.slopes[a] * (DoubleDouble(x) - form.column_means[a]);
    magnitude +=
        std::abs(form.slopes[a].high) * (std::abs(x) + std::abs(form.column_means[a].high));
  }
  return {DoubleDouble(data.response[i]) - fitted, magnitude};
}

// What turns a step along coordinate b into one of slope a: sqrt(n) inverse_r.
double root_of_rows(const LeastSquaresFit& fit) {
  return std::sqrt(static_cast<double>(fit.observations));
}

// Coordinates in extended precision, given one by one.
template <typename Value, typename Put>
void each_coordinate(const LeastSquaresFit& fit, const Value& value, const Put& put) {
  const CenteredForm& form = fit.centered;
  const std::size_t size = form.kept.size();
  const double root = root_of_rows(fit);
  if (fit.intercept) put(DoubleDouble(1.0));
  std::vector<DoubleDouble> from_mean(size);
  for (std::size_t a = 0; a < size; ++a)
    from_mean[a] = DoubleDouble(value(form.kept[a])) - form.column_means[a];
  for (std::size_t b = 0; b < size; ++b) {
    DoubleDouble along;
    for (std::size_t a = 0; a <= b; ++a) along += form.inverse_r[a * size + b] * from_mean[a];
    put(along * root);
  }
}

// Gaussian elimination with row pivots; rows of `system` are size + 1 wide, the last column is the
// right-hand side. Nothing when a pivot is 0.
std::optional<std::vector<DoubleDouble>> solve(std::vector<std::vector<DoubleDouble>> system) {
  const std::size_t size = system.size();
  for (std::size_t k = 0; k < size; ++k) {
    const auto pivot = std::max_element(
        system.begin() + static_cast<std::ptrdiff_t>(k), system.end(),
        [k](const auto& a, const auto& b) { return magnitude(a[k]) < magnitude(b[k]); });
    std::iter_swap(system.begin() + static_cast<std::ptrdiff_t>(k), pivot);
    if (!(magnitude(system[k][k]) > 0.0)) return std::nullopt;
    for (std::size_t i = k + 1; i < size; ++i) {
      const DoubleDouble factor = system[i][k] / system[k][k];
      for (std::size_t j = k; j <= size; ++j) system[i][j] -= factor * system[k][j];
    }
  }
  std::vector<DoubleDouble> out(size);
  for (std::size_t k = size; k-- > 0;) {
    DoubleDouble rest = system[k][size];
    for (std::size_t j = k + 1; j < size; ++j) rest -= system[k][j] * out[j];
    out[k] = rest / system[k][k];
  }
  return out;
}

// Coefficients from the centred form. What is left of terms that cancel is rounding, and 0.
void refresh_coefficients(LeastSquaresFit& fit) {
  const CenteredForm& form = fit.centered;
  const std::size_t offset = fit.intercept ? 1 : 0;
  DoubleDouble constant = form.response_mean;
  double largest = magnitude(constant);
  for (std::size_t a = 0; a < form.kept.size(); ++a) {
    fit.coefficients[form.kept[a] + offset] = form.slopes[a].value();
    const DoubleDouble part = form.slopes[a] * form.column_means[a];
    largest = std::max(largest, magnitude(part));
    constant -= part;
  }
  if (!fit.intercept) return;
  fit.coefficients[0] = magnitude(constant) <= kNothing * largest ? 0.0 : constant.value();
}

// q x rank: coefficients as they follow from a shift; rows of dropped columns are 0.
std::vector<double> shift_to_coefficients(const LeastSquaresFit& fit) {
  const CenteredForm& form = fit.centered;
  const std::size_t size = form.kept.size();
  const std::size_t offset = fit.intercept ? 1 : 0;
  const std::size_t rank = size + offset;
  std::vector<double> map(fit.coefficients.size() * rank, 0.0);
  if (fit.intercept) map[0] = 1.0;
  for (std::size_t b = 0; b < size; ++b) {
    DoubleDouble constant;
    for (std::size_t a = 0; a <= b; ++a) {
      const DoubleDouble slope = form.inverse_r[a * size + b] * root_of_rows(fit);
      map[(form.kept[a] + offset) * rank + b + offset] = slope.value();
      constant -= slope * form.column_means[a];
    }
    if (fit.intercept) map[b + offset] = constant.value();
  }
  return map;
}

}  // namespace

OrthonormalDesign orthonormal_design(const LeastSquaresFit& fit, const RegressionRows& data) {
  OrthonormalDesign out;
  out.rows = data.response.size();
  out.rank = fit.rank;
  out.z.reserve(out.rows * out.rank);
  for (std::size_t i = 0; i < out.rows; ++i) {
    each_coordinate(
        fit, [&](std::size_t j) { return data.design(i, j); },
        [&](DoubleDouble z) { out.z.push_back(z.value()); });
    const ExtendedRow row = extended_row(fit.centered, data, i);
    out.response.push_back(row.residual.value());
    out.rounding.push_back(kRoundingUnits * row.magnitude);
  }
  return out;
}

std::vector<double> coordinates(const LeastSquaresFit& fit, VectorView row) {
  std::vector<double> out;
  each_coordinate(
      fit, [&](std::size_t j) { return row[j]; },
      [&](DoubleDouble z) { out.push_back(z.value()); });
  return out;
}

void move_fit(std::span<const DoubleDouble> shift, const RegressionRows& data, LeastSquaresFit& fit,
              OrthonormalDesign& design) {
  CenteredForm& form = fit.centered;
  const std::size_t size = form.kept.size();
  const std::size_t offset = fit.intercept ? 1 : 0;
  if (fit.intercept) form.response_mean += shift[0];
  for (std::size_t a = 0; a < size; ++a) {
    double largest = magnitude(form.slopes[a]);
    for (std::size_t b = a; b < size; ++b) {
      const DoubleDouble part =
          form.inverse_r[a * size + b] * root_of_rows(fit) * shift[b + offset];
      largest = std::max(largest, magnitude(part));
      form.slopes[a] += part;
    }
    // What is left of terms that cancel is rounding.
    if (magnitude(form.slopes[a]) <= kNothing * largest) form.slopes[a] = DoubleDouble();
  }
  refresh_coefficients(fit);
  for (std::size_t i = 0; i < design.rows; ++i) {
    const ExtendedRow row = extended_row(form, data, i);
    design.response[i] = fit.residuals[i] = row.residual.value();
    design.rounding[i] = kRoundingUnits * row.magnitude;
    fit.fitted[i] = (DoubleDouble(data.response[i]) - row.residual).value();
  }
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

void calm_start(const RegressionRows& data, LeastSquaresFit& fit, OrthonormalDesign& design) {
  constexpr double kFarOff = 1e5;
  constexpr double kHeld = 1000.0;
  std::vector<double> target;
  for (std::size_t i = 0; i < design.rows; ++i) target.push_back(data.response[i]);
  const double level = median(target);
  std::vector<double> deviations;
  for (const double y : target) deviations.push_back(std::abs(y - level));
  const double farthest = *std::max_element(deviations.begin(), deviations.end());
  const double typical = median(std::move(deviations));
  if (!(farthest > kFarOff * typical)) return;
  const double bound = kHeld * typical;
  std::vector<DoubleDouble> shift(design.rank);
  for (std::size_t i = 0; i < design.rows; ++i) {
    const double held = std::clamp(target[i], level - bound, level + bound);
    for (std::size_t a = 0; a < design.rank; ++a) shift[a] += two_product(held, design.row(i)[a]);
  }
  for (DoubleDouble& part : shift) part = part / static_cast<double>(design.rows);
  std::ranges::fill(fit.centered.slopes, DoubleDouble());
  fit.centered.response_mean = DoubleDouble();
  move_fit(shift, data, fit, design);
}

std::optional<std::vector<DoubleDouble>> shift_through(const LeastSquaresFit& fit,
                                                       const RegressionRows& data,
                                                       std::span<const std::size_t> rows) {
  std::vector<std::vector<DoubleDouble>> system(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::size_t row = rows[k];
    each_coordinate(
        fit, [&](std::size_t j) { return data.design(row, j); },
        [&](DoubleDouble z) { system[k].push_back(z); });
    system[k].push_back(extended_row(fit.centered, data, row).residual);
  }
  return solve(std::move(system));
}

std::vector<double> coefficient_covariance(const LeastSquaresFit& fit,
                                           std::span<const double> shift_covariance) {
  const std::size_t q = fit.coefficients.size();
  const std::size_t rank = fit.rank;
  const std::vector<double> map = shift_to_coefficients(fit);
  std::vector<double> half(q * rank, 0.0);
  for (std::size_t i = 0; i < q; ++i)
    for (std::size_t a = 0; a < rank; ++a)
      for (std::size_t b = 0; b < rank; ++b)
        half[i * rank + b] += map[i * rank + a] * shift_covariance[a * rank + b];
  std::vector<double> out(q * q, 0.0);
  for (std::size_t i = 0; i < q; ++i)
    for (std::size_t j = 0; j < q; ++j)
      for (std::size_t b = 0; b < rank; ++b)
        out[i * q + j] += half[i * rank + b] * map[j * rank + b];
  return out;
}

}  // namespace steppe::numerics
