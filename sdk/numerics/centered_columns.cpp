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

std::string name_of(const LeastSquaresProblem& problem, std::size_t column) {
  return problem.column_names.empty() ? "column " + std::to_string(column + 1)
                                      : problem.column_names[column];
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

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + (count == 1 ? one : many);
}

std::optional<Error> find_bad_degree(const LeastSquaresProblem& problem) {
  const std::size_t columns = problem.design.columns();
  const std::span<const int> degrees = problem.degrees;
  const auto refuse = [](std::string message) {
    return Error{ErrorKind::kInvalidConfig, std::move(message), {}, {}};
  };
  if (!degrees.empty() && degrees.size() != columns)
    return refuse("degrees has " + counted(degrees.size(), " entry", " entries") + " for " +
                  counted(columns, " regressor", " regressors") + "; give one for each");
  for (std::size_t j = 0; j < degrees.size(); ++j)
    if (degrees[j] < 1)
      return refuse("degrees: " + std::to_string(degrees[j]) + " for " + name_of(problem, j) +
                    "; a degree is 1 or more");
  return std::nullopt;
}

std::optional<Error> find_bad_power(VectorView column, int degree, const std::string& name) {
  double largest = 0.0;
  for (std::size_t i = 0; i < column.size(); ++i) largest = std::max(largest, std::abs(column[i]));
  const double power = std::pow(largest, degree);
  if (largest == 0.0 || (power >= kSmallest && power <= kLargest)) return std::nullopt;
  return Error{ErrorKind::kDomainError,
               name + " to the power of " + std::to_string(degree) +
                   ": largest magnitude outside 1e-140 to 1e140; use another unit",
               {},
               "N8"};
}

// Subtracts the weighted mean and returns it. The first value is subtracted before the mean is
// formed, exactly, so that a constant column becomes exact zeros.
DoubleDouble center_values(ExtendedVector& values, const RowWeights& weights) {
  const DoubleDouble reference = values[weights.first];
  DoubleDouble sum;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] -= reference;
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
  if (auto error = find_bad_degree(problem)) return error;
  for (std::size_t j = 0; j < design.columns(); ++j) {
    const std::string name = name_of(problem, j);
    for (std::size_t i = 0; design.has_missing() && i < n; ++i)
      if (!design.present(i, j)) return at_row(ErrorKind::kInvalidData, i, name + " is missing");
    if (auto error = find_bad_value(design.column(j), name)) return error;
    if (problem.degrees.empty()) continue;
    if (auto error = find_bad_power(design.column(j), problem.degrees[j], name)) return error;
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
  ExtendedVector values;
  values.reserve(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) values.emplace_back(column[i]);
  return prepare_column(std::move(values), weights, center);
}

CenteredColumn prepare_column(ExtendedVector values, const RowWeights& weights, bool center) {
  CenteredColumn result;
  result.values = std::move(values);
  const int unit = exponent_of(largest_magnitude(result.values));
  double raw_square = 0.0;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] = scaled(result.values[i], -unit);
    raw_square += weights.weight[i].high * result.values[i].high * result.values[i].high;
  }

  if (center) result.mean = scaled(center_values(result.values, weights), unit);
  for (std::size_t i = 0; i < result.values.size(); ++i)
    result.values[i] = result.values[i] * weights.root[i];
  const int spread = exponent_of(largest_magnitude(result.values));
  for (DoubleDouble& value : result.values) value = scaled(value, -spread);
  result.exponent = unit + spread;
  result.raw_norm = std::ldexp(std::sqrt(raw_square), -spread);
  return result;
}

}  // namespace steppe::numerics::detail
