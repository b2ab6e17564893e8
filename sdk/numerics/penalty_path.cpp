// SPDX-License-Identifier: Apache-2.0
#include "penalty_path.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace steppe::numerics::detail {
namespace {

constexpr double kTwoPi = 6.28318530717958647693;
constexpr double kLeastMix = 1e-3;  // for the start of a path: ridge has no least penalty for zeros

// The rows of one fold, or all the others.
struct FoldRows {
  std::vector<double> regressors;  // row by row
  std::vector<double> target;
};

FoldRows rows_of(const ElasticNetProblem& problem, std::size_t fold, bool inside) {
  FoldRows out;
  for (std::size_t i = 0; i < problem.response.size(); ++i) {
    if ((problem.folds[i] == fold) != inside) continue;
    out.target.push_back(problem.response[i]);
    for (std::size_t j = 0; j < problem.design.columns(); ++j)
      out.regressors.push_back(problem.design(i, j));
  }
  return out;
}

double squared_error(const StandardizedDesign& design, const SparseSolution& solution,
                     const double* row, double actual) {
  DoubleDouble mean = design.target_mean;
  for (const std::size_t j : solution.active)
    mean += (DoubleDouble(row[j]) - design.means[j]) * design.slope(j, solution.coefficients[j]);
  const double error = (DoubleDouble(actual) - mean).value();
  return error * error;
}

// Mean squared error of one fold at each penalty, by a fit of the other rows.
Result<std::vector<double>> judge_fold(const ElasticNetProblem& problem, const FoldRows& training,
                                       const FoldRows& held, const std::vector<PathPoint>& path) {
  const std::size_t p = problem.design.columns();
  const auto design =
      standardize({.design = MatrixView(training.regressors.data(), training.target.size(), p),
                   .response = VectorView(training.target.data(), training.target.size()),
                   .intercept = problem.intercept,
                   .standardize = problem.standardize,
                   .column_names = problem.column_names,
                   .response_name = problem.response_name,
                   .cancelled = problem.cancelled});
  if (!design) return design.error();
  const auto reduced = reduce(*design, problem.cancelled);
  const Error cancelled{ErrorKind::kCancelled, "cancelled", {}, {}};
  if (!reduced) return cancelled;
  SparseSolver solver(*reduced, problem.cancelled);
  std::vector<double> errors;
  for (const PathPoint& point : path) {
    const auto [sparse, smooth] = scaled_penalties(*design, point.penalty, problem.mix);
    const auto solution = solver.solve(sparse, smooth);
    if (!solution) return cancelled;
    double sum = 0.0;
    for (std::size_t i = 0; i < held.target.size(); ++i)
      sum += squared_error(*design, *solution, held.regressors.data() + i * p, held.target[i]);
    errors.push_back(sum / static_cast<double>(held.target.size()));
  }
  return errors;
}

}  // namespace

ScaledPenalties scaled_penalties(const StandardizedDesign& design, double penalty, double mix) {
  const double n = static_cast<double>(design.rows);
  const double smooth_unit =
      design.standardize ? design.target_scale : design.common_scale * design.common_scale;
  return {n * penalty * mix / (design.target_scale * design.common_scale),
          n * penalty * (1.0 - mix) / smooth_unit};
}

std::vector<double> penalty_grid(const StandardizedDesign& design, const SparseSolver& solver,
                                 const ElasticNetProblem& problem) {
  constexpr double kNoCorrelation = 1e-13;  // of the rows: rounding of products of unit columns
  const double n = static_cast<double>(design.rows);
  if (solver.largest_gradient() <= kNoCorrelation * n) return {};
  const double largest = solver.largest_gradient() / (n * std::max(problem.mix, kLeastMix)) *
                         design.target_scale * design.common_scale;
  const double ratio = problem.path_ratio.value_or(design.rows > design.columns ? 1e-4 : 1e-2);
  std::vector<double> grid;
  for (std::size_t i = 0; i < problem.path_length; ++i)
    grid.push_back(largest * std::pow(ratio, static_cast<double>(i) /
                                                 static_cast<double>(problem.path_length - 1)));
  return grid;
}

double information_criterion(PathCriterion criterion, double observations, double residual_ss,
                             double degrees_of_freedom) {
  const double n = observations;
  const double k = degrees_of_freedom + 1.0;
  if (!(residual_ss > 0.0) || !(n - degrees_of_freedom >= 1.0)) return kUndefined;
  const double deviance = n * (std::log(kTwoPi) + std::log(residual_ss / n) + 1.0);
  if (criterion == PathCriterion::kBic) return deviance + k * std::log(n);
  const double aic = deviance + 2.0 * k;
  if (criterion == PathCriterion::kAic) return aic;
  const double rest = n - k - 1.0;
  return rest > 1e-9 ? aic + 2.0 * k * (k + 1.0) / rest : kUndefined;
}

Result<void> cross_validate(const ElasticNetProblem& problem, std::vector<PathPoint>& path) {
  const std::size_t count = 1 + *std::max_element(problem.folds.begin(), problem.folds.end());
  const double n = static_cast<double>(problem.response.size());
  std::vector<std::vector<double>> errors;
  std::vector<double> shares;
  for (std::size_t fold = 0; fold < count; ++fold) {
    const FoldRows held = rows_of(problem, fold, true);
    const FoldRows training = rows_of(problem, fold, false);
    if (held.target.empty()) continue;
    if (training.target.size() < 2)
      return Error{ErrorKind::kInsufficientData,
                   "a fold of cross-validation leaves " + std::to_string(training.target.size()) +
                       " row to fit, and 2 are needed; more folds leave more",
                   {},
                   "N15"};
    auto judged = judge_fold(problem, training, held, path);
    if (!judged) return judged.error();
    errors.push_back(*std::move(judged));
    shares.push_back(static_cast<double>(held.target.size()) / n);
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    double mean = 0.0;
    for (std::size_t k = 0; k < errors.size(); ++k) mean += shares[k] * errors[k][i];
    double spread = 0.0;
    for (std::size_t k = 0; k < errors.size(); ++k)
      spread += shares[k] * (errors[k][i] - mean) * (errors[k][i] - mean);
    path[i].criterion = mean;
    path[i].criterion_error = std::sqrt(spread / (static_cast<double>(errors.size()) - 1.0));
  }
  return {};
}

std::size_t choose_point(const std::vector<PathPoint>& path, bool one_standard_error) {
  std::size_t best = path.size();
  for (std::size_t i = 0; i < path.size(); ++i)
    if (!std::isnan(path[i].criterion) &&
        (best == path.size() || path[i].criterion < path[best].criterion))
      best = i;
  if (best == path.size()) return 0;
  if (!one_standard_error) return best;
  const double limit = path[best].criterion + path[best].criterion_error;
  for (std::size_t i = 0; i < best; ++i)
    if (path[i].criterion <= limit) return i;
  return best;
}

}  // namespace steppe::numerics::detail
