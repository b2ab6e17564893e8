// SPDX-License-Identifier: Apache-2.0
#include "engine/closed_form.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/student_sum.hpp"

namespace steppe {
namespace {

using numerics::ScaledStudent;

// Beyond these a two-term expansion is no longer a distribution to rely on.
constexpr double kMostSkewness = 1;
constexpr double kMostExcess = 2;

// The formula's matrices for one row. p regressors; V of the slopes, S of the drivers (zero rows
// where a regressor is known).
class RowError {
 public:
  RowError(const LinearModel& model, const DriverErrors& errors, const UncertainRow& row)
      : model_(model), errors_(errors), row_(row), p_(row.regressors.size()) {
    for (std::size_t i = 0; i < p_; ++i) {
      slopes_.push_back(model.coefficients[model.index(i)]);
      for (std::size_t j = 0; j < p_; ++j) {
        const std::size_t q = model.coefficients.size();
        slope_covariance_.push_back(model.covariance[model.index(i) * q + model.index(j)]);
        driver_covariance_.push_back(covariance(i, j));
      }
    }
    at_mean_ = times_design();
    driver_slopes_ = times(driver_covariance_, slopes_);
    for (std::size_t i = 0; i < p_; ++i) {
      for (std::size_t j = 0; j < p_; ++j) interaction_ += s(i, j) * v(i, j);
    }
  }

  VarianceSplit split() const {
    VarianceSplit out;
    out.residual = model_.residual_variance;
    out.coefficients = mean_variance() + interaction_;
    double all = 0;
    double own = 0;
    for (std::size_t i = 0; i < p_; ++i) {
      out.drivers.push_back(slopes_[i] * slopes_[i] * s(i, i));
      own += out.drivers.back();
      all += slopes_[i] * driver_slopes_[i];
    }
    out.driver_covariance = independent() ? 0 : all - own;
    return out;
  }

  // The independent parts of the error, as Student t variables.
  std::vector<ScaledStudent> parts() const {
    std::vector<double> variance(errors_.size(), 0);
    double interaction_weight = 0;
    double interaction_inverse = 0;
    for (std::size_t i = 0; i < p_; ++i) {
      if (!row_.places[i]) continue;
      const std::size_t driver = row_.places[i]->driver;
      variance[driver] += slopes_[i] * driver_slopes_[i];
      interaction_weight += s(i, i) * v(i, i);
      interaction_inverse += s(i, i) * v(i, i) / errors_.forecast(driver).degrees;
    }
    const double known = model_.residual_variance + mean_variance();
    const double product = interaction_weight > 0 ? interaction_inverse / interaction_weight : 0;
    const double inverse = 1 / model_.degrees_of_freedom;
    std::vector<ScaledStudent> out;
    const double regression = known + interaction_;
    if (regression > 0) {
      out.push_back({regression, regression / (regression * inverse + interaction_ * product)});
    }
    add_drivers(variance, out);
    return out;
  }

  double skewness(double variance) const {
    double sum = 0;
    for (std::size_t i = 0; i < p_; ++i) sum += at_mean_[model_.index(i)] * driver_slopes_[i];
    return 6 * sum / (variance * std::sqrt(variance));
  }

  double excess(double variance) const {
    const std::vector<double> slope_at_mean(at_mean_.end() - static_cast<std::ptrdiff_t>(p_),
                                            at_mean_.end());
    const std::vector<double> shaken = times(driver_covariance_, slope_at_mean);
    const std::vector<double> bent = times(slope_covariance_, driver_slopes_);
    double sum = 0;
    for (std::size_t i = 0; i < p_; ++i) {
      sum += 12 * (slope_at_mean[i] * shaken[i] + driver_slopes_[i] * bent[i]);
      for (std::size_t j = 0; j < p_; ++j) sum += 6 * product(i, j) * product(j, i);
    }
    return sum / (variance * variance);
  }

 private:
  double s(std::size_t i, std::size_t j) const { return driver_covariance_[i * p_ + j]; }
  double v(std::size_t i, std::size_t j) const { return slope_covariance_[i * p_ + j]; }

  double covariance(std::size_t i, std::size_t j) const {
    const auto& a = row_.places[i];
    const auto& b = row_.places[j];
    if (!a || !b) return 0;
    return errors_.correlation(*a, *b) * errors_.standard_error(*a) * errors_.standard_error(*b);
  }

