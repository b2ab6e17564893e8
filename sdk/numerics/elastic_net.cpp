// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elastic_net.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "penalty_path.hpp"
#include "sparse_solver.hpp"
#include "standardized_design.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {
namespace {

using detail::ReducedProblem;
using detail::SparseSolution;
using detail::SparseSolver;
using detail::StandardizedDesign;

// A breach of the optimality conditions by more than this, of the largest gradient, is an error.
constexpr double kLargestBreach = 1e-9;
// A fit is exact when the residuals are below this fraction of the response: 32 roundings.
constexpr double kExactFraction = 32.0 * 1.1102230246251565e-16;

Error net_cancelled() { return {ErrorKind::kCancelled, "cancelled", {}, {}}; }

double in_units(const StandardizedDesign& design, double sum_of_squares) {
  return sum_of_squares * design.target_scale * design.target_scale;
}

bool is_exact(const StandardizedDesign& design, double residual_ss) {
  return std::sqrt(residual_ss) * design.target_scale <= kExactFraction * design.target_size;
}

double constant_dof(const StandardizedDesign& design) { return design.intercept ? 1.0 : 0.0; }

std::optional<Error> refuse_without_penalty(const ElasticNetProblem& problem,
                                            const StandardizedDesign& design,
                                            const ElasticNetFit& fit) {
  if (!problem.penalty || *problem.penalty > 0.0) return std::nullopt;
  if (fit.dependent_columns.empty() && design.rows > design.columns) return std::nullopt;
  return Error{ErrorKind::kRankDeficient,
               "penalty 0 is least squares, which has no single answer here: the regressors depend "
               "on one another or are as many as the observations; give a penalty above 0",
               {},
               "N4"};
}

// All solutions of the path, and what is reported of each.
Result<std::vector<PathPoint>> walk_path(const ElasticNetProblem& problem,
                                         const StandardizedDesign& design, SparseSolver& solver) {
  std::vector<PathPoint> path;
  for (const double penalty : detail::penalty_grid(design, solver, problem)) {
    const auto [sparse, smooth] = detail::scaled_penalties(design, penalty, problem.mix);
    const auto solution = solver.solve(sparse, smooth);
    if (!solution) return net_cancelled();
    PathPoint point;
    point.penalty = penalty;
    point.nonzero = solution->active.size();
    point.degrees_of_freedom = solution->degrees_of_freedom + constant_dof(design);
    point.residual_ss = in_units(design, solution->residual_ss);
    point.criterion_error = kUndefined;
    point.criterion =
        is_exact(design, solution->residual_ss)
            ? kUndefined
            : detail::information_criterion(problem.criterion, static_cast<double>(design.rows),
                                            point.residual_ss, point.degrees_of_freedom);
    path.push_back(point);
  }
  if (problem.criterion != PathCriterion::kCrossValidation || path.empty()) return path;
  if (auto judged = detail::cross_validate(problem, path); !judged) return judged.error();
  return path;
}

void fill_statistics(const StandardizedDesign& design, const SparseSolution& solution,
                     ElasticNetFit& fit) {
  const double n = static_cast<double>(design.rows);
  fit.nonzero = solution.active.size();
  fit.degrees_of_freedom = solution.degrees_of_freedom + constant_dof(design);
  fit.residual_dof = n - fit.degrees_of_freedom;
  if (!(fit.residual_dof > 1e-9 * n)) fit.residual_dof = 0.0;
  fit.exact = is_exact(design, solution.residual_ss);
  fit.residual_ss = fit.exact ? 0.0 : in_units(design, solution.residual_ss);
  fit.total_ss = design.constant_target ? 0.0 : in_units(design, n);
  fit.residual_variance = fit.residual_dof > 0.0 ? fit.residual_ss / fit.residual_dof : kUndefined;
  fit.optimality = solution.optimality;
}

void fill_slopes(const StandardizedDesign& design, const SparseSolution& solution,
                 ElasticNetFit& fit) {
  DoubleDouble constant = design.target_mean;
  for (std::size_t j = 0; j < design.columns; ++j) {
    const double slope = design.slope(j, solution.coefficients[j]);
    fit.slopes.push_back(slope);
    fit.penalized.push_back(design.penalized(solution.coefficients[j]));
    constant -= design.means[j] * slope;
  }
  if (fit.intercept) fit.coefficients.push_back(constant.value());
  fit.coefficients.insert(fit.coefficients.end(), fit.slopes.begin(), fit.slopes.end());
  fit.column_means = design.means;
  fit.response_mean = design.target_mean;
  fit.active = solution.active;
}

void fill_spread(const StandardizedDesign& design, std::vector<double> covariance,
                 ElasticNetFit& fit) {
  const std::size_t k = fit.active.size();
  fit.spread = std::move(covariance);
  for (std::size_t a = 0; a < k; ++a)
    for (std::size_t b = 0; b < k; ++b)
      fit.spread[a * k + b] /= design.scales[fit.active[a]] * design.scales[fit.active[b]];
}

void fill_fitted(const ElasticNetProblem& problem, ElasticNetFit& fit) {
  std::vector<double> row(problem.design.columns());
  for (std::size_t i = 0; i < problem.response.size(); ++i) {
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = problem.design(i, j);
    DoubleDouble mean = fit.response_mean;
    for (const std::size_t j : fit.active)
      mean += (DoubleDouble(row[j]) - fit.column_means[j]) * fit.slopes[j];
    fit.fitted.push_back(mean.value());
  }
}

// Finds the penalty; its solution starts from none, so that a given penalty and a chosen one give
// the same bits.
Result<double> find_penalty(const ElasticNetProblem& problem, const StandardizedDesign& design,
                            const ReducedProblem& reduced, ElasticNetFit& fit) {
  if (problem.penalty) return *problem.penalty;
  SparseSolver solver(reduced, problem.cancelled);
  auto path = walk_path(problem, design, solver);
  if (!path) return path.error();
  fit.path = *std::move(path);
  fit.chosen = detail::choose_point(fit.path, problem.one_standard_error);
  return fit.path.empty() ? 0.0 : fit.path[fit.chosen].penalty;
}

}  // namespace

