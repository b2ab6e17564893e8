// SPDX-License-Identifier: Apache-2.0

// Ordinary least squares.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; y the target, x the regressors, b the coefficients (b0
//   only with `intercept`), e errors of mean 0 and equal variance, independent; the intervals also
//   take them as normal. With `covariance` the errors may differ in variance (hc0 to hc3) and be
//   correlated with those of near rows (newey_west). With `transform` y is the logarithm of the
//   target or a Box-Cox power of it. With `degrees` a regressor x stands for x, x^2, .., x^d.
// Estimates: b minimises the sum of squared residuals on the scale of y; residual variance
//   s^2 = that sum / (n - rank). A Box-Cox lambda that is not given maximises the likelihood.
// Inputs: regressors n x p, target n, in any units; no missing values, no weights.
// Outputs: the protocol (report), fitted values n; at a new row x0 the mean x0'b, its standard
// error
//   s sqrt(x0'(X'X)^-1 x0), the standard error of a new observation s sqrt(1 + x0'(X'X)^-1 x0), and
//   Student t quantiles of both. The regressors are taken as known. With another covariance C the
//   first is sqrt(x0'C x0), the second sqrt(s^2 + x0'C x0). Of a transformed target all of it is
//   taken back to the scale of the target, the point forecast as median or mean.
// Assumptions: those of the model. Durbin-Watson takes the rows in time order.
// Degenerate cases: dependent columns are dropped and named, and a new row must keep the
// dependency;
//   n = rank gives coefficients but no standard errors and no R squared; a constant target gives
//   slopes 0 and no R squared; an exact fit gives standard errors 0 and no t, p, F. Each with a
//   warning.
// Errors: insufficient_data for n < p + intercept; invalid_data for values that are missing or not
//   finite; rank_deficient for a new row that breaks the dependency of a dropped column;
//   domain_error for magnitudes whose squares leave the range of double, a target not above 0 with
//   a transform, hc2 or hc3 with a row of leverage 1; invalid_config for options without effect and
//   for degrees that are not one per regressor; not_supported for weights.
// Cost: fit 4 n (p+1)^2 double-double operations below 10,000 rows; from there on, where the
// columns
//   are well conditioned, about n p^2 double operations and 16 n bytes, and no influence of single
//   rows. Predict p^2 per row.
// Source: Greene, Econometric Analysis, ch. 3 to 5; numerics in steppe/numerics/least_squares.hpp,
//   sandwich.hpp (covariances) and target_transform.hpp, with their sources.
//   Departure: of dependent columns the first ones stay, as in R's lm.

#include <memory>
#include <utility>

#include "steppe/numerics/linear_regression.hpp"
#include "steppe/regression.hpp"

namespace {

using steppe::numerics::LinearRegressionFit;

class Ols {
 public:
  using Fit = LinearRegressionFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.ols", "1.0.0", "Ordinary least squares with the full regression protocol",
      "Steppe", "Apache-2.0"};
  static constexpr auto kOptions = steppe::numerics::kLeastSquaresOptions;
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"deterministic"},   {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}, {"minimum_observations", 1}};

  static steppe::Result<Ols> create(const steppe::Arguments& arguments) {
    auto settings = steppe::numerics::LinearSettings::read(kInfo.id, arguments);
    if (!settings) return settings.error();
    return Ols(*std::move(settings));
  }

  steppe::Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                           const steppe::Host& host) const {
    return Fit::make(settings_, data, host);
  }

  static constexpr std::uint32_t kSavedSchema = steppe::numerics::kLinearProtocolSchema;
  static constexpr std::uint32_t kSavedSchemaMin = steppe::numerics::kLinearProtocolSchemaMin;
  steppe::Result<std::unique_ptr<Fit>> load(std::uint32_t schema, steppe::Reader& reader) const {
    return Fit::load(settings_, schema, reader);
  }

 private:
  explicit Ols(steppe::numerics::LinearSettings settings) : settings_(std::move(settings)) {}

  steppe::numerics::LinearSettings settings_;
};

STEPPE_PLUGIN(Ols);

}  // namespace
