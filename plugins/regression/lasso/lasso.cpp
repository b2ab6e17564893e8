// SPDX-License-Identifier: Apache-2.0

// Lasso: least squares with a penalty on the sizes of the coefficients, which leaves some at 0.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; as regression.ols, where many of the b are 0.
// Estimates: b minimises sum of squared residuals / (2n) + penalty * sum |s_j b_j|, s_j the
// standard
//   deviation of column j (divisor n), or 1 without `standardize`; b0 is not penalised. The penalty
//   is given, or chosen on a path by AICc, AIC, BIC or K-fold cross-validation. With `transform` y
//   is the logarithm of the target or a Box-Cox power of it (transformed_fit.hpp).
// Inputs: regressors n x p, target n, in any units; p may exceed n; no missing values, no weights.
// Outputs: report; fitted values n; at a new row x0 the mean x0'b, the standard error of a new
//   observation s sqrt(1 + h) with h that of least squares on the chosen columns, and its Student t
//   quantiles with n - 1 - (number of coefficients) degrees of freedom. No standard error of the
//   mean and no linear model: there is no honest covariance of the coefficients.
// Assumptions: those of the model; the interval takes the chosen columns as known beforehand and
//   leaves out the bias of shrinkage. A warning says so.
// Degenerate cases: dependent columns are named, and those whose coefficients could be shared out
//   otherwise; a constant column has coefficient 0; a constant target gives slopes 0; no residual
//   degree of freedom gives no intervals. Each with a warning.
// Errors: insufficient_data for n < 3 or fewer rows than folds; rank_deficient for penalty 0
//   without a single answer; not_converged where the optimality conditions are missed by 1e-9;
//   invalid_data, domain_error and not_supported as regression.ols.
// Cost: fit n p^2 (n > p), then per penalty a few sweeps of p min(n, p) and min(n, p) k^2, k the
//   number of coefficients; with cross-validation folds + 1 times that. Predict k^2 per row.
// Source: Tibshirani 1996, J. R. Stat. Soc. B 58, 267-288; numerics in
//   steppe/numerics/elastic_net.hpp. Departure: none.

#include "steppe/numerics/elastic_net_regression.hpp"

namespace {

namespace numerics = steppe::numerics;
using numerics::ElasticNetModel;

class Lasso : public ElasticNetModel {
 public:
  static constexpr steppe::ComponentInfo kInfo{
      "regression.lasso", "1.0.0",
      "Lasso: least squares with a penalty that leaves coefficients at zero", "Steppe",
      "Apache-2.0"};
  static constexpr auto kOptions = numerics::kPathOptions;
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 3}};

  static steppe::Result<Lasso> create(const steppe::Arguments& arguments) {
    return create_as<Lasso>(arguments);
  }

 private:
  friend ElasticNetModel;
  using ElasticNetModel::ElasticNetModel;
};

STEPPE_PLUGIN(Lasso);

}  // namespace
