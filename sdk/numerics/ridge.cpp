// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/ridge.hpp"

#include <algorithm>
#include <cmath>

#include "dense_factors.hpp"
#include "ridge_penalty.hpp"
#include "standardized_design.hpp"

namespace steppe::numerics {
namespace {

using detail::ReducedProblem;
using detail::RidgeSpectrum;
using detail::StandardizedDesign;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Below this fraction of the largest a singular value is rounding.
constexpr double kRankTolerance = 1e-13;
// A fit is exact when the residuals are below this fraction of the response: 32 roundings.
constexpr double kExactTolerance = 32.0 * 1.1102230246251565e-16;

Index ridge_index(std::size_t i) { return static_cast<Index>(i); }

// The directions of the columns that carry something: Z = U diag(d) V'.
struct Directions {
  RidgeSpectrum spectrum;
  MatrixXd v;  // p x dimensions
};

Directions decompose(const ReducedProblem& problem) {
  const Index k = ridge_index(problem.rows);
  const Index p = ridge_index(problem.columns);
  const Eigen::Map<const MatrixXd> r(problem.r.data(), k, p);
  const VectorXd c = Eigen::Map<const VectorXd>(problem.c.data(), k);
  Directions out;
  out.spectrum.residual_ss = problem.residual_ss;
  if (p == 0) {
    out.v.resize(0, 0);
    out.spectrum.residual_ss += c.squaredNorm();
    return out;
  }
  const detail::ThinSvd svd = detail::thin_svd(r);
  const VectorXd& d = svd.singular;
  Index rank = 0;
  while (rank < d.size() && d[rank] > kRankTolerance * d[0]) ++rank;
  const VectorXd along = svd.u.leftCols(rank).transpose() * c;
  out.v = svd.v.leftCols(rank);
  out.spectrum.singular.assign(d.data(), d.data() + rank);
  out.spectrum.along.assign(along.data(), along.data() + rank);
  out.spectrum.residual_ss += (c - svd.u.leftCols(rank) * along).squaredNorm();
  return out;
}

// Slopes, covariance factors and fitted values for the penalty (of the scaled problem).
void fill_solution(const StandardizedDesign& design, const Directions& directions, double penalty,
                   RidgeFit& fit) {
  const Index p = ridge_index(design.columns);
  const Index rank = directions.v.cols();
  VectorXd shrunk(rank);
  VectorXd spread(rank);
  for (Index k = 0; k < rank; ++k) {
    const double d = directions.spectrum.singular[static_cast<std::size_t>(k)];
    const double factor = d / (d * d + penalty);
    shrunk[k] = factor * directions.spectrum.along[static_cast<std::size_t>(k)];
    spread[k] = factor;
  }
  const VectorXd beta = directions.v * shrunk;
  fit.dimensions = static_cast<std::size_t>(rank);
  for (Index j = 0; j < p; ++j) {
    const auto column = static_cast<std::size_t>(j);
    fit.slopes.push_back(design.slope(column, beta[j]));
    fit.penalized.push_back(design.penalized(beta[j]));
    for (Index k = 0; k < rank; ++k)
      fit.spread.push_back(directions.v(j, k) * spread[k] / design.scales[column]);
  }
  fit.column_means = design.means;
  fit.response_mean = design.target_mean;
}

void fill_coefficients(RidgeFit& fit) {
  DoubleDouble constant = fit.response_mean;
  for (std::size_t j = 0; j < fit.slopes.size(); ++j)
    constant -= fit.column_means[j] * fit.slopes[j];
  if (fit.intercept) fit.coefficients.push_back(constant.value());
  fit.coefficients.insert(fit.coefficients.end(), fit.slopes.begin(), fit.slopes.end());
}

// Rows of the factor F with covariance s^2 F F': the slopes', and the intercept's above them.
void fill_covariance(RidgeFit& fit) {
  const std::size_t k = fit.dimensions;
  const std::size_t p = fit.slopes.size();
  const std::size_t q = fit.coefficients.size();
  std::vector<DoubleDouble> factor(q * k);
  for (std::size_t j = 0; j < p; ++j) {
    for (std::size_t i = 0; i < k; ++i) {
      const double entry = fit.spread[j * k + i];
      factor[(q - p + j) * k + i] = entry;
      if (fit.intercept) factor[i] -= fit.column_means[j] * entry;
    }
  }
  fit.covariance.assign(q * q, 0.0);
  for (std::size_t a = 0; a < q; ++a) {
    for (std::size_t b = a; b < q; ++b) {
      DoubleDouble sum;
      if (fit.intercept && b == 0) sum = DoubleDouble(1.0) / static_cast<double>(fit.observations);
      for (std::size_t i = 0; i < k; ++i) sum += factor[a * k + i] * factor[b * k + i];
      fit.covariance[a * q + b] = fit.covariance[b * q + a] = sum.value() * fit.residual_variance;
    }
  }
}

void fill_statistics(const StandardizedDesign& design, const RidgeSpectrum& spectrum,
                     double penalty, RidgeFit& fit) {
  const double unit = design.target_scale * design.target_scale;
  fit.degrees_of_freedom = spectrum.degrees_of_freedom(penalty);
  fit.residual_dof = spectrum.residual_dof(penalty);
  fit.total_ss = design.constant_target ? 0.0 : static_cast<double>(design.rows) * unit;
  fit.constant_target = design.constant_target;
  const double residual = spectrum.residual_sum(penalty) * unit;
  fit.exact = std::sqrt(residual) <= kExactTolerance * design.target_size;
  fit.residual_ss = fit.exact ? 0.0 : residual;
  const bool saturated = !(fit.residual_dof > 1e-9 * static_cast<double>(design.rows));
  if (saturated) fit.residual_dof = 0.0;
  fit.residual_variance = saturated ? kUndefined : fit.residual_ss / fit.residual_dof;
  fit.gcv = saturated ? kUndefined : spectrum.gcv(penalty) * unit;
}

// Into the units of the data.
void fill_candidates(const StandardizedDesign& design, const detail::RidgeSearch& search,
                     RidgeFit& fit) {
  const double unit = design.target_scale * design.target_scale;
  const double penalty_unit = design.common_scale * design.common_scale;
  for (const RidgeCandidate& candidate : search.candidates)
    fit.candidates.push_back({candidate.penalty * penalty_unit, candidate.degrees_of_freedom,
                              candidate.residual_ss * unit, candidate.gcv * unit});
}

std::optional<Error> refuse_penalty_zero(const RidgeProblem& problem, const RidgeFit& fit,
                                         std::size_t dimensions) {
  const std::size_t p = problem.design.columns();
  const bool one_answer = dimensions + fit.constant_columns.size() == p;
  if (!problem.penalty || *problem.penalty > 0.0 || one_answer) return std::nullopt;
  return Error{ErrorKind::kRankDeficient,
               "penalty 0 is least squares, which has no single answer here: " + std::to_string(p) +
                   " regressors vary in " + std::to_string(dimensions) +
                   " directions only; give a penalty above 0",
               {},
               "N4"};
}

}  // namespace

Result<RidgeFit> solve_ridge(const RidgeProblem& problem) {
  auto design = detail::standardize({.design = problem.design,
                                     .response = problem.response,
                                     .intercept = problem.intercept,
                                     .standardize = problem.standardize,
                                     .column_names = problem.column_names,
                                     .response_name = problem.response_name,
                                     .cancelled = problem.cancelled});
  if (!design) return design.error();
  const auto reduced = detail::reduce(*design, problem.cancelled);
  if (!reduced) return Error{ErrorKind::kCancelled, "cancelled", {}, {}};

  RidgeFit fit;
  fit.intercept = problem.intercept;
  fit.standardize = problem.standardize;
  fit.observations = design->rows;
  fit.constant_columns = design->constant_columns;
  if (design->rows > design->columns) fit.dependent_columns = detail::dependent_columns(*reduced);
  Directions directions = decompose(*reduced);
  if (auto error = refuse_penalty_zero(problem, fit, directions.spectrum.singular.size()))
    return *std::move(error);
  directions.spectrum.free_dof =
      static_cast<double>(design->rows) - (problem.intercept ? 1.0 : 0.0);
  directions.spectrum.observations = static_cast<double>(design->rows);
  directions.spectrum.exact_ss =
      std::pow(kExactTolerance * design->target_size / design->target_scale, 2);

  const double penalty_unit = design->common_scale * design->common_scale;
  detail::RidgeSearch search = detail::search_penalty(directions.spectrum);
  double penalty = search.penalty;
  fit.choice = search.choice;
  if (problem.penalty) {
    penalty = *problem.penalty / penalty_unit;
    fit.choice = RidgeChoice::kGiven;
  }
  fit.penalty = problem.penalty ? *problem.penalty : penalty * penalty_unit;
  fill_solution(*design, directions, penalty, fit);
  fill_statistics(*design, directions.spectrum, penalty, fit);
  fill_candidates(*design, search, fit);
  fill_coefficients(fit);
  fill_covariance(fit);
  std::vector<double> row(design->columns);
  for (std::size_t i = 0; i < design->rows; ++i) {
    for (std::size_t j = 0; j < design->columns; ++j) row[j] = problem.design(i, j);
    fit.fitted.push_back(evaluate(fit, VectorView(row.data(), row.size())).mean);
  }
  return fit;
}

RidgeValue evaluate(const RidgeFit& fit, VectorView row) {
  const std::size_t k = fit.dimensions;
  std::vector<double> along(k, 0.0);
  DoubleDouble mean = fit.response_mean;
  for (std::size_t j = 0; j < fit.slopes.size(); ++j) {
    const DoubleDouble from_mean = DoubleDouble(row[j]) - fit.column_means[j];
    mean += from_mean * fit.slopes[j];
    for (std::size_t i = 0; i < k; ++i) along[i] += fit.spread[j * k + i] * from_mean.value();
  }
  double factor = fit.intercept ? 1.0 / static_cast<double>(fit.observations) : 0.0;
  for (const double a : along) factor += a * a;
  return {mean.value(), factor};
}

}  // namespace steppe::numerics
