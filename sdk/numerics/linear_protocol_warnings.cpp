// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>

#include "steppe/numerics/linear_protocol.hpp"
#include "steppe/numerics/linear_settings.hpp"

namespace steppe::numerics {
namespace {

constexpr double kSignificance = 0.05;
// Belsley, Kuh, Welsch 1980, Regression Diagnostics, 3.2: from 30 on dependencies do harm.
constexpr double kHighCondition = 30.0;
constexpr double kFewDegreesOfFreedom = 5.0;
constexpr double kFullLeverage = 1.0 - 1e-12;

// For warnings: three significant digits.
std::string three_digits(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

// Appended piece by piece: g++ 12 sees an overlap in "\"" + std::string (-Wrestrict).
std::string quoted_name(const std::string& name) {
  std::string text;
  text += '"';
  text += name;
  text += '"';
  return text;
}

}  // namespace

void warn_of_design(const LinearProtocol& protocol, Report& out) {
  for (const auto& dependency : protocol.fit.dropped)
    out.warning("rank_deficient", quoted_name(coefficient_name(protocol, dependency.column)) +
                                      " was dropped, it depends on other columns: " +
                                      dependency_text(protocol, dependency) +
                                      "; a forecast needs rows that keep this");
  if (protocol.inference.regression_dof == 0.0)
    out.warning("no_regressor_left",
                "no regressor has a coefficient: F and its significance are undefined");
  const double condition = protocol.fit.condition_number;
  if (condition > kHighCondition)
    out.warning("high_condition_number",
                "the regressors nearly depend on one another (condition number " +
                    three_digits(condition) +
                    ", above 30): single coefficients are unreliable, and so are forecasts for "
                    "rows unlike those of the fit");
}

// At most one of the three holds the stage: a saturated fit is always exact.
void warn_of_fit(const LinearProtocol& protocol, Report& out) {
  const LinearInference& inference = protocol.inference;
  const std::string dof = three_digits(inference.residual_dof);
  if (inference.residual_dof == 0.0) {
    out.warning("saturated_fit",
                "as many coefficients as observations: the fit passes through every point whatever "
                "the data, so standard errors, R squared, t, p, F, Durbin-Watson, AICc and BIC are "
                "undefined and forecasts have no interval");
    return;
  }
  if (inference.constant_target)
    out.warning("constant_target", quoted_name(protocol.target_name) +
                                       " never changes: R squared, t, p, F, Durbin-Watson, AICc "
                                       "and BIC are undefined");
  else if (inference.exact)
    out.warning("exact_fit",
                "the residuals are no larger than the rounding of the data: standard errors are 0, "
                "and t, p, F, Durbin-Watson, AICc and BIC are undefined; check that the target is "
                "not computed from the regressors");
  if (inference.residual_dof < kFewDegreesOfFreedom)
    out.warning("few_degrees_of_freedom",
                "only " + dof + " residual degrees of freedom: intervals are wide and tests weak" +
                    (std::isnan(inference.aicc) ? "; AICc is undefined" : ""));
}

void warn_of_settings(const LinearProtocol& protocol, Report& out) {
  if (protocol.transform.changes())
    out.warning("transformed_target",
                "fitted by least squares on " + protocol.text() +
                    ": coefficients, R squared, standard error and the table of observations are "
                    "of that scale; r_squared_original_scale is that of " +
                    quoted_name(protocol.target_name) + " itself");
  warn_of_lambda(protocol, out);
  if (protocol.is_weighted())
    out.warning("new_rows_have_weight_1",
                "the weights of the fit run from " + three_digits(protocol.least_weight) + " to " +
                    three_digits(protocol.largest_weight) +
                    "; a forecast row has weight 1, its error the variance of weight 1");
  if (protocol.covariance == CovarianceKind::kClassical) return;
  const char* name = kCovarianceNames[static_cast<std::size_t>(protocol.covariance)];
  out.warning("robust_covariance",
              std::string("standard errors, t, p, limits and F are those of ") + name +
                  "; the interval of a new observation still adds one residual variance, the same "
                  "at every row");
  if (std::isnan(protocol.inference.f) && !protocol.inference.exact &&
      !protocol.inference.constant_target && protocol.inference.regression_dof > 0.0)
    out.warning("f_undefined", std::string("the ") + name +
                                   " covariance of the slopes has no inverse: F and its "
                                   "significance are undefined");
}

void warn_of_coefficients(const LinearProtocol& protocol, Report& out) {
  for (std::size_t b = protocol.fit.intercept ? 1 : 0; b < protocol.inference.p.size(); ++b) {
    const double p = protocol.inference.p[b];
    if (!(p > kSignificance)) continue;
    out.warning("insignificant_coefficient",
                quoted_name(coefficient_name(protocol, b)) + ": p = " + three_digits(p) +
                    ", the data do not show that its coefficient differs from zero");
  }
}

void warn_of_leverage(const LinearProtocol& protocol, Report& out) {
  if (protocol.inference.exact) return;
  for (std::size_t i = 0; i < protocol.fit.leverages.size(); ++i)
    if (protocol.fit.leverages[i] >= kFullLeverage)
      out.warning("full_leverage",
                  "row " + std::to_string(i + 1) +
                      " alone decides a coefficient (leverage 1): its standardized residual and "
                      "Cook's distance are undefined");
}

}  // namespace steppe::numerics
