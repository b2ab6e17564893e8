// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "steppe/numerics/distributions.hpp"
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

FitScaleForecast forecast_at(const LinearProtocol& protocol, const RowValue& value,
                             VectorView row) {
  const double s = protocol.inference.residual_deviation;
  if (protocol.filling.empty())
    return {value.mean, s * std::sqrt(value.leverage), s * std::sqrt(1.0 + value.leverage)};
  const double variance = variance_of_mean(protocol.fit, protocol.filling, row);
  return {value.mean, std::sqrt(variance), std::sqrt(s * s + variance)};
}

void write_forecast_row(const LinearProtocol& protocol, const FitScaleForecast& at, std::size_t row,
                        const std::vector<double>& t, const RegressionForecast& out) {
  const TargetTransform& scale = protocol.transform;
  const double dof = protocol.inference.residual_dof;
  write_point(protocol, at, row, out);
  if (out.degrees_of_freedom.wanted())
    out.degrees_of_freedom(row, 0) = dof > 0.0 && !scale.changes() ? dof : kUndefined;
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
