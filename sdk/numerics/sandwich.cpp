// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/sandwich.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "centered_form.hpp"
#include "sandwich_parts.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

constexpr double kLeverageOne = 1.0 - 1e-12;  // 1 - h is rounding from here on

// The rows of scores w e a of one fit, in orthogonal coordinates, one after the other.
class ScoreRows {
 public:
  explicit ScoreRows(const SandwichProblem& problem) : problem_(problem) {}

  std::size_t rows() const { return problem_.fit.residuals.size(); }
  std::size_t size() const { return problem_.fit.centered.kept.size() + 1; }

  // Factor on the residual: 1, or for hc2 and hc3 that of the leverage.
  std::optional<Error> read(std::size_t row, std::vector<double>& score) {
    detail::orthogonal_row(problem_.fit.centered, detail::row_of(problem_.design, row), score);
    const double weight = problem_.weights.empty() ? 1.0 : problem_.weights[row];
    double factor = weight * problem_.fit.residuals[row];
    const bool hc2 = problem_.kind == CovarianceKind::kHc2;
    if (weight > 0.0 && (hc2 || problem_.kind == CovarianceKind::kHc3)) {
      double leverage = 0.0;
      for (const double a : score) leverage += a * a;
      leverage *= weight;
      if (leverage >= kLeverageOne)
        return Error{ErrorKind::kDomainError,
                     "the row alone decides a coefficient (leverage 1): covariance \"" +
                         std::string(hc2 ? "hc2" : "hc3") +
                         "\" is undefined there; use \"hc1\", or remove the row or its regressor",
                     "row " + std::to_string(row + 1),
                     {}};
      factor /= hc2 ? std::sqrt(1.0 - leverage) : 1.0 - leverage;
    }
    for (double& a : score) a *= factor;
    return std::nullopt;
  }

 private:
  const SandwichProblem& problem_;
};

// sum of (factor) (u v' + v u') or of u u' itself into the lower triangle.
void add_product(const std::vector<double>& u, const std::vector<double>& v, double factor,
                 std::vector<double>& sum) {
  const std::size_t size = u.size();
  const bool same = &u == &v;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      sum[i * size + j] += same ? u[i] * u[j] : factor * (u[i] * v[j] + v[i] * u[j]);
}

Result<std::vector<double>> filling_of(const SandwichProblem& problem, std::size_t lag) {
  ScoreRows scores(problem);
  const std::size_t size = scores.size();
  std::vector<double> sum(size * size);
  std::vector<std::vector<double>> window(lag + 1);  // the scores of row i at i mod (lag + 1)
  for (std::size_t i = 0; i < scores.rows(); ++i) {
    if (i % 1024 == 0 && problem.cancelled && problem.cancelled())
      return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
    std::vector<double>& score = window[i % (lag + 1)];
    if (auto error = scores.read(i, score)) return *std::move(error);
    add_product(score, score, 1.0, sum);
    for (std::size_t l = 1; l <= std::min(lag, i); ++l)
      add_product(score, window[(i - l) % (lag + 1)],
                  1.0 - static_cast<double>(l) / static_cast<double>(lag + 1), sum);
  }
  const auto n = static_cast<double>(problem.fit.observations);
  const double factor = problem.kind == CovarianceKind::kHc1
                            ? n / static_cast<double>(problem.fit.residual_dof())
                            : 1.0;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      sum[j * size + i] = sum[i * size + j] = factor * sum[i * size + j];
  return sum;
}

// The slopes in orthogonal coordinates: inverse_r g = slopes, from the last row up.
std::vector<double> orthogonal_slopes(const CenteredForm& form) {
  const std::size_t size = form.kept.size();
  detail::ExtendedVector g(size);
  for (std::size_t k = size; k-- > 0;) {
    DoubleDouble rest = form.slopes[k];
    for (std::size_t i = k + 1; i < size; ++i) rest -= form.inverse_r[k * size + i] * g[i];
    g[k] = rest / form.inverse_r[k * size + k];
  }
  std::vector<double> rounded;
  for (const DoubleDouble& value : g) rounded.push_back(value.value());
  return rounded;
}

Result<std::size_t> lag_of(const SandwichProblem& problem) {
  if (problem.kind != CovarianceKind::kNeweyWest) return std::size_t{0};
  const std::size_t n = problem.fit.residuals.size();
  const std::size_t lag = problem.lag.value_or(automatic_lag(n));
  if (lag < n) return lag;
  return Error{ErrorKind::kInvalidConfig,
               "a covariance_lag of " + std::to_string(lag) + " needs more than " +
                   std::to_string(lag) + " rows; there are " + std::to_string(n),
               {},
               {}};
}

}  // namespace

