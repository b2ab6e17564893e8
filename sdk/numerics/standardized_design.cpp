// SPDX-License-Identifier: Apache-2.0
#include "standardized_design.hpp"

#include <algorithm>
#include <cmath>

#include "centered_columns.hpp"
#include "dense_factors.hpp"

namespace steppe::numerics::detail {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t kRowsBetweenQuestions = 32768;

Index index_of(std::size_t i) { return static_cast<Index>(i); }

Error cancelled_error() { return {ErrorKind::kCancelled, "cancelled", {}, {}}; }

struct ScaledColumn {
  DoubleDouble mean;
  double root_mean_square = 0.0;  // of what is written
};

// Writes column - mean. The first value is subtracted before the mean is formed, exactly, so a
// constant column becomes exact zeros and calendar years lose nothing.
std::optional<ScaledColumn> center(VectorView column, const DesignInput& input, double* out) {
  const std::size_t n = column.size();
  const auto stop = [&](std::size_t i) {
    return i % kRowsBetweenQuestions == 0 && input.cancelled && input.cancelled();
  };
  ScaledColumn result;
  const double reference = input.intercept ? column[0] : 0.0;
  if (input.intercept) {
    for (std::size_t i = 0; i < n; ++i) {
      if (stop(i)) return std::nullopt;
      result.mean += two_sum(column[i], -reference);
    }
    result.mean = result.mean / static_cast<double>(n);
  }
  double largest = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (stop(i)) return std::nullopt;
    out[i] = (two_sum(column[i], -reference) - result.mean).value();
    largest = std::max(largest, std::abs(out[i]));
  }
  result.mean += reference;
  if (largest == 0.0) return result;
  double squares = 0.0;
  for (std::size_t i = 0; i < n; ++i) squares += (out[i] / largest) * (out[i] / largest);
  result.root_mean_square = largest * std::sqrt(squares / static_cast<double>(n));
  return result;
}

void divide(double* values, std::size_t count, double divisor) {
  for (std::size_t i = 0; i < count; ++i) values[i] /= divisor;
}

// False when cancelled.
bool fill_columns(const DesignInput& input, StandardizedDesign& out) {
  out.values.resize(out.rows * out.columns);
  for (std::size_t j = 0; j < out.columns; ++j) {
    const auto column = center(input.design.column(j), input, out.values.data() + j * out.rows);
    if (!column) return false;
    out.means.push_back(column->mean);
    out.scales.push_back(column->root_mean_square);
    if (column->root_mean_square == 0.0) out.constant_columns.push_back(j);
  }
  if (!input.standardize && out.columns > 0) {
    const double largest = *std::max_element(out.scales.begin(), out.scales.end());
    if (largest > 0.0) out.common_scale = largest;
    std::fill(out.scales.begin(), out.scales.end(), out.common_scale);
  }
  for (std::size_t j = 0; j < out.columns; ++j) {
    if (out.scales[j] == 0.0) out.scales[j] = 1.0;
    divide(out.values.data() + j * out.rows, out.rows, out.scales[j]);
  }
  return true;
}

bool fill_target(const DesignInput& input, StandardizedDesign& out) {
  out.target.resize(out.rows);
  const auto column = center(input.response, input, out.target.data());
  if (!column) return false;
  out.target_mean = column->mean;
  out.constant_target = column->root_mean_square == 0.0;
  if (!out.constant_target) out.target_scale = column->root_mean_square;
  divide(out.target.data(), out.rows, out.target_scale);
  for (std::size_t i = 0; i < out.rows; ++i)
    out.target_size = std::hypot(out.target_size, input.response[i]);
  return true;
}

// The triangular factor of [Z t], (p + 1) x (p + 1), rows added block by block.
std::optional<MatrixXd> factor_blocks(const StandardizedDesign& design,
                                      const std::function<bool()>& cancelled) {
  const Index p = index_of(design.columns);
  const Index n = index_of(design.rows);
  const Index block = std::max<Index>(4 * (p + 1), 256);
  const Eigen::Map<const MatrixXd> z(design.values.data(), n, p);
  const Eigen::Map<const VectorXd> t(design.target.data(), n);
  MatrixXd r = MatrixXd::Zero(p + 1, p + 1);
  for (Index first = 0; first < n; first += block) {
    if (cancelled && cancelled()) return std::nullopt;
    const Index count = std::min(block, n - first);
    MatrixXd stack(p + 1 + count, p + 1);
    stack.topRows(p + 1) = r;
    stack.block(p + 1, 0, count, p) = z.middleRows(first, count);
    stack.block(p + 1, p, count, 1) = t.segment(first, count);
    r = triangular_factor(stack);
  }
  return r;
}

}  // namespace

Result<StandardizedDesign> standardize(const DesignInput& input) {
  if (auto error = find_problem({.design = input.design,
                                 .response = input.response,
                                 .weights = {},
                                 .intercept = input.intercept,
                                 .column_names = input.column_names,
                                 .response_name = input.response_name,
                                 .cancelled = {}}))
    return *std::move(error);
  StandardizedDesign out;
  out.rows = input.response.size();
  out.columns = input.design.columns();
  out.intercept = input.intercept;
  out.standardize = input.standardize;
  if (!fill_columns(input, out) || !fill_target(input, out)) return cancelled_error();
  return out;
}

std::optional<ReducedProblem> reduce(const StandardizedDesign& design,
                                     const std::function<bool()>& cancelled) {
  ReducedProblem out;
  out.columns = design.columns;
  if (design.rows <= design.columns) {
    out.rows = design.rows;
    out.r = design.values;
    out.c = design.target;
    return out;
  }
  const auto factor = factor_blocks(design, cancelled);
  if (!factor) return std::nullopt;
  const Index p = index_of(design.columns);
  out.rows = design.columns;
  out.r.resize(design.columns * design.columns);
  out.c.resize(design.columns);
  Eigen::Map<MatrixXd>(out.r.data(), p, p) = factor->topLeftCorner(p, p);
  Eigen::Map<VectorXd>(out.c.data(), p) = factor->col(p).head(p);
  out.residual_ss = (*factor)(p, p) * (*factor)(p, p);
  return out;
}

std::vector<std::size_t> dependent_columns(const ReducedProblem& problem) {
  constexpr double kRounding = 1e-11;  // of a diagonal entry, in the largest
  constexpr double kPart = 1e-6;       // of a column in a dependency, in units of its scale
  std::vector<std::size_t> found;
  const Index p = index_of(problem.columns);
  if (problem.rows < problem.columns || p == 0) return found;
  const Eigen::Map<const MatrixXd> r(problem.r.data(), p, p);
  const PivotedFactor factor = pivoted_factor(r, kRounding);
  const Index rank = factor.rank;
  if (rank == p || rank == 0) return found;  // none depends, or none has a size
  const MatrixXd factors =
      solve_upper(factor.r.topLeftCorner(rank, rank), factor.r.topRightCorner(rank, p - rank));
  for (Index dropped = 0; dropped < p - rank; ++dropped) {
    const Index column = factor.order[static_cast<std::size_t>(rank + dropped)];
    if (r.col(column).norm() == 0.0) continue;
    found.push_back(static_cast<std::size_t>(column));
    for (Index k = 0; k < rank; ++k)
      if (std::abs(factors(k, dropped)) > kPart)
        found.push_back(static_cast<std::size_t>(factor.order[static_cast<std::size_t>(k)]));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace steppe::numerics::detail