  bool independent() const {
    for (std::size_t i = 0; i < p_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (s(i, j) != 0) return false;
      }
    }
    return true;
  }

  std::vector<double> times(const std::vector<double>& matrix, const std::vector<double>& x) const {
    std::vector<double> out(p_, 0);
    for (std::size_t i = 0; i < p_; ++i) {
      for (std::size_t j = 0; j < p_; ++j) out[i] += matrix[i * p_ + j] * x[j];
    }
    return out;
  }

  // V m, with the intercept's 1 in m.
  std::vector<double> times_design() const {
    const std::size_t q = model_.coefficients.size();
    std::vector<double> out(q, 0);
    for (std::size_t i = 0; i < q; ++i) {
      if (model_.has_intercept) out[i] += model_.covariance[i * q];
      for (std::size_t j = 0; j < p_; ++j) {
        out[i] += model_.covariance[i * q + model_.index(j)] * row_.regressors[j];
      }
    }
    return out;
  }

  double mean_variance() const {
    if (std::isfinite(row_.mean_variance)) return row_.mean_variance;
    double sum = model_.has_intercept ? at_mean_[0] : 0;
    for (std::size_t i = 0; i < p_; ++i) sum += at_mean_[model_.index(i)] * row_.regressors[i];
    return std::max(sum, 0.0);
  }

  // Entry of S V.
  double product(std::size_t i, std::size_t j) const {
    double sum = 0;
    for (std::size_t k = 0; k < p_; ++k) sum += s(i, k) * v(k, j);
    return sum;
  }

  // Each driver's share, half of each covariance in it. Where a share would be negative, the
  // drivers count as one variable, with the mean of their degrees of freedom.
  void add_drivers(const std::vector<double>& variance, std::vector<ScaledStudent>& out) const {
    const double total = std::accumulate(variance.begin(), variance.end(), 0.0);
    if (!(total > 0)) return;
    if (std::all_of(variance.begin(), variance.end(), [](double w) { return w >= 0; })) {
      for (std::size_t u = 0; u < variance.size(); ++u) {
        if (variance[u] > 0) out.push_back({variance[u], errors_.forecast(u).degrees});
      }
      return;
    }
    double own = 0;
    double inverse = 0;
    for (std::size_t i = 0; i < p_; ++i) {
      if (!row_.places[i]) continue;
      const double part = slopes_[i] * slopes_[i] * s(i, i);
      own += part;
      inverse += part / errors_.forecast(row_.places[i]->driver).degrees;
    }
    out.push_back({total, own / inverse});
  }

  const LinearModel& model_;
  const DriverErrors& errors_;
  const UncertainRow& row_;
  std::size_t p_;
  std::vector<double> slopes_;
  std::vector<double> slope_covariance_;   // V without the intercept
  std::vector<double> driver_covariance_;  // S
  std::vector<double> at_mean_;            // V m
  std::vector<double> driver_slopes_;      // S b
  double interaction_ = 0;                 // tr(S V)
};

// What skewness and excess kurtosis add to the quantile of a variable with variance 1.
double cornish_fisher(double z, double skewness, double excess) {
  return skewness * (z * z - 1) / 6 + excess * (z * z * z - 3 * z) / 24 -
         skewness * skewness * (2 * z * z * z - 5 * z) / 36;
}

}  // namespace

double sum_of(const VarianceSplit& split) {
  double sum = split.residual + split.coefficients;
  for (const double driver : split.drivers) sum += driver;
  return sum + split.driver_covariance;
}

ClosedForm closed_form(const LinearModel& model, const DriverErrors& errors,
                       const UncertainRow& row, const std::vector<double>& probabilities) {
  const RowError error(model, errors, row);
  ClosedForm out;
  out.split = error.split();
  const double variance = std::max(sum_of(out.split), 0.0);
  out.standard_error = std::sqrt(variance);
  out.errors = numerics::student_sum_quantiles(error.parts(), probabilities);
  if (!(variance > 0)) return out;
  const double skewness = error.skewness(variance);
  const double excess = error.excess(variance);
  out.rough = std::fabs(skewness) > kMostSkewness || excess > kMostExcess;
  if (out.rough) return out;
  for (std::size_t i = 0; i < out.errors.size(); ++i) {
    const double z = numerics::normal_quantile(probabilities[i]);
    out.errors[i] += out.standard_error * cornish_fisher(z, skewness, excess);
  }
  return out;
}

}  // namespace steppe
