// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/regression_tests.hpp"

#include <algorithm>
#include <cmath>

#include "steppe/numerics/distributions.hpp"
#include "test_columns.hpp"

namespace steppe::numerics {
namespace {

using detail::OrthogonalBasis;

std::string counted_rows(std::size_t n) {
  return std::to_string(n) + (n == 1 ? " observation" : " observations");
}

// What `added` explains of the residuals beside the regressors, and what stays.
struct Addition {
  double before = 0.0;   // sum of squares that the regressors leave
  double after = 0.0;    // that regressors and added columns leave
  std::size_t rank = 0;  // of the regressors
  std::size_t added = 0;
};

Addition add_columns(const RegressionResiduals& fit, const std::vector<double>& residuals,
                     std::vector<std::vector<double>> added) {
  OrthogonalBasis basis = detail::basis_of(fit.design, fit.intercept);
  Addition out;
  out.rank = basis.rank();
  const auto own = basis.residual(residuals);
  out.before = detail::dot(own, own);
  for (auto& column : added) out.added += basis.add(std::move(column)) ? 1 : 0;
  const auto left = basis.residual(residuals);
  out.after = detail::dot(left, left);
  return out;
}

// Regressors with a constant, for the auxiliary regressions of the variance.
OrthogonalBasis variance_basis(const RegressionResiduals& fit) {
  return detail::basis_of(fit.design, true);
}

TestResult variance_test(const OrthogonalBasis& basis, const std::vector<double>& residuals) {
  const auto fitted = detail::auxiliary_fit(basis, detail::squares(residuals));
  if (fitted.dof == 0.0) return detail::undefined_test("no regressor varies");
  if (fitted.constant_response)
    return detail::undefined_test("the squared residuals are all equal");
  return detail::chi_squared_test(fitted.n_r_squared, fitted.dof);
}

}  // namespace

bool is_least_squares(const RegressionResiduals& fit) {
  constexpr double kOrthogonal = 1e-6;
  const OrthogonalBasis basis = detail::basis_of(fit.design, fit.intercept);
  const auto e = detail::unit_residuals(fit.residuals);
  double along = 0.0;
  for (std::size_t c = 0; c < basis.rank(); ++c) along += std::pow(detail::dot(basis[c], e), 2);
  return std::sqrt(along) <= kOrthogonal * std::sqrt(detail::dot(e, e));
}

bool is_exact_fit(const RegressionResiduals& fit) {
  double largest = 0.0;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i)
    largest = std::max(largest, std::fabs(fit.fitted[i] + fit.residuals[i]));
  if (largest == 0.0) largest = 1.0;
  double residual_ss = 0.0;
  double response_ss = 0.0;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    residual_ss += std::pow(fit.residuals[i] / largest, 2);
    response_ss += std::pow((fit.fitted[i] + fit.residuals[i]) / largest, 2);
  }
  return detail::is_rounding(residual_ss, response_ss);
}

BreuschGodfrey breusch_godfrey(const RegressionResiduals& fit, std::size_t order) {
  std::string reason = detail::exact_reason(fit);
  const std::size_t n = fit.residuals.size();
  if (reason.empty() && (order == 0 || order >= n))
    reason = counted_rows(n) + " have no lag " + std::to_string(order);
  if (!reason.empty()) return {detail::undefined_test(reason), detail::undefined_test(reason)};
  const auto e = detail::unit_residuals(fit.residuals);
  std::vector<std::vector<double>> lags;
  for (std::size_t lag = 1; lag <= order; ++lag) {
    auto& column = lags.emplace_back(n, 0.0);
    std::copy(e.begin(), e.end() - static_cast<std::ptrdiff_t>(lag),
              column.begin() + static_cast<std::ptrdiff_t>(lag));
  }
  const Addition fitted = add_columns(fit, e, std::move(lags));
  if (fitted.rank + order >= n || fitted.added < order) {
    reason = counted_rows(n) + " are too few for " + std::to_string(fitted.rank) +
             " coefficients and " + std::to_string(order) + " lags";
    return {detail::undefined_test(reason), detail::undefined_test(reason)};
  }
  const double rows = static_cast<double>(n);
  const double total = detail::dot(e, e);
  const double lags_dof = static_cast<double>(order);
  return {detail::chi_squared_test(rows * (total - fitted.after) / total, lags_dof),
          detail::f_test(total - fitted.after, lags_dof, fitted.after,
                         rows - static_cast<double>(fitted.rank) - lags_dof)};
}

