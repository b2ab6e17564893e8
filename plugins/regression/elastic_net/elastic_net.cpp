// SPDX-License-Identifier: Apache-2.0

// Elastic net: least squares with a penalty on sizes and squares of the coefficients.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; as regression.ols, where many of the b are 0 and columns
//   come in groups that belong together.
// Estimates: b minimises sum of squared residuals / (2n) + penalty * sum (mix |u_j| + (1 - mix)/2
//   u_j^2 / s_y), u_j = s_j b_j, s_j and s_y the standard deviations of column j and target
//   (divisor n), or 1 without `standardize`; b0 is not penalised. mix 1 is regression.lasso, mix 0
//   is regression.ridge with the penalty times n / s_y. The penalty is given, or chosen on a path
//   by AICc, AIC, BIC or K-fold cross-validation. `transform` as in regression.lasso.
// Inputs: regressors n x p, target n, in any units; p may exceed n; no missing values, no weights.
// Outputs: report; fitted values n; at a new row x0 the mean x0'b, the standard error of a new
//   observation s sqrt(1 + h) with h that of ridge regression on the chosen columns, and its
//   Student t quantiles with n - df degrees of freedom, df the trace of the hat matrix of these
//   columns. No standard error of the mean and no linear model: there is no honest covariance.
// Assumptions: those of the model; the interval takes the chosen columns as known beforehand and
//   leaves out the bias of shrinkage. A warning says so.
// Degenerate cases: as regression.lasso; equal columns share their effect while mix is below 1.
// Errors: as regression.lasso.
// Cost: as regression.lasso.
// Source: Zou, Hastie 2005, J. R. Stat. Soc. B 67, 301-320 (the "naive" elastic net, as in glmnet);
//   numerics in steppe/numerics/elastic_net.hpp. Departure: none from glmnet.

#include <array>

#include "steppe/numerics/elastic_net_regression.hpp"

namespace {

namespace numerics = steppe::numerics;
using numerics::ElasticNetModel;

class ElasticNet : public ElasticNetModel {
 public:
  static constexpr steppe::ComponentInfo kInfo{
      "regression.elastic_net", "1.0.0",
      "Elastic net: least squares with a penalty on sizes and squares of coefficients", "Steppe",
      "Apache-2.0"};
  static constexpr auto kOptions = numerics::join_options(
      std::array{steppe::Option{
          .name = "mix",
          .type = steppe::OptionType::kDouble,
          .help = "Share of the sizes in the penalty: 1 the lasso, 0 ridge regression",
          .unit = "1",
          .default_double = 0.5,
          .minimum = 0.0,
          .maximum = 1.0}},
      numerics::kPathOptions);
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 3}};

  static steppe::Result<ElasticNet> create(const steppe::Arguments& arguments) {
    return create_as<ElasticNet>(arguments);
  }

 private:
  friend ElasticNetModel;
  using ElasticNetModel::ElasticNetModel;
};

STEPPE_PLUGIN(ElasticNet);

}  // namespace
