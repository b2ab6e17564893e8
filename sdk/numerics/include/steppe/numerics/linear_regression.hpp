// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression that is linear in its regressors, by least squares: what the plugins regression.ols,
// regression.wls and their relatives share.
//
//   class Ols {
//    public:
//     using Fit = numerics::LinearRegressionFit;
//     static constexpr Option kOptions[] = {numerics::kInterceptOption, numerics::kCoverageOption};
//     explicit Ols(const Arguments& arguments) : settings_("regression.ols", arguments) {}
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
#include "steppe/regression.hpp"

namespace steppe::numerics {

// Rows of the option tables of linear plugins.
inline constexpr Option kInterceptOption = {.name = "intercept",
                                            .type = OptionType::kBool,
                                            .help = "Add a constant term to the regressors",
                                            .default_bool = true};
inline constexpr Option kCoverageOption = {
    .name = "coverage",
    .type = OptionType::kDouble,
    .help = "Probability that the limits of a coefficient hold it",
    .unit = "1",
    .default_double = 0.95,
    .minimum = 0.0,
    .maximum = 1.0,
    .exclusive_minimum = true,
    .exclusive_maximum = true};

// What the options say, and who asks.
struct LinearSettings {
  LinearSettings(const char* plugin_id, const Arguments& arguments);

  const char* id;  // "regression.ols", in messages
  bool intercept;
  double coverage;
};

// What is wrong with the data before any arithmetic: fewer rows than coefficients (N1), weights
// nobody uses, a regressor named like the constant term.
std::optional<Error> find_problem(const LinearSettings& settings, const RegressionData& data);

// Refuses what find_problem finds, then fits. Errors: those of solve_least_squares.
Result<LeastSquaresFit> solve_regression(const LinearSettings& settings, const RegressionData& data,
                                         const Host& host);

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
  // s sqrt(1 + h) with h = x0'(X'X)^-1 x0; quantiles of both from Student t.
  Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
                       const RegressionForecast& out, const Host& host) const;
  void report(Report& out) const { write_protocol(protocol_, out); }
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
