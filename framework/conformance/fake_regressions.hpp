// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regressions for the tests of the suite: an honest one by normal equations about the means, and
// ones that break one rule each.

#include <unistd.h>

#include <cmath>
#include <memory>
#include <thread>
#include <vector>

#include "conformance/fake_inverse.hpp"
#include "steppe/normal.hpp"
#include "steppe/regression.hpp"

namespace steppe::conformance::fakes {

enum class RegressionFlaw {
  kNone,
  kRemembers,          // the constant leans towards that of the fit before
  kFirstRowsCount,     // the constant depends on the first row
  kFirstColumnCounts,  // the constant depends on the first column's spread
  kCountsCalls,        // every call of predict moves the mean
  kRowsMeet,           // the mean of a new row depends on the other new rows
  kUsesProcess,        // the constant depends on the number of the process
  kSharesMemory,       // predict keeps its mean in memory that all threads share
  kNotScaled,          // the constant is 1 too high
  kNotShifted,         // the constant leans towards 0
  kAcceptsNone,        // takes no rows at all, and claims one
  kMeanWider,          // the standard error of the mean is above that of the prediction
  kCrossed,            // quantiles fall with their probability
  kNoQuantiles,        // claims intervals and gives none
  kTakesWeights,       // takes weights without a word and does nothing with them
  kOtherCovariance,    // linear_model has a covariance that is not behind the standard errors
  kOtherFitted,        // fitted values are not those of predict
  kFlattered,          // R squared is a little better than it is
  kNoEquation,
  kNegativeError,  // standard errors of coefficients below 0
  kTakesMissing,   // rows with a missing value are left out without a word
  kSilentlyDrops,  // a column that depends on others gets the coefficient 0 without a warning
  kNarrow,         // intervals 20 % too narrow
  kBiased,         // the constant is 0.3 too high
  kRidge,          // the diagonal of the cross products is raised
};

template <RegressionFlaw kFlaw>
struct FakeRegression {
  using F = RegressionFlaw;
  static constexpr ComponentInfo kInfo{"regression.fake", "1.0.0",
                                       "Least squares, one thing wrong"};
  static constexpr Tag kTags[] = {
      {"intervals"},         {"deterministic"},   {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}, {"minimum_observations", 1}};

  struct Fit {
    std::size_t n = 0;
    std::size_t p = 0;
    std::vector<double> means;       // of the columns
    std::vector<double> inverse;     // p x p, of the centred cross products
    std::vector<double> beta;        // the constant first
    std::vector<double> covariance;  // (p + 1) x (p + 1)
    std::vector<double> fitted_values;
    double sigma = 0;
    double r_squared = kUndefined;
    bool dropped = false;
    mutable int calls = 0;

    double degrees() const { return n > p + 1 ? double(n - p - 1) : kUndefined; }
    double mean(const MatrixView& x, std::size_t row) const {
      double out = beta[0];
      for (std::size_t j = 0; j < p; ++j) out += beta[j + 1] * x(row, j);
      return out;
    }
    // Of one row, about the means: 1/n + d' inverse d.
    double leverage(const MatrixView& x, std::size_t row) const {
      double out = 1 / double(n);
      for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t j = 0; j < p; ++j) {
          out += (x(row, i) - means[i]) * inverse[i * p + j] * (x(row, j) - means[j]);
        }
      }
      return out;
    }

