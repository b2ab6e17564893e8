// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/autoregressive_errors.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "autoregressive_moments.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {
namespace {

using detail::AutoregressiveColumns;
using detail::AutoregressiveMoments;
using detail::ExtendedVector;
using detail::GivenRho;

constexpr double kRhoTolerance = 1e-12;  // of rho
constexpr std::size_t kRhoIterations = 1000;
constexpr double kSameSolution = 1e-7;

// The iteration that every program prints: from ordinary least squares until rho stands still.
struct PlainIteration {
  double rho = 0.0;
  std::size_t iterations = 0;
  bool converged = false;
};

PlainIteration iterate_rho(const AutoregressiveMoments& moments) {
  PlainIteration out;
  double rho = 0.0;
  while (out.iterations < kRhoIterations) {
    out.rho = moments.next_rho(rho);
    ++out.iterations;
    if (!(std::abs(out.rho) < 1.0)) return out;
    if (std::abs(out.rho - rho) <= kRhoTolerance) {
      out.converged = true;
      return out;
    }
    rho = out.rho;
  }
  return out;
}

Error no_rho(const PlainIteration& plain) {
  if (plain.iterations == kRhoIterations)
    return {ErrorKind::kNotConverged,
            "rho did not settle in " + std::to_string(kRhoIterations) +
                " iterations, the last is " + number_text(plain.rho),
            {},
            "N10"};
  if (std::isnan(plain.rho))
    return {ErrorKind::kRankDeficient,
            "the regressors depend on one another once they are transformed for the "
            "autocorrelation of the errors: remove one of them",
            {},
            "N4"};
  return {ErrorKind::kDomainError,
          "the errors are not stationary: their autocorrelation is estimated as " +
              number_text(plain.rho) +
              ", and no value between -1 and 1 stands still; regress the changes of the series, or "
              "add a trend to the regressors",
          {},
          "N11"};
}

// rho and what is known of how it was found.
Result<void> estimate_rho(const AutoregressiveMoments& moments, AutoregressiveFit& fit) {
  const PlainIteration plain = iterate_rho(moments);
  fit.iterations = plain.iterations;
  std::vector<double> solutions = detail::autoregressive_solutions(moments);
  const auto is_plain = [&](double rho) {
    return plain.converged && std::abs(rho - plain.rho) <= kSameSolution;
  };
  if (plain.converged && std::none_of(solutions.begin(), solutions.end(), is_plain))
    solutions.push_back(plain.rho);
  if (solutions.empty()) return no_rho(plain);
  const auto better = [&](double a, double b) { return moments.badness(a) < moments.badness(b); };
  fit.rho = *std::min_element(solutions.begin(), solutions.end(), better);
  fit.started_elsewhere = !is_plain(fit.rho);
  std::sort(solutions.begin(), solutions.end());
  for (const double rho : solutions)
    if (rho != fit.rho) fit.other_rhos.push_back(rho);
  return {};
}

ExtendedVector inverse_of_upper_factor(const ExtendedVector& r, std::size_t k) {
  ExtendedVector out(k * k);
  for (std::size_t j = 0; j < k; ++j) {
    out[j * k + j] = DoubleDouble(1.0) / r[j * k + j];
    for (std::size_t i = j; i-- > 0;) {
      DoubleDouble sum;
      for (std::size_t m = i + 1; m <= j; ++m) sum += r[i * k + m] * out[m * k + j];
      out[i * k + j] = -sum / r[i * k + i];
    }
  }
  return out;
}

// Level, slopes and the factor of their covariance in the units of the data.
void fill_serial_coordinates(const LeastSquaresFit& start, const AutoregressiveColumns& data,
                             const GivenRho& solved, AutoregressiveFit& fit) {
  const std::size_t k = solved.factors.size();
  const std::size_t offset = start.intercept ? 1 : 0;
  fit.inverse_r = inverse_of_upper_factor(solved.r, k);
  for (std::size_t j = 0; j < k; ++j) {
    const DoubleDouble ordinary =
        j < offset ? start.centered.response_mean : start.centered.slopes[j - offset];
    fit.centered.push_back(ordinary +
                           scaled(solved.factors[j], data.exponents[k] - data.exponents[j]));
    for (std::size_t i = 0; i < k; ++i)
      fit.inverse_r[j * k + i] = scaled(fit.inverse_r[j * k + i], -data.exponents[j]);
    fit.last_row.push_back(std::ldexp(data.columns[j].back(), data.exponents[j]));
  }
}

// Coefficients of the columns as they are: the constant at zero regressors, not at their means.
void fill_coefficients_at_zero(const LeastSquaresFit& start, AutoregressiveFit& fit) {
  const std::size_t k = fit.centered.size();
  const std::size_t q = start.coefficients.size();
  const std::size_t offset = start.intercept ? 1 : 0;
  std::vector<std::size_t> place(offset, 0);
  for (const std::size_t kept : start.centered.kept) place.push_back(kept + offset);
  ExtendedVector values = fit.centered;
  ExtendedVector factor = fit.inverse_r;
  if (start.intercept) {
    for (std::size_t j = 1; j < k; ++j) {
      const DoubleDouble mean = start.centered.column_means[j - 1];
      values[0] -= values[j] * mean;
      for (std::size_t i = 0; i < k; ++i) factor[i] -= factor[j * k + i] * mean;
    }
  }
  fit.coefficients.assign(q, kUndefined);
  fit.covariance.assign(q * q, kUndefined);
  for (std::size_t a = 0; a < k; ++a) {
    fit.coefficients[place[a]] = values[a].value();
    for (std::size_t b = 0; b < k; ++b) {
      DoubleDouble sum;
      for (std::size_t i = 0; i < k; ++i) sum += factor[a * k + i] * factor[b * k + i];
      fit.covariance[place[a] * q + place[b]] = sum.value();
    }
  }
}

void fill_transformed_sums(const LeastSquaresFit& start, const AutoregressiveColumns& data,
                           const GivenRho& solved, AutoregressiveFit& fit) {
  const std::size_t k = solved.factors.size();
  DoubleDouble explained;
  for (std::size_t i = start.intercept ? 1 : 0; i < k; ++i) {
    DoubleDouble along;
    for (std::size_t j = i; j < k; ++j)
      along += solved.r[i * k + j] * scaled(fit.centered[j], data.exponents[j]);
    explained += along * along;
  }
  const DoubleDouble rest =
      fit.exact ? DoubleDouble() : scaled(solved.residual_ss, 2 * data.exponents[k]);
  fit.residual_ss = rest.value();
  fit.total_ss = (explained + rest).value();
}

// Errors u, one-step fitted values, and what follows from the transformed residuals.
void fill_serial_rows(const AutoregressiveProblem& problem, const LeastSquaresFit& start,
                      const AutoregressiveColumns& data, const GivenRho& solved,
                      AutoregressiveFit& fit) {
  const std::size_t k = solved.factors.size();
  const std::size_t n = problem.response.size();
  for (std::size_t t = 0; t < n; ++t) {
    DoubleDouble error = data.columns[k][t];
    for (std::size_t j = 0; j < k; ++j) error -= solved.factors[j] * data.columns[j][t];
    fit.errors.push_back(fit.exact ? 0.0 : std::ldexp(error.value(), data.exponents[k]));
  }
  fit.last_error = fit.errors.back();
  DoubleDouble changes;
  DoubleDouble squares;  // of one-step residuals
  double before = std::sqrt(1.0 - fit.rho * fit.rho) * fit.errors[0];
  for (std::size_t t = 0; t < n; ++t) {
    const double lagged = fit.exact || t == 0 ? 0.0 : fit.rho * fit.errors[t - 1];
    const double innovation = fit.errors[t] - lagged;
    const double fitted = fit.exact ? start.fitted[t] : problem.response[t] - innovation;
    fit.fitted.push_back(fitted);
    squares += two_product(innovation, innovation);
    if (t > 1 || (t == 1 && fit.first_row == FirstRow::kKept))
      changes += two_product(innovation - before, innovation - before);
    if (t > 0) before = innovation;
  }
  fit.durbin_watson = fit.exact ? kUndefined : changes.value() / fit.residual_ss;
  fit.r_squared = start.total_ss == 0.0 ? kUndefined
                  : fit.exact           ? 1.0
                                        : 1.0 - squares.value() / start.total_ss;
}

std::optional<Error> too_few_serial_rows(const AutoregressiveProblem& problem,
                                         const LeastSquaresFit& start) {
  const std::size_t needed = start.rank + (problem.first_row == FirstRow::kKept ? 2 : 3);
  const std::size_t n = problem.response.size();
  if (n >= needed && n >= 3) return std::nullopt;
  return Error{ErrorKind::kInsufficientData,
               std::to_string(n) + " observations for " + std::to_string(start.rank) +
                   " coefficients and the autocorrelation of the errors; at least " +
                   std::to_string(std::max<std::size_t>(needed, 3)) + " are needed",
               {},
               "N1"};
}

}  // namespace