namespace detail {

std::vector<double> covariance_of(const LeastSquaresFit& fit, const std::vector<double>& filling) {
  const std::size_t size = fit.centered.kept.size() + 1;
  const std::size_t offset = fit.intercept ? 1 : 0;
  const std::size_t q = fit.coefficients.size();
  const ExtendedVector map = coefficient_map(fit);
  ExtendedVector half(size * size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < size; ++k)
      for (std::size_t j = 0; j < size; ++j)
        half[i * size + j] += map[i * size + k] * filling[k * size + j];
  std::vector<double> covariance(q * q);
  const auto place = [&](std::size_t i) { return i == 0 ? 0 : fit.centered.kept[i - 1] + offset; };
  for (std::size_t i = 1 - offset; i < size; ++i)
    for (std::size_t j = 1 - offset; j <= i; ++j) {
      DoubleDouble sum;
      for (std::size_t k = 0; k < size; ++k) sum += half[i * size + k] * map[j * size + k];
      covariance[place(i) * q + place(j)] = covariance[place(j) * q + place(i)] = sum.value();
    }
  return covariance;
}

// g' M^-1 g / k with M the filling of the slopes, by Cholesky; NaN when M is singular.
double wald_f(const LeastSquaresFit& fit, const std::vector<double>& filling) {
  constexpr double kSingular = 1e-14;
  const std::size_t k = fit.centered.kept.size();
  const std::vector<double> g = orthogonal_slopes(fit.centered);
  std::vector<double> root(k * k);
  double square = 0.0;
  std::vector<double> solved(k);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double entry = filling[(i + 1) * (k + 1) + j + 1];
      const double diagonal = entry;
      for (std::size_t m = 0; m < j; ++m) entry -= root[i * k + m] * root[j * k + m];
      if (i != j) {
        root[i * k + j] = entry / root[j * k + j];
        continue;
      }
      if (!(entry > kSingular * diagonal)) return kUndefined;
      root[i * k + i] = std::sqrt(entry);
    }
    solved[i] = g[i];
    for (std::size_t m = 0; m < i; ++m) solved[i] -= root[i * k + m] * solved[m];
    solved[i] /= root[i * k + i];
    square += solved[i] * solved[i];
  }
  return k == 0 ? kUndefined : square / static_cast<double>(k);
}

}  // namespace detail

std::size_t automatic_lag(std::size_t observations) {
  // The nudge: (n / 100)^(2/9) of a whole result must not fall short of it by rounding.
  const double lag = 4.0 * std::pow(static_cast<double>(observations) / 100.0, 2.0 / 9.0);
  return std::min(static_cast<std::size_t>(lag * (1.0 + 1e-12)),
                  observations > 0 ? observations - 1 : 0);
}

Result<Sandwich> sandwich(const SandwichProblem& problem) {
  const LeastSquaresFit& fit = problem.fit;
  const std::size_t size = fit.centered.kept.size() + 1;
  const std::size_t q = fit.coefficients.size();
  if (fit.has_powers() && !fit.dropped.empty())
    return Error{ErrorKind::kNotSupported,
                 "a covariance other than classical is not given when a power was dropped; use a "
                 "lower degree",
                 {},
                 {}};
  const auto lag = lag_of(problem);
  if (!lag) return lag.error();
  Sandwich out{{}, {}, kUndefined, *lag};
  const bool saturated = fit.residual_dof() == 0;
  if (saturated || fit.is_exact()) {
    const double nothing = saturated ? kUndefined : 0.0;
    out.filling.assign(size * size, nothing);
    out.covariance.assign(q * q, nothing);
    return out;
  }
  auto filling = filling_of(problem, *lag);
  if (!filling) return filling.error();
  out.filling = *std::move(filling);
  out.covariance = detail::covariance_of(fit, out.filling);
  out.f = detail::wald_f(fit, out.filling);
  return out;
}

double variance_of_mean(const LeastSquaresFit& fit, const std::vector<double>& filling,
                        VectorView row) {
  std::vector<double> a;
  detail::orthogonal_row(fit.centered, row, a);
  double variance = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j) variance += a[i] * filling[i * a.size() + j] * a[j];
  return std::max(variance, 0.0);
}

void use_covariance(const LeastSquaresFit& fit, const Sandwich& sandwich, double coverage,
                    LinearInference& inference) {
  const std::size_t q = fit.coefficients.size();
  const double factor = student_t_quantile(0.5 + 0.5 * coverage, inference.residual_dof);
  inference.covariance = sandwich.covariance;
  for (std::size_t b = 0; b < q; ++b) {
    const double estimate = fit.coefficients[b];
    const bool dropped = std::isnan(estimate);
    const double error =
        dropped ? kUndefined : std::sqrt(std::max(sandwich.covariance[b * q + b], 0.0));
    inference.standard_error[b] = inference.residual_dof > 0.0 ? error : kUndefined;
    inference.t[b] = inference.exact ? kUndefined : estimate / error;
    inference.p[b] = student_t_two_sided_p(inference.t[b], inference.residual_dof);
    inference.lower[b] = estimate - factor * inference.standard_error[b];
    inference.upper[b] = estimate + factor * inference.standard_error[b];
  }
  if (std::isnan(inference.f)) return;  // a constant target, an exact fit, no slope
  inference.f = sandwich.f;
  inference.significance_f =
      f_upper_tail(inference.f, inference.regression_dof, inference.residual_dof);
}

}  // namespace steppe::numerics