    void fitted(const OutputView& out) const {
      for (std::size_t i = 0; i < n; ++i) {
        out(i, 0) = fitted_values[i] + (kFlaw == F::kOtherFitted ? 0.5 : 0);
      }
    }
    double said(double m, const MatrixView& x, std::size_t row) const {
      static double memory;
      if (kFlaw == F::kCountsCalls) return m * (1 + 1e-9 * ++calls);
      if (kFlaw == F::kRowsMeet) return m * (1 + 1e-9 * double(x.rows()));
      if (kFlaw != F::kSharesMemory) return m;
      memory = m + double(row);
      std::this_thread::yield();
      return memory;
    }
    Result<void> predict(const MatrixView& x, const VectorView& probabilities,
                         const RegressionForecast& out, const Host&) const {
      for (std::size_t row = 0; row < x.rows(); ++row) {
        for (std::size_t j = 0; j < p; ++j) {
          if (!std::isfinite(x(row, j)))
            return Error{ErrorKind::kInvalidData, "not finite", "", ""};
        }
        const double m = said(mean(x, row), x, row);
        if (!std::isfinite(m)) return Error{ErrorKind::kDomainError, "too large", "", ""};
        const double h = std::fmax(leverage(x, row), 0.0);
        double se_mean = sigma * std::sqrt(h);
        const double se_new = sigma * std::sqrt(1 + h);
        if (kFlaw == F::kMeanWider) se_mean = 2 * se_new;
        out.mean(row, 0) = m;
        out.se_mean(row, 0) = se_mean;
        out.se_prediction(row, 0) = se_new;
        out.degrees_of_freedom(row, 0) = degrees();
        for (std::size_t k = 0; k < probabilities.size(); ++k) {
          double z = normal_quantile(probabilities[k]) * (kFlaw == F::kNarrow ? 0.8 : 1.03);
          if (kFlaw == F::kCrossed) z = -z;
          if (kFlaw == F::kNoQuantiles) z = kUndefined;
          out.mean_quantiles(k, row) = m + z * se_mean;
          out.prediction_quantiles(k, row) = m + z * se_new;
        }
      }
      return {};
    }
    void report(Report& report) const {
      if (kFlaw != F::kNoEquation) report.text("equation", "y = a + b x");
      report.scalar("r_squared", r_squared + (kFlaw == F::kFlattered ? 0.001 : 0));
      Table table{.name = "coefficients", .columns = {"estimate", "standard_error"}};
      for (std::size_t j = 0; j <= p; ++j) {
        const double error = std::sqrt(covariance[j * (p + 2)]);
        table.add_row("b" + std::to_string(j),
                      {beta[j], kFlaw == F::kNegativeError ? -error : error});
      }
      report.table(table);
      if (std::isnan(r_squared)) report.warning("constant_target", "the target never changes");
    }
    LinearModelView linear_model() const {
      return {.has_intercept = true,
              .coefficients = {beta.data(), beta.size()},
              .covariance = covariance.data(),
              .residual_variance = sigma * sigma,
              .degrees_of_freedom = degrees()};
    }
  };

  static double spoiled(double constant, const RegressionData& data) {
    static double before = 0;
    switch (kFlaw) {
      case F::kRemembers: {
        const double out = constant + 1e-6 * before;
        before = constant;
        return out;
      }
      case F::kFirstRowsCount:
        return constant + 1e-3 * data.target[0];
      case F::kFirstColumnCounts:
        return constant + 1e-3 * data.regressors(0, 0);
      case F::kUsesProcess:
        return constant * (1 + 1e-12 * getpid());
      case F::kNotScaled:
        return constant + 1;
      case F::kBiased:
        return constant + 0.3;
      case F::kNotShifted:
        return 0.999 * constant;
      default:
        return constant;
    }
  }

  static std::vector<std::size_t> rows_of(const RegressionData& data) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < data.target.size(); ++i) {
      bool finite = std::isfinite(data.target[i]) && std::fabs(data.target[i]) < 1e100;
      for (std::size_t j = 0; j < data.regressors.columns(); ++j) {
        finite = finite && std::fabs(data.regressors(i, j)) < 1e100;
      }
      if (finite) rows.push_back(i);
    }
    return rows;
  }

  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host&) const {
    const MatrixView& x = data.regressors;
    const std::vector<std::size_t> rows = rows_of(data);
    const std::size_t all = data.target.size();
    if (!data.weights.empty() && kFlaw != F::kTakesWeights) {
      return Error{ErrorKind::kNotSupported, "no weights", "", ""};
    }
    if (rows.size() < all && kFlaw != F::kTakesMissing) {
      return Error{ErrorKind::kInvalidData, "a value is missing or too large", "", ""};
    }
    auto out = std::make_unique<Fit>();
    out->n = all;
    out->p = x.columns();
    const std::size_t p = out->p;
    const auto count = double(rows.size());
    if (kFlaw == F::kAcceptsNone && all == 0) {
      out->beta.assign(p + 1, 0);
      out->covariance.assign((p + 1) * (p + 1), 0);
      out->means.assign(p, 0);
      out->inverse.assign(p * p, 0);
      return out;
    }
    if (rows.size() < p + 1) return Error{ErrorKind::kInsufficientData, "too few rows", "", ""};
    double mean = 0;
    out->means.assign(p, 0);
    for (const std::size_t i : rows) {
      mean += data.target[i] / count;
      for (std::size_t j = 0; j < p; ++j) out->means[j] += x(i, j) / count;
    }
    out->inverse.assign(p * p, 0);
    std::vector<double> moments(p, 0);
    double total = 0;
    for (const std::size_t i : rows) {
      const double y = data.target[i] - mean;
      total += y * y;
      for (std::size_t a = 0; a < p; ++a) {
        const double d = x(i, a) - out->means[a];
        moments[a] += d * y;
        for (std::size_t b = 0; b < p; ++b) {
          out->inverse[a * p + b] += d * (x(i, b) - out->means[b]);
        }
      }
    }
    for (std::size_t a = 0; kFlaw == F::kRidge && a < p; ++a) out->inverse[a * (p + 1)] += 1e-3;
    if (!invert(out->inverse, p)) {
      if (kFlaw != F::kSilentlyDrops) {
        return Error{ErrorKind::kRankDeficient, "columns depend on one another", "", ""};
      }
      out->inverse.assign(p * p, 0);
    }
    out->beta.assign(p + 1, 0);
    out->beta[0] = mean;
    for (std::size_t a = 0; a < p; ++a) {
      for (std::size_t b = 0; b < p; ++b) out->beta[a + 1] += out->inverse[a * p + b] * moments[b];
      out->beta[0] -= out->beta[a + 1] * out->means[a];
    }
    double residual = 0;
    for (std::size_t i = 0; i < all; ++i) {
      out->fitted_values.push_back(out->mean(x, i));
      const double e = data.target[i] - out->fitted_values[i];
      residual += std::isfinite(e) ? e * e : 0;
    }
    out->r_squared = total > 0 ? 1 - residual / total : kUndefined;
    out->sigma = std::isnan(out->degrees()) ? kUndefined : std::sqrt(residual / out->degrees());
    const double before = out->beta[0];
    out->beta[0] = spoiled(before, data);
    for (double& value : out->fitted_values) value += out->beta[0] - before;
    fill_covariance(*out);
    return out;
  }

  static void fill_covariance(Fit& fit) {
    const std::size_t p = fit.p;
    const std::size_t q = p + 1;
    const double variance = fit.sigma * fit.sigma * (kFlaw == F::kOtherCovariance ? 1.2 : 1);
    fit.covariance.assign(q * q, 0);
    double corner = 1 / double(fit.n);
    for (std::size_t a = 0; a < p; ++a) {
      double cross = 0;
      for (std::size_t b = 0; b < p; ++b) {
        cross += fit.inverse[a * p + b] * fit.means[b];
        fit.covariance[(a + 1) * q + b + 1] = variance * fit.inverse[a * p + b];
      }
      corner += fit.means[a] * cross;
      fit.covariance[a + 1] = fit.covariance[(a + 1) * q] = -variance * cross;
    }
    fit.covariance[0] = variance * corner;
  }
};

}  // namespace steppe::conformance::fakes