Result<AutoregressiveFit> solve_autoregressive(const AutoregressiveProblem& problem,
                                               const LeastSquaresFit& start) {
  if (auto error = too_few_serial_rows(problem, start)) return *std::move(error);
  AutoregressiveFit fit;
  fit.first_row = problem.first_row;
  fit.rank = start.rank;
  fit.exact = start.is_exact();
  fit.rows_used = problem.response.size() - (fit.first_row == FirstRow::kKept ? 0 : 1);
  const AutoregressiveColumns data = detail::autoregressive_columns(problem, start);
  if (problem.cancelled && problem.cancelled())
    return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
  const AutoregressiveMoments moments(data, fit.first_row);
  fit.rho = problem.rho.value_or(0.0);
  if (!problem.rho && !fit.exact)
    if (auto found = estimate_rho(moments, fit); !found) return found.error();
  auto solved = moments.solve(fit.rho);
  if (!solved) return no_rho({.rho = kUndefined});
  if (fit.exact) solved->factors.assign(solved->factors.size(), {});
  fill_serial_coordinates(start, data, *solved, fit);
  fill_coefficients_at_zero(start, fit);
  fill_transformed_sums(start, data, *solved, fit);
  fill_serial_rows(problem, start, data, *solved, fit);
  const bool estimated = !problem.rho && !fit.exact;
  fit.rho_standard_error =
      estimated ? moments.autocorrelation(solved->factors).standard_error : kUndefined;
  if (fit.exact && !problem.rho) fit.rho = kUndefined;
  return fit;
}

AutoregressiveValue predict(const AutoregressiveFit& fit, const LeastSquaresFit& start,
                            VectorView row, std::size_t step) {
  const std::size_t k = fit.centered.size();
  const std::size_t offset = start.intercept ? 1 : 0;
  const double rho = std::isnan(fit.rho) ? 0.0 : fit.rho;
  const double power = std::pow(rho, static_cast<double>(step));
  DoubleDouble mean = two_product(power, fit.last_error);
  ExtendedVector change(k);
  for (std::size_t j = 0; j < k; ++j) {
    const DoubleDouble value = j < offset ? DoubleDouble(1.0)
                                          : DoubleDouble(row[start.centered.kept[j - offset]]) -
                                                start.centered.column_means[j - offset];
    mean += fit.centered[j] * value;
    change[j] = value - two_product(power, fit.last_row[j]);
  }
  DoubleDouble quadratic;
  for (std::size_t i = 0; i < k; ++i) {
    DoubleDouble along;
    for (std::size_t j = 0; j <= i; ++j) along += fit.inverse_r[j * k + i] * change[j];
    quadratic += along * along;
  }
  return {mean.value(), quadratic.value(), (1.0 - power * power) / (1.0 - rho * rho)};
}

}  // namespace steppe::numerics
