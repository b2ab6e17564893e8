// SPDX-License-Identifier: Apache-2.0
#include "centered_columns.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace steppe::numerics::detail {
namespace {

// Squares of larger or smaller values leave the range of double.
constexpr double kLargest = 1e140;
constexpr double kSmallest = 1e-140;

Error at_row(ErrorKind kind, std::size_t row, std::string message) {
  return {kind, std::move(message), "row " + std::to_string(row + 1), {}};
}

std::optional<Error> find_bad_value(VectorView values, const std::string& name) {
  double largest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i]))
      return at_row(ErrorKind::kInvalidData, i, name + " is not a finite number");
    largest = std::max(largest, std::abs(values[i]));
  }
  if (largest != 0.0 && (largest > kLargest || largest < kSmallest))
    return Error{ErrorKind::kDomainError,
                 name + ": largest magnitude outside 1e-140 to 1e140; use another unit",
                 {},
                 "N8"};
  return std::nullopt;
}

std::optional<Error> find_bad_weight(VectorView weights) {
  bool any = weights.empty();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] < 0.0) return at_row(ErrorKind::kInvalidData, i, "weight is negative");
    any = any || weights[i] > 0.0;
  }
  if (any) return std::nullopt;
  return Error{ErrorKind::kInsufficientData, "no row has a positive weight", {}, "N1"};
}

double largest_magnitude(const ExtendedVector& values) {
  double largest = 0.0;
  for (const DoubleDouble& value : values) largest = std::max(largest, magnitude(value));
  return largest;
}

int exponent_of(double value) { return value == 0.0 ? 0 : std::ilogb(value); }

// Subtracts the weighted mean and returns it. The first value is subtracted before the mean is
// formed, exactly, so that a constant column becomes exact zeros.
DoubleDouble center_values(ExtendedVector& values, const RowWeights& weights) {
  const double reference = values[weights.first].high;
  DoubleDouble sum;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = two_sum(values[i].high, -reference);
    sum += weights.weight[i] * values[i];
  }
  const DoubleDouble mean = sum / weights.total;
  for (DoubleDouble& value : values) value -= mean;
  return mean + reference;
}

}  // namespace

std::optional<Error> find_problem(const LeastSquaresProblem& problem) {
  const MatrixView& design = problem.design;
  const std::size_t n = problem.response.size();
  if (n == 0) return Error{ErrorKind::kInsufficientData, "no observations", {}, "N1"};
  if (design.columns() == 0 && !problem.intercept)
    return Error{
        ErrorKind::kInvalidData, "no columns and no intercept: nothing to estimate", {}, {}};
  if ((design.columns() > 0 && design.rows() != n) ||
      (!problem.weights.empty() && problem.weights.size() != n))
    return Error{ErrorKind::kInvalidData,
                 "design, response and weights differ in their number of rows",
                 {},
                 {}};
  for (std::size_t j = 0; j < design.columns(); ++j) {
    const std::string name =
        problem.column_names.empty() ? "column " + std::to_string(j + 1) : problem.column_names[j];
    for (std::size_t i = 0; design.has_missing() && i < n; ++i)
      if (!design.present(i, j)) return at_row(ErrorKind::kInvalidData, i, name + " is missing");
    if (auto error = find_bad_value(design.column(j), name)) return error;
  }
  if (auto error = find_bad_value(problem.response, problem.response_name)) return error;
  if (auto error = find_bad_value(problem.weights, "weight")) return error;
  return find_bad_weight(problem.weights);
}

RowWeights prepare_weights(const LeastSquaresProblem& problem) {
  const std::size_t n = problem.response.size();
  RowWeights result;
  double largest = 1.0;
  if (!problem.weights.empty()) {
    largest = 0.0;
    for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, problem.weights[i]);
  }
  result.exponent = exponent_of(largest);
  result.first = n;
  for (std::size_t i = 0; i < n; ++i) {
    const double weight =
        problem.weights.empty() ? 1.0 : std::ldexp(problem.weights[i], -result.exponent);
    result.weight.emplace_back(weight);
    result.root.push_back(sqrt(weight));
    result.total += weight;
    if (weight > 0.0 && result.positive++ == 0) result.first = i;
  }
  return result;
}

CenteredColumn prepare_column(VectorView column, const RowWeights& weights, bool center) {
  CenteredColumn result;
  double largest = 0.0;
  for (std::size_t i = 0; i < column.size(); ++i) largest = std::max(largest, std::abs(column[i]));
  const int unit = exponent_of(largest);
  for (std::size_t i = 0; i < column.size(); ++i)
    result.values.emplace_back(std::ldexp(column[i], -unit));
  double raw_square = 0.0;
  for (std::size_t i = 0; i < column.size(); ++i)
    raw_square += weights.weight[i].high * result.values[i].high * result.values[i].high;

  if (center) result.mean = scaled(center_values(result.values, weights), unit);
  for (std::size_t i = 0; i < column.size(); ++i)
    result.values[i] = result.values[i] * weights.root[i];
  const int spread = exponent_of(largest_magnitude(result.values));
  for (DoubleDouble& value : result.values) value = scaled(value, -spread);
  result.exponent = unit + spread;
  result.raw_norm = std::ldexp(std::sqrt(raw_square), -spread);
  return result;
}

}  // namespace steppe::numerics::detail
