// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "centered_columns.hpp"
#include "centered_form.hpp"
#include "extended_basis.hpp"
#include "polynomial_terms.hpp"
#include "tall_least_squares.hpp"

namespace steppe::numerics {
namespace {

using detail::CenteredColumn;
using detail::ExtendedBasis;
using detail::ExtendedVector;
using detail::RowWeights;
using detail::TermDependency;

// The parts that the steps of one solution share.
struct Workspace {
  const LeastSquaresProblem& problem;
  RowWeights weights;
  CenteredColumn response;
  std::vector<CenteredColumn> kept;     // columns in the basis, values moved out
  std::vector<std::size_t> kept_index;  // among the terms
  std::vector<TermDependency> dropped;
  ExtendedBasis basis;
};

// Less what is rounding: a term this much smaller than the column is no dependency.
TermDependency describe_dependency(const Workspace& work, const CenteredColumn& column,
                                   const ExtendedVector& factors) {
  constexpr double kNegligible = 1e-10;
  TermDependency result;
  result.constant = column.mean;
  double mean_size = magnitude(column.mean);
  for (std::size_t k = 0; k < factors.size(); ++k) {
    if (magnitude(factors[k]) * work.kept[k].raw_norm <= kNegligible * column.raw_norm) continue;
    const DoubleDouble factor = scaled(factors[k], column.exponent - work.kept[k].exponent);
    result.constant -= factor * work.kept[k].mean;
    mean_size += magnitude(factor * work.kept[k].mean);
    result.on.push_back(work.kept_index[k]);
    result.factors.push_back(factor);
  }
  if (!(magnitude(result.constant) > kNegligible * mean_size)) result.constant = {};
  return result;
}

CenteredColumn prepare_term(const Workspace& work, std::size_t index, const CenteredForm& form) {
  const LeastSquaresProblem& problem = work.problem;
  if (form.terms.empty())
    return detail::prepare_column(problem.design.column(index), work.weights, problem.intercept);
  const DesignTerm& term = form.terms[index];
  const VectorView column = problem.design.column(term.column);
  ExtendedVector values;
  for (std::size_t i = 0; i < column.size(); ++i)
    values.push_back(detail::power_of(column[i], form.shifts[term.column], term.power));
  return detail::prepare_column(std::move(values), work.weights, problem.intercept);
}

// Takes the column into the basis, or reports that it depends on those already there.
void add_column(Workspace& work, std::size_t index, LeastSquaresFit& fit) {
  CenteredColumn column = prepare_term(work, index, fit.centered);
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
  TermDependency dependency = describe_dependency(work, column, factors);
  dependency.term = index;
  work.dropped.push_back(std::move(dependency));
}

// Which terms there are, and what is subtracted before powers are formed.
void lay_out_terms(const Workspace& work, CenteredForm& form) {
  const LeastSquaresProblem& problem = work.problem;
  const std::span<const int> degrees = problem.degrees;
  if (std::all_of(degrees.begin(), degrees.end(), [](int d) { return d == 1; })) return;
  form.terms = design_terms(problem.design.columns(), degrees);
  for (std::size_t j = 0; j < degrees.size(); ++j)
    form.shifts.push_back(problem.intercept && degrees[j] > 1
                              ? detail::power_shift(problem.design.column(j), work.weights)
                              : 0.0);
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

void fill_rows(const Workspace& work, LeastSquaresFit& fit) {
  const LeastSquaresProblem& problem = work.problem;
  for (std::size_t i = 0; i < problem.response.size(); ++i) {
    const auto value = detail::evaluate_row(fit.centered, detail::row_of(problem.design, i));
    const double weighted = (value.leverage * work.weights.weight[i]).value();
    fit.fitted.push_back(value.mean.value());
    fit.residuals.push_back((problem.response[i] - value.mean).value());
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
  Workspace work{problem, detail::prepare_weights(problem), {}, {}, {}, {}, {}};
  lay_out_terms(work, fit.centered);
  const std::size_t terms = fit.has_powers() ? fit.centered.terms.size() : problem.design.columns();
  fit.observations = work.weights.positive;
  work.response = detail::prepare_column(problem.response, work.weights, problem.intercept);
  for (std::size_t j = 0; j < terms; ++j) {
    if (problem.cancelled && problem.cancelled())
      return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
    add_column(work, j, fit);
  }
  fit.rank = work.basis.size() + (problem.intercept ? 1 : 0);
  fit.condition_number = work.basis.condition_number();

  const auto response = work.basis.project(work.response.values);
  fill_centered_form(work, response.along, fit.centered);
  detail::fill_coefficients(fit, terms, work.dropped);
  fill_rows(work, fit);
  fill_sums(work, response, fit);
  unscale_weights(work, fit);
  return fit;
}

}  // namespace steppe::numerics
