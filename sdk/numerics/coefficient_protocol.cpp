// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/coefficient_protocol.hpp"

#include <cmath>
#include <utility>

#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {

LinearProtocol coefficient_protocol(LeastSquaresFit fit, std::vector<double> covariance,
                                    const RegressionData& data, double coverage) {
  LinearProtocol out;
  out.fit = std::move(fit);
  out.regressor_names = data.regressor_names;
  out.target_name = data.target_name;
  out.coverage = coverage;
  out.fit.leverages.clear();
  LinearInference& inference = out.inference;
  inference.residual_dof = static_cast<double>(out.fit.residual_dof());
  inference.regression_dof = static_cast<double>(out.fit.rank - (out.fit.intercept ? 1 : 0));
  inference.total_dof = inference.residual_dof + inference.regression_dof;
  inference.constant_target = out.fit.total_ss == 0.0;
  inference.covariance = std::move(covariance);
  const std::size_t q = out.fit.coefficients.size();
  const double reach = student_t_quantile(0.5 + coverage / 2.0, inference.residual_dof);
  for (std::size_t b = 0; b < q; ++b) {
    const double estimate = out.fit.coefficients[b];
    const bool dropped = std::isnan(estimate);
    const double error = dropped ? kUndefined : std::sqrt(inference.covariance[b * q + b]);
    const double t = error > 0.0 ? estimate / error : kUndefined;
    inference.standard_error.push_back(error);
    inference.t.push_back(t);
    inference.p.push_back(student_t_two_sided_p(t, inference.residual_dof));
    inference.lower.push_back(estimate - reach * error);
    inference.upper.push_back(estimate + reach * error);
  }
  return out;
}

Result<void> each_forecast_row(const LinearProtocol& protocol, const MatrixView& regressors,
                               const std::function<void(const ForecastRow&)>& use) {
  for (std::size_t row = 0; row < regressors.rows(); ++row) {
    if (auto error = find_bad_row(protocol, regressors, row)) return *std::move(error);
    const VectorView values{
        regressors.data() + static_cast<std::ptrdiff_t>(row) * regressors.row_stride(),
        regressors.columns(), regressors.column_stride()};
    const ForecastRow forecast{row, values, evaluate(protocol.fit, values)};
    if (!std::isfinite(forecast.value.mean) || !std::isfinite(forecast.value.leverage))
      return Error{ErrorKind::kDomainError, "the forecast is too large for a number",
                   "row " + std::to_string(row + 1), "N7"};
    use(forecast);
  }
  return {};
}

}  // namespace steppe::numerics
