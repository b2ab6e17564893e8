// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regressions in C++. A regression is a component (see plugin.hpp) with
//
//   Result<std::unique_ptr<Fit>> fit(const RegressionData&, const Host&) const;
//
// where Fit has
//   void fitted(const OutputView& out) const                           n x 1
//   Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
//                        const RegressionForecast& out, const Host&) const
//   void report(Report&) const
// and, when it is linear in its regressors,
//   LinearModelView linear_model() const                               see abi/regression.h
// Fits that outlive the run: see saved_fit.hpp.
//
// Degenerate data (fewer rows than coefficients, columns that depend on one another) are typed
// errors or named in the report, never a silent answer.

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "steppe/abi/regression.h"
#include "steppe/plugin.hpp"
#include "steppe/report.hpp"
#include "steppe/result.hpp"
#include "steppe/saved_fit.hpp"
#include "steppe/views.hpp"

namespace steppe {

// regressors n x p without an intercept column; target n; weights empty or n.
struct RegressionData {
  MatrixView regressors;
  VectorView target;
  VectorView weights;
  std::vector<std::string> regressor_names;
  std::string target_name;
};

// Where predict writes for r new rows; shapes as in abi/regression.h.
struct RegressionForecast {
  OutputView mean;
  OutputView se_mean;
  OutputView se_prediction;
  OutputView mean_quantiles;
  OutputView prediction_quantiles;
  OutputView degrees_of_freedom;
};

// A linear model's inside: q coefficients (intercept first if any), covariance q x q row by row.
// Borrowed from the fit. Size 0, as made by LinearModelView{}: this fit is not linear in its
// regressors on the scale of the target (the target was transformed, a regressor stands for its
// powers); the host then treats it as one without a linear model and simulates.
struct LinearModelView {
  bool has_intercept = false;
  VectorView coefficients;
  const double* covariance = nullptr;
  double residual_variance = kUndefined;
  double degrees_of_freedom = kUndefined;
};

template <typename F>
concept RegressionFit =
    requires(const F fit, const OutputView& out, const MatrixView& regressors,
             const VectorView& probabilities, const RegressionForecast& forecast, const Host& host,
             Report& report) {
      { fit.fitted(out) };
      { fit.predict(regressors, probabilities, forecast, host) } -> std::same_as<Result<void>>;
      { fit.report(report) };
    };

template <typename M>
concept RegressionModel = requires(const M model, const RegressionData& data, const Host& host) {
  typename M::Fit;
  { model.fit(data, host) } -> std::same_as<Result<std::unique_ptr<typename M::Fit>>>;
} && RegressionFit<typename M::Fit>;

}  // namespace steppe

#include "steppe/detail/regression_table.hpp"