Result<ElasticNetFit> solve_elastic_net(const ElasticNetProblem& problem) {
  auto design = detail::standardize({.design = problem.design,
                                     .response = problem.response,
                                     .intercept = problem.intercept,
                                     .standardize = problem.standardize,
                                     .column_names = problem.column_names,
                                     .response_name = problem.response_name,
                                     .cancelled = problem.cancelled});
  if (!design) return design.error();
  const auto reduced = detail::reduce(*design, problem.cancelled);
  if (!reduced) return net_cancelled();
  ElasticNetFit fit;
  fit.intercept = problem.intercept;
  fit.standardize = problem.standardize;
  fit.mix = problem.mix;
  fit.observations = design->rows;
  fit.constant_target = design->constant_target;
  fit.constant_columns = design->constant_columns;
  if (design->rows > design->columns) fit.dependent_columns = detail::dependent_columns(*reduced);
  if (auto error = refuse_without_penalty(problem, *design, fit)) return *std::move(error);

  const auto penalty = find_penalty(problem, *design, *reduced, fit);
  if (!penalty) return penalty.error();
  fit.penalty = *penalty;
  SparseSolver solver(*reduced, problem.cancelled);
  const bool no_path = !problem.penalty && fit.path.empty();  // no correlation: no coefficient
  auto [sparse, smooth] = detail::scaled_penalties(*design, *penalty, problem.mix);
  if (no_path) sparse = 2.0 * solver.largest_gradient() + 1.0;
  const auto solution = solver.solve(sparse, smooth);
  if (!solution) return net_cancelled();
  if (solution->optimality > kLargestBreach)
    return Error{ErrorKind::kNotConverged,
                 "the optimality conditions are broken by " + number_text(solution->optimality) +
                     " of the largest gradient: the regressors depend on one another too closely; "
                     "remove some or give a larger penalty",
                 {},
                 "N10"};
  fill_statistics(*design, *solution, fit);
  fill_slopes(*design, *solution, fit);
  fill_spread(*design, detail::active_covariance(*reduced, solution->active, smooth), fit);
  if (smooth == 0.0 && sparse > 0.0)
    fit.exchangeable = detail::exchangeable_columns(*reduced, *solution, sparse);
  fill_fitted(problem, fit);
  return fit;
}

ElasticNetValue evaluate(const ElasticNetFit& fit, VectorView row) {
  const std::size_t k = fit.active.size();
  std::vector<double> from_mean(k);
  DoubleDouble mean = fit.response_mean;
  for (std::size_t a = 0; a < k; ++a) {
    const DoubleDouble difference =
        DoubleDouble(row[fit.active[a]]) - fit.column_means[fit.active[a]];
    mean += difference * fit.slopes[fit.active[a]];
    from_mean[a] = difference.value();
  }
  double factor = 0.0;
  for (std::size_t a = 0; a < k; ++a)
    for (std::size_t b = 0; b < k; ++b)
      factor += from_mean[a] * fit.spread[a * k + b] * from_mean[b];
  factor = std::max(factor, 0.0);
  if (fit.intercept) factor += 1.0 / static_cast<double>(fit.observations);
  return {mean.value(), factor};
}

}  // namespace steppe::numerics
