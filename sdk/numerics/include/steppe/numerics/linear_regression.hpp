// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression that is linear in its regressors, by least squares: what the plugins regression.ols,
// regression.wls and their relatives share.
//
//   class Ols {
//    public:
//     using Fit = numerics::LinearRegressionFit;
//     static constexpr Option kOptions[] = {numerics::kInterceptOption, numerics::kCoverageOption};
//     static Result<Ols> create(const Arguments& arguments);    // through LinearSettings::read
//     Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host& host) const {
//       return Fit::make(settings_, data, host);
//     }
//   };
//
// Not for: estimates that are not least squares (they take the parts of linear_protocol.hpp), many
// series on one time axis (linear_trend.hpp).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "steppe/numerics/linear_protocol.hpp"
#include "steppe/numerics/linear_settings.hpp"
#include "steppe/regression.hpp"

namespace steppe::numerics {

// What is wrong with the data before any arithmetic: fewer rows than coefficients (N1; rows of
// weight 0 do not count), weights that nobody uses or that are not there, a regressor named like
// the constant term.
std::optional<Error> find_problem(const LinearSettings& settings, const RegressionData& data);

// Refuses what find_problem finds, then fits the target as it is. Errors: those of
// solve_least_squares.
Result<LeastSquaresFit> solve_regression(const LinearSettings& settings, const RegressionData& data,
                                         const Host& host);

// The scale and the target on it, as target_scale.hpp has it, lambda by least squares of the data.
Result<ScaledTarget> scale_target(const LinearSettings& settings, const RegressionData& data,
                                  const Host& host);

// Refuses what find_problem and find_untransformable find; then everything that a protocol says.
Result<LinearProtocol> fit_linear(const LinearSettings& settings, const RegressionData& data,
                                  const Host& host);

// Holds a loaded protocol against the options of the plugin that loads it.
void require_settings(const LinearSettings& settings, const LinearProtocol& protocol,
                      Reader& reader);

// Why there is no forecast for this row: a value that is missing or not finite (invalid_data), a
// broken dependency of a dropped column (rank_deficient, N4).
std::optional<Error> find_bad_row(const LinearProtocol& protocol, const MatrixView& regressors,
                                  std::size_t row);

// Satisfies steppe::RegressionFit, offers the linear model and can be saved.
class LinearRegressionFit {
 public:
  explicit LinearRegressionFit(LinearProtocol protocol) : protocol_(std::move(protocol)) {}

  static Result<std::unique_ptr<LinearRegressionFit>> make(const LinearSettings& settings,
                                                           const RegressionData& data,
                                                           const Host& host);

  void fitted(const OutputView& out) const;
  // At a row x0: mean x0'b, its standard error s sqrt(h) and that of a new observation
  // s sqrt(1 + h) with h = x0'(X'WX)^-1 x0; quantiles of both from Student t. With another
  // covariance C sqrt(x0'Cx0) and sqrt(s^2 + x0'Cx0). With weights a new row has weight 1: the
  // variance s^2. With a transform all of it is taken back to the scale of the target, and there
  // are no degrees of freedom: the quantiles are not those of a t.
  Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
                       const RegressionForecast& out, const Host& host) const;
  void report(Report& out) const { write_protocol(protocol_, out); }
  // Empty (size 0) when the target is not linear in the regressors on its own scale: it was
  // transformed, or a regressor stands for its powers.
  LinearModelView linear_model() const;

  void save(Writer& writer) const { numerics::save(protocol_, writer); }
  static Result<std::unique_ptr<LinearRegressionFit>> load(const LinearSettings& settings,
                                                           std::uint32_t schema, Reader& reader);
  FitShape shape() const;

  const LinearProtocol& protocol() const { return protocol_; }

 private:
  LinearProtocol protocol_;
};

}  // namespace steppe::numerics
