// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_regression.hpp"

namespace steppe::numerics {
namespace {

VectorView regressor_row(const MatrixView& matrix, std::size_t row) {
  return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(), matrix.columns(),
          matrix.column_stride()};
}

Error refused_row(ErrorKind kind, std::size_t row, std::string message, std::string fault) {
  return {kind, std::move(message), "row " + std::to_string(row + 1), std::move(fault)};
}

// One row on the scale of the fit.
struct FitScaleForecast {
  double mean = 0.0;
  double se_mean = 0.0;
  double se_prediction = 0.0;
};

FitScaleForecast forecast_at(const LinearProtocol& protocol, const RowValue& value,
                             VectorView row) {
  const double s = protocol.inference.residual_deviation;
  if (protocol.filling.empty())
    return {value.mean, s * std::sqrt(value.leverage), s * std::sqrt(1.0 + value.leverage)};
  const double variance = variance_of_mean(protocol.fit, protocol.filling, row);
  return {value.mean, std::sqrt(variance), std::sqrt(s * s + variance)};
}

// Where the forecast on the scale of the target is no number (N7).
std::optional<Error> find_no_number(const LinearProtocol& protocol, const FitScaleForecast& at,
                                    std::size_t row) {
  if (!std::isfinite(at.mean) || std::isinf(at.se_prediction))
    return refused_row(ErrorKind::kDomainError, row, "the forecast is too large for a number",
                       "N7");
  if (!protocol.transform.changes()) return std::nullopt;
  if (protocol.mean_point && std::isnan(at.se_prediction))
    return refused_row(
        ErrorKind::kInsufficientData, row,
        "the mean of a transformed target needs the variance of its error, which "
        "as many coefficients as observations do not give; use \"point\": \"median\"",
        "N1");
  const double mean = protocol.mean_point
                          ? protocol.transform.mean(at.mean, at.se_prediction * at.se_prediction)
                          : protocol.transform.back(at.mean);
  if (std::isfinite(mean)) return std::nullopt;
  return refused_row(ErrorKind::kDomainError, row,
                     "the forecast of " + fitted_scale_text(protocol) + ", " +
                         number_text(at.mean) +
                         ", lies outside what the transform can turn back into a number of " +
                         protocol.target_name,
                     "N7");
}

// On the scale of the target; undefined where it is too large for a number.
double original_error(const LinearProtocol& protocol, double mean, double error) {
  if (!protocol.transform.changes()) return error;
  const double result = protocol.transform.standard_error(mean, error * error);
  return std::isfinite(result) ? result : kUndefined;
}

void write_forecast_row(const LinearProtocol& protocol, const FitScaleForecast& at, std::size_t row,
                        const std::vector<double>& t, const RegressionForecast& out) {
  const TargetTransform& scale = protocol.transform;
  const double dof = protocol.inference.residual_dof;
  const auto squared = [](double x) { return x * x; };
  const bool changes = scale.changes();
  if (out.mean.wanted())
    out.mean(row, 0) =
        protocol.mean_point ? scale.mean(at.mean, squared(at.se_prediction)) : scale.back(at.mean);
  if (out.se_mean.wanted()) out.se_mean(row, 0) = original_error(protocol, at.mean, at.se_mean);
  if (out.se_prediction.wanted())
    out.se_prediction(row, 0) = original_error(protocol, at.mean, at.se_prediction);
  if (out.degrees_of_freedom.wanted())
    out.degrees_of_freedom(row, 0) = dof > 0.0 && !changes ? dof : kUndefined;
  for (std::size_t k = 0; k < t.size(); ++k) {
    if (out.mean_quantiles.wanted())
      out.mean_quantiles(k, row) = scale.back(at.mean + t[k] * at.se_mean);
    if (out.prediction_quantiles.wanted())
      out.prediction_quantiles(k, row) = scale.back(at.mean + t[k] * at.se_prediction);
  }
}

}  // namespace

std::optional<Error> find_bad_row(const LinearProtocol& protocol, const MatrixView& regressors,
                                  std::size_t row) {
  for (std::size_t j = 0; j < regressors.columns(); ++j) {
    const std::string& name = protocol.regressor_names[j];
    if (!regressors.present(row, j))
      return refused_row(ErrorKind::kInvalidData, row, "\"" + name + "\" is missing", "");
    if (!std::isfinite(regressors(row, j)))
      return refused_row(ErrorKind::kInvalidData, row, "\"" + name + "\" is not a finite number",
                         "");
  }
  const auto* broken = broken_dependency(protocol.fit, regressor_row(regressors, row));
  if (broken == nullptr) return std::nullopt;
  return refused_row(ErrorKind::kRankDeficient, row,
                     "the fit rests on " + dependency_text(protocol, *broken) +
                         ", which this row does not keep; there is no forecast for it: remove one "
                         "of these regressors",
                     "N4");
}

Result<void> LinearRegressionFit::predict(const MatrixView& regressors,
                                          const VectorView& probabilities,
                                          const RegressionForecast& out, const Host&) const {
  std::vector<double> t;
  for (std::size_t k = 0; k < probabilities.size(); ++k)
    t.push_back(student_t_quantile(probabilities[k], protocol_.inference.residual_dof));
  for (std::size_t row = 0; row < regressors.rows(); ++row) {
    if (auto error = find_bad_row(protocol_, regressors, row)) return *std::move(error);
    const RowValue value = evaluate(protocol_.fit, regressor_row(regressors, row));
    const auto at = forecast_at(protocol_, value, regressor_row(regressors, row));
    if (!std::isfinite(value.leverage))
      return refused_row(ErrorKind::kDomainError, row, "the forecast is too large for a number",
                         "N7");
    if (auto error = find_no_number(protocol_, at, row)) return *std::move(error);
    write_forecast_row(protocol_, at, row, t, out);
  }
  return {};
}

}  // namespace steppe::numerics