TestResult breusch_pagan(const RegressionResiduals& fit) {
  std::string reason = detail::exact_reason(fit);
  if (!reason.empty()) return detail::undefined_test(std::move(reason));
  const OrthogonalBasis basis = variance_basis(fit);
  if (basis.rank() >= basis.rows())
    return detail::undefined_test("as many coefficients as observations");
  return variance_test(basis, detail::unit_residuals(fit.residuals));
}

TestResult white(const RegressionResiduals& fit) {
  std::string reason = detail::exact_reason(fit);
  if (!reason.empty()) return detail::undefined_test(std::move(reason));
  const std::size_t n = fit.design.rows();
  const std::size_t p = fit.design.columns();
  const double columns = 0.5 * static_cast<double>((p + 1) * (p + 2));
  if (static_cast<double>(n) * columns * columns > 5e9)
    return detail::undefined_test("left out: " + std::to_string(p) +
                                  " regressors have too many squares and cross products");
  // Squares of centred columns: with columns and constant they span the same, without loss of
  // digits.
  OrthogonalBasis basis = variance_basis(fit);
  std::vector<std::vector<double>> centred;
  for (std::size_t c = 0; c < p; ++c) {
    OrthogonalBasis constant(n);
    constant.add(std::vector<double>(n, 1.0));
    centred.push_back(detail::unit_residuals(
        {constant.residual(detail::column_of(fit.design.column(c))).data(), n}));
  }
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t b = a; b < p; ++b) {
      std::vector<double> product(n);
      for (std::size_t i = 0; i < n; ++i) product[i] = centred[a][i] * centred[b][i];
      basis.add(std::move(product));
      if (basis.rank() >= n)
        return detail::undefined_test(counted_rows(n) +
                                      " are too few for squares and cross "
                                      "products of " +
                                      std::to_string(p) + " regressors");
    }
  }
  return variance_test(basis, detail::unit_residuals(fit.residuals));
}

JarqueBera jarque_bera(VectorView residuals) {
  const auto e = detail::unit_residuals(residuals);
  const double n = static_cast<double>(e.size());
  double mean = 0.0;
  for (const double value : e) mean += value / n;
  double second = 0.0, third = 0.0, fourth = 0.0;
  for (const double value : e) {
    const double d = value - mean;
    second += d * d / n;
    third += d * d * d / n;
    fourth += d * d * d * d / n;
  }
  JarqueBera out;
  if (e.size() < 3 || !(second > 1e-28)) {
    out.test = detail::undefined_test(e.size() < 3 ? counted_rows(e.size()) + " have no shape"
                                                   : "the residuals are all equal");
    return out;
  }
  out.skewness = third / std::pow(second, 1.5);
  out.kurtosis = fourth / (second * second);
  const double statistic =
      n * (out.skewness * out.skewness / 6.0 + std::pow(out.kurtosis - 3.0, 2) / 24.0);
  out.test = detail::chi_squared_test(statistic, 2.0);
  return out;
}

TestResult reset(const RegressionResiduals& fit) {
  std::string reason = detail::exact_reason(fit);
  if (!reason.empty()) return detail::undefined_test(std::move(reason));
  // With an intercept centred powers span the same as plain ones and keep their digits.
  std::vector<double> centred = detail::column_of(fit.fitted);
  double mean = 0.0;
  for (const double value : centred) mean += value / static_cast<double>(centred.size());
  if (fit.intercept)
    for (double& value : centred) value -= mean;
  const auto base = detail::unit_residuals({centred.data(), centred.size()});
  std::vector<std::vector<double>> powers(2, base);
  for (std::size_t i = 0; i < base.size(); ++i) {
    powers[0][i] = base[i] * base[i];
    powers[1][i] = powers[0][i] * base[i];
  }
  const Addition fitted =
      add_columns(fit, detail::unit_residuals(fit.residuals), std::move(powers));
  const std::size_t n = fit.residuals.size();
  if (fitted.added < 2 && fitted.rank + fitted.added < n)
    return detail::undefined_test(
        "the powers of the fitted values are combinations of the regressors");
  if (fitted.rank + 2 >= n)
    return detail::undefined_test(counted_rows(n) + " are too few for " +
                                  std::to_string(fitted.rank) + " coefficients and 2 powers");
  return detail::f_test(fitted.before - fitted.after, 2.0, fitted.after,
                        static_cast<double>(n - fitted.rank - 2));
}

}  // namespace steppe::numerics
