// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "centered_columns.hpp"
#include "centered_form.hpp"
#include "extended_basis.hpp"
#include "tall_least_squares.hpp"

namespace steppe::numerics {
namespace {

using detail::CenteredColumn;
using detail::ExtendedBasis;
using detail::ExtendedVector;
using detail::RowWeights;

// The parts that the steps of one solution share.
struct Workspace {
  const LeastSquaresProblem& problem;
  RowWeights weights;
  CenteredColumn response;
  std::vector<CenteredColumn> kept;     // columns in the basis, values moved out
  std::vector<std::size_t> kept_index;  // in the design
  ExtendedBasis basis;
};

DependentColumn describe_dependency(const Workspace& work, const CenteredColumn& column,
                                    const ExtendedVector& factors) {
  // A term this much smaller than the column is the rounding of the data, not a dependency.
  constexpr double kNegligible = 1e-10;
  const std::size_t offset = work.problem.intercept ? 1 : 0;
  DependentColumn result;
  DoubleDouble constant = column.mean;
  double mean_size = magnitude(column.mean);
  for (std::size_t k = 0; k < factors.size(); ++k) {
    if (magnitude(factors[k]) * work.kept[k].raw_norm <= kNegligible * column.raw_norm) continue;
    const DoubleDouble factor = scaled(factors[k], column.exponent - work.kept[k].exponent);
    constant -= factor * work.kept[k].mean;
    mean_size += magnitude(factor * work.kept[k].mean);
    result.depends_on.push_back(work.kept_index[k] + offset);
    result.factors.push_back(factor.value());
  }
  if (magnitude(constant) > kNegligible * mean_size) {
    result.depends_on.insert(result.depends_on.begin(), 0);
    result.factors.insert(result.factors.begin(), constant.value());
  }
  return result;
}

// Takes the column into the basis, or reports that it depends on those already there.
void add_column(Workspace& work, std::size_t index, LeastSquaresFit& fit) {
  CenteredColumn column = detail::prepare_column(work.problem.design.column(index), work.weights,
                                                 work.problem.intercept);
  ExtendedBasis::Projection projection = work.basis.project(std::move(column.values));
  const ExtendedVector factors = work.basis.solve(projection.along);
  double size = column.raw_norm;
  for (std::size_t k = 0; k < factors.size(); ++k)
    size += magnitude(factors[k]) * work.kept[k].raw_norm;
  if (magnitude(projection.norm) > work.problem.rank_tolerance * size) {
    work.basis.accept(std::move(projection));
    work.kept.push_back(std::move(column));
    work.kept_index.push_back(index);
    return;
  }
  fit.dropped.push_back(describe_dependency(work, column, factors));
  fit.dropped.back().column = index + (work.problem.intercept ? 1 : 0);
}

// Slopes, means and R^-1 in the units of the data.
void fill_centered_form(const Workspace& work, const ExtendedVector& components,
                        CenteredForm& form) {
  const std::size_t size = work.basis.size();
  const ExtendedVector factors = work.basis.solve(components);
  form.kept = work.kept_index;
  form.inverse_r = work.basis.inverse_r();
  for (std::size_t k = 0; k < size; ++k) {
    form.column_means.push_back(work.kept[k].mean);
    form.slopes.push_back(scaled(factors[k], work.response.exponent - work.kept[k].exponent));
    for (std::size_t i = 0; i < size; ++i)
      form.inverse_r[k * size + i] = scaled(form.inverse_r[k * size + i], -work.kept[k].exponent);
  }
  form.response_mean = work.response.mean;
  if (work.problem.intercept) form.inverse_total_weight = DoubleDouble(1.0) / work.weights.total;
}

// Mean (unrounded) and leverage at row x of the design.
template <typename Row>
std::pair<DoubleDouble, DoubleDouble> evaluate_row(const CenteredForm& form, const Row& x) {
  const std::size_t size = form.kept.size();
  ExtendedVector from_mean(size);
  DoubleDouble mean = form.response_mean;
  for (std::size_t k = 0; k < size; ++k) {
    from_mean[k] = DoubleDouble(x(form.kept[k])) - form.column_means[k];
    mean += form.slopes[k] * from_mean[k];
  }
  DoubleDouble leverage = form.inverse_total_weight;
  for (std::size_t i = 0; i < size; ++i) {
    DoubleDouble along;
    for (std::size_t k = 0; k <= i; ++k) along += form.inverse_r[k * size + i] * from_mean[k];
    leverage += along * along;
  }
  return {mean, leverage};
}

void fill_rows(const Workspace& work, LeastSquaresFit& fit) {
  const LeastSquaresProblem& problem = work.problem;
  for (std::size_t i = 0; i < problem.response.size(); ++i) {
    const auto [mean, leverage] =
        evaluate_row(fit.centered, [&](std::size_t j) { return problem.design(i, j); });
    const double weighted = (leverage * work.weights.weight[i]).value();
    fit.fitted.push_back(mean.value());
    fit.residuals.push_back((problem.response[i] - mean).value());
    fit.leverages.push_back(std::min(weighted, 1.0));
  }
}

// All sums are formed in the scaled unit of the response, then taken back exactly.
void fill_sums(const Workspace& work, const ExtendedBasis::Projection& response,
               LeastSquaresFit& fit) {
  const int exponent = 2 * work.response.exponent + work.weights.exponent;
  const DoubleDouble explained = detail::dot(response.along, response.along);
  const DoubleDouble rest = response.norm * response.norm;
  fit.regression_ss = scaled(explained, exponent).value();
  fit.residual_ss = scaled(rest, exponent).value();
  fit.total_ss = scaled(explained + rest, exponent).value();
  fit.response_ss = std::ldexp(work.response.raw_norm * work.response.raw_norm, exponent);
}

// From the scaled weights back to the user's.
void unscale_weights(const Workspace& work, LeastSquaresFit& fit) {
  const int exponent = -work.weights.exponent;
  if (exponent == 0) return;
  for (double& entry : fit.covariance) entry = std::ldexp(entry, exponent);
  fit.centered.inverse_total_weight = scaled(fit.centered.inverse_total_weight, exponent);
  // The root of a power of two with an odd exponent is not one; double-double keeps it.
  const DoubleDouble root =
      sqrt(scaled(1.0, exponent & 1)) * scaled(1.0, (exponent - (exponent & 1)) / 2);
  for (DoubleDouble& entry : fit.centered.inverse_r) entry = entry * root;
}

}  // namespace

bool LeastSquaresFit::is_exact() const {
  constexpr double kRounding = 4.0 * 1.1102230246251565e-16;  // of a response value, relative
  return std::sqrt(residual_ss) <= kRounding * std::sqrt(response_ss);
}

Result<LeastSquaresFit> solve_least_squares(const LeastSquaresProblem& problem) {
  if (auto fit = detail::solve_tall(problem)) return *std::move(fit);
  if (auto error = detail::find_problem(problem)) return *std::move(error);
  LeastSquaresFit fit;
  fit.intercept = problem.intercept;
  Workspace work{problem, detail::prepare_weights(problem), {}, {}, {}, {}};
  fit.observations = work.weights.positive;
  work.response = detail::prepare_column(problem.response, work.weights, problem.intercept);
  for (std::size_t j = 0; j < problem.design.columns(); ++j) {
    if (problem.cancelled && problem.cancelled())
      return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
    add_column(work, j, fit);
  }
  fit.rank = work.basis.size() + (problem.intercept ? 1 : 0);
  fit.condition_number = work.basis.condition_number();

  const auto response = work.basis.project(work.response.values);
  fill_centered_form(work, response.along, fit.centered);
  detail::fill_coefficients(fit, problem.design.columns() + (problem.intercept ? 1 : 0));
  fill_rows(work, fit);
  fill_sums(work, response, fit);
  unscale_weights(work, fit);
  return fit;
}

RowValue evaluate(const LeastSquaresFit& fit, VectorView row) {
  const auto [mean, leverage] = evaluate_row(fit.centered, [&](std::size_t j) { return row[j]; });
  return {mean.value(), leverage.value()};
}

const DependentColumn* broken_dependency(const LeastSquaresFit& fit, VectorView row) {
  constexpr double kTolerance = 1e-8;
  const std::size_t offset = fit.intercept ? 1 : 0;
  const auto value = [&](std::size_t column) {
    return fit.intercept && column == 0 ? 1.0 : row[column - offset];
  };
  for (const DependentColumn& dependency : fit.dropped) {
    double difference = value(dependency.column);
    double size = std::abs(difference);
    for (std::size_t k = 0; k < dependency.factors.size(); ++k) {
      const double term = dependency.factors[k] * value(dependency.depends_on[k]);
      difference -= term;
      size += std::abs(term);
    }
    if (!(std::abs(difference) <= kTolerance * size)) return &dependency;
  }
  return nullptr;
}

}  // namespace steppe::numerics
