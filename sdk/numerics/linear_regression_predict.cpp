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

void write_forecast_row(const LinearInference& inference, const RowValue& value, std::size_t row,
                        const std::vector<double>& t, const RegressionForecast& out) {
  const double se_mean = inference.residual_deviation * std::sqrt(value.leverage);
  const double se_prediction = inference.residual_deviation * std::sqrt(1.0 + value.leverage);
  if (out.mean.wanted()) out.mean(row, 0) = value.mean;
  if (out.se_mean.wanted()) out.se_mean(row, 0) = se_mean;
  if (out.se_prediction.wanted()) out.se_prediction(row, 0) = se_prediction;
  if (out.degrees_of_freedom.wanted())
    out.degrees_of_freedom(row, 0) =
        inference.residual_dof > 0.0 ? inference.residual_dof : steppe::kUndefined;
  for (std::size_t k = 0; k < t.size(); ++k) {
    if (out.mean_quantiles.wanted()) out.mean_quantiles(k, row) = value.mean + t[k] * se_mean;
    if (out.prediction_quantiles.wanted())
      out.prediction_quantiles(k, row) = value.mean + t[k] * se_prediction;
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
    if (!std::isfinite(value.mean) || !std::isfinite(value.leverage))
      return refused_row(ErrorKind::kDomainError, row, "the forecast is too large for a number",
                         "N7");
    write_forecast_row(protocol_.inference, value, row, t, out);
  }
  return {};
}

}  // namespace steppe::numerics
