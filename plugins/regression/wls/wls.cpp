// SPDX-License-Identifier: Apache-2.0

// Weighted least squares.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; y the target, x the regressors, b the coefficients (b0
//   only with `intercept`), e errors of mean 0, independent, with variance sigma^2 / w, w the known
//   weight of the row; the intervals also take them as normal. `covariance` and `transform` as in
//   regression.ols.
// Estimates: b minimises sum w e^2 on the scale of y; residual variance s^2 = that sum / (n -
// rank),
//   the variance of an error of weight 1.
// Inputs: regressors n x p, target n, in any units; weights n, zero or more, in any unit: only
// their
//   ratios matter to b, their size to s. No missing values.
// Outputs: the protocol (report), fitted values n; at a new row x0, which has weight 1, the mean
//   x0'b, its standard error s sqrt(x0'(X'WX)^-1 x0), the standard error of a new observation
//   s sqrt(1 + x0'(X'WX)^-1 x0), and Student t quantiles of both. R squared, sums of squares and s
//   are weighted; Durbin-Watson, standardized residuals and Cook's distances those of sqrt(w) e.
// Assumptions: those of the model; the weights are known, not estimated. Durbin-Watson takes the
//   rows in time order.
// Degenerate cases: a row of weight 0 takes no part, and has a fitted value but no influence; else
//   as regression.ols: dependent columns are dropped and named, n = rank gives no standard errors,
//   a constant target or an exact fit no t, p, F. n counts rows of positive weight.
// Errors: invalid_config without weights; invalid_data for a negative weight, values missing or not
//   finite; insufficient_data for n < p + intercept; rank_deficient for a new row that breaks the
//   dependency of a dropped column; domain_error as regression.ols.
// Cost: fit 4 n (p+1)^2 double-double operations. Predict p^2 per row.
// Source: Greene, Econometric Analysis, 9.5 (weighted least squares); log likelihood, leverages and
//   intervals as in R's lm(weights =) and predict.lm.

#include <memory>
#include <utility>

#include "steppe/numerics/linear_regression.hpp"
#include "steppe/regression.hpp"

namespace {

class Wls {
 public:
  using Fit = steppe::numerics::LinearRegressionFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.wls", "1.0.0", "Weighted least squares with the full regression protocol",
      "Steppe", "Apache-2.0"};
  static constexpr auto kOptions = steppe::numerics::kLeastSquaresOptions;
  static constexpr steppe::Tag kTags[] = {{"intervals"},
                                          {"deterministic"},
                                          {"concurrent_predict"},
                                          {"scale_equivariant"},
                                          {"shift_equivariant"},
                                          {"additive_errors"},
                                          {"minimum_observations", 1},
                                          {"uses_weights"}};

  static steppe::Result<Wls> create(const steppe::Arguments& arguments) {
    auto settings = steppe::numerics::LinearSettings::read(kInfo.id, arguments);
    if (!settings) return settings.error();
    settings->weights = steppe::numerics::WeightUse::kNeeded;
    return Wls(*std::move(settings));
  }

  steppe::Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                           const steppe::Host& host) const {
    return Fit::make(settings_, data, host);
  }

  static constexpr std::uint32_t kSavedSchema = steppe::numerics::kLinearProtocolSchema;
  steppe::Result<std::unique_ptr<Fit>> load(std::uint32_t schema, steppe::Reader& reader) const {
    return Fit::load(settings_, schema, reader);
  }

 private:
  explicit Wls(steppe::numerics::LinearSettings settings) : settings_(std::move(settings)) {}

  steppe::numerics::LinearSettings settings_;
};

STEPPE_PLUGIN(Wls);

}  // namespace
