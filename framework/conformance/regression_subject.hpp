// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression under test, called through its C table. As trend_subject.hpp: nothing is repaired,
// and calls that should succeed leave by fail() when they do not.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "conformance/harness.hpp"
#include "conformance/sample_data.hpp"
#include "core/fit_report.hpp"

namespace steppe::conformance {

// What predict wrote for r rows: five columns of r, quantiles K x r.
struct RegressionForecasts {
  std::size_t rows = 0;
  std::vector<double> mean;
  std::vector<double> se_mean;
  std::vector<double> se_prediction;
  std::vector<double> mean_quantiles;
  std::vector<double> prediction_quantiles;
  std::vector<double> degrees_of_freedom;
};

// What steppe.linear_model/1 says of a fit.
struct LinearPart {
  bool has_intercept = false;
  std::vector<double> coefficients;
  std::vector<double> covariance;  // q x q
  double residual_variance = 0;
  double degrees_of_freedom = 0;
};

class RegressionFit {
 public:
  RegressionFit(const steppe_regression* table, const steppe_linear_model* linear,
                const Instance& instance, void* fit, std::size_t rows);
  ~RegressionFit();
  RegressionFit(RegressionFit&& other) noexcept;
  RegressionFit& operator=(RegressionFit&&) = delete;

  const void* get() const { return fit_; }
  std::vector<double> fitted() const;
  FitReport report() const;
  // `regressors` holds rows x columns, row by row.
  Answer try_predict(std::span<const double> regressors, std::size_t rows,
                     std::span<const double> probabilities, RegressionForecasts& out) const;
  RegressionForecasts predict(std::span<const double> regressors, std::size_t rows,
                              std::span<const double> probabilities = {}) const;
  bool is_linear() const { return linear_ != nullptr; }
  LinearPart linear() const;
  // Fitted values, forecasts for the rows and their quantiles, one after another.
  std::vector<double> everything(std::span<const double> regressors, std::size_t rows) const;

 private:
  const steppe_regression* table_;
  const steppe_linear_model* linear_;
  const Instance* instance_;
  void* fit_;
  std::size_t rows_;
};

class RegressionSubject {
 public:
  explicit RegressionSubject(const CaseContext& context);

  const Instance& instance() const { return instance_; }
  const steppe_saved_fit* saved_fit() const;
  bool is_linear() const { return linear_ != nullptr; }
  const steppe_regression* table() const { return table_; }

  // Null when fit answered with an error. `spaced` puts junk between all elements.
  std::unique_ptr<RegressionFit> try_fit(const RegressionSample& data, Answer& answer,
                                         bool spaced = false) const;
  RegressionFit fit(const RegressionSample& data, bool spaced = false) const;
  // Those of the data; else ones for a component that uses weights, for it may insist on them.
  std::vector<double> weights_of(const RegressionSample& data) const;
  // A fit of bytes, through `load`; null when it answered with an error.
  std::unique_ptr<RegressionFit> adopt(void* fit, std::size_t rows) const;

  std::size_t length() const;
  RegressionSample sample(std::size_t columns, double noise = 1) const;

 private:
  Instance instance_;
  const steppe_regression* table_;
  const steppe_linear_model* linear_;
  std::uint64_t seed_;
};

// Samples and rows to predict have a key last where the component takes rows of several keys (tag
// pooled_rows): see number_keys. Rows of regressors near those of a sample, made by its recipe from
// another seed.
std::vector<double> new_rows(std::size_t rows, std::size_t columns, std::uint64_t seed);

}  // namespace steppe::conformance
