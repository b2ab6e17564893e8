// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/target_scale.hpp"

#include <cmath>

#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {
namespace {

Error scale_row_error(ErrorKind kind, std::size_t row, std::string message, std::string fault) {
  return {kind, std::move(message), "row " + std::to_string(row + 1), std::move(fault)};
}

// On the scale of the target; undefined where it is too large for a number.
double original_error(const TargetScale& scale, double mean, double error) {
  if (!scale.changes()) return error;
  const double result = scale.transform.standard_error(mean, error * error);
  return std::isfinite(result) ? result : kUndefined;
}

double original_point(const TargetScale& scale, const FitScaleForecast& at) {
  return scale.mean_point ? scale.transform.mean(at.mean, at.se_prediction * at.se_prediction)
                          : scale.transform.back(at.mean);
}

}  // namespace

std::string TargetScale::text() const {
  if (!changes()) return target_name;
  const double lambda = transform.lambda();
  if (lambda == 0.0) return "ln(" + target_name + ")";
  const std::string power = number_text(lambda);
  return "(" + target_name + "^" + power + " - 1) / " + power;
}

std::optional<Error> find_untransformable(const LinearSettings& settings,
                                          const RegressionData& data) {
  if (settings.transform == TransformKind::kNone) return std::nullopt;
  for (std::size_t i = 0; i < data.target.size(); ++i)
    if (data.target[i] <= 0.0)
      return scale_row_error(
          ErrorKind::kDomainError, i,
          "\"" + data.target_name + "\" = " + number_text(data.target[i]) + " has no " +
              (settings.transform == TransformKind::kLog ? "logarithm" : "Box-Cox power") +
              "; transform \"" + kTransformNames[static_cast<std::size_t>(settings.transform)] +
              "\" needs every value above 0: use \"none\"",
          "N6");
  return std::nullopt;
}

Result<ScaledTarget> scale_target(const LinearSettings& settings,
                                  const LeastSquaresProblem& problem) {
  ScaledTarget out;
  if (settings.transform == TransformKind::kNone) return out;
  out.scale.mean_point = settings.mean_point;
  double lambda = settings.box_cox_lambda.value_or(0.0);
  if (settings.lambda_estimate_at_limit) {
    out.scale.lambda_estimated = true;
    out.scale.lambda_at_limit = *settings.lambda_estimate_at_limit;
  } else if (settings.transform == TransformKind::kBoxCox && !settings.box_cox_lambda) {
    const auto estimate = estimate_box_cox(problem);
    if (!estimate) return estimate.error();
    lambda = estimate->lambda;
    out.scale.lambda_estimated = true;
    out.scale.lambda_at_limit = estimate->at_limit;
  }
  out.scale.transform = {settings.transform, lambda};
  for (std::size_t i = 0; i < problem.response.size(); ++i)
    out.values.push_back(out.scale.transform.forward(problem.response[i]));
  return out;
}

std::optional<Error> find_no_number(const TargetScale& scale, const FitScaleForecast& at,
                                    std::size_t row) {
  if (!std::isfinite(at.mean) || std::isinf(at.se_prediction))
    return scale_row_error(ErrorKind::kDomainError, row, "the forecast is too large for a number",
                           "N7");
  if (!scale.changes()) return std::nullopt;
  if (scale.mean_point && std::isnan(at.se_prediction))
    return scale_row_error(
        ErrorKind::kInsufficientData, row,
        "the mean of a transformed target needs the variance of its error, which "
        "as many coefficients as observations do not give; use \"point\": \"median\"",
        "N1");
  if (std::isfinite(original_point(scale, at))) return std::nullopt;
  return scale_row_error(ErrorKind::kDomainError, row,
                         "the forecast of " + scale.text() + ", " + number_text(at.mean) +
                             ", lies outside what the transform can turn back into a number of " +
                             scale.target_name,
                         "N7");
}

void write_point(const TargetScale& scale, const FitScaleForecast& at, std::size_t row,
                 const RegressionForecast& out) {
  if (out.mean.wanted()) out.mean(row, 0) = original_point(scale, at);
  if (out.se_mean.wanted()) out.se_mean(row, 0) = original_error(scale, at.mean, at.se_mean);
  if (out.se_prediction.wanted())
    out.se_prediction(row, 0) = original_error(scale, at.mean, at.se_prediction);
}

void write_scale(const TargetScale& scale, Report& out) {
  out.text("transform", kTransformNames[static_cast<std::size_t>(scale.transform.kind())]);
  out.text("point", kPointNames[scale.mean_point ? 1 : 0]);
  if (scale.transform.kind() == TransformKind::kBoxCox)
    out.scalar("box_cox_lambda", scale.transform.lambda(), "1");
}

void warn_of_lambda(const TargetScale& scale, Report& out) {
  if (scale.lambda_at_limit)
    out.warning("box_cox_lambda_at_limit",
                "the likelihood still rises at lambda = " + number_text(scale.transform.lambda()) +
                    ", the end of the range searched: look at another model of the target, or "
                    "give box_cox_lambda");
}

double original_r_squared(VectorView target, VectorView weights,
                          const std::vector<double>& fitted) {
  const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
  double total_weight = 0.0;
  double mean = 0.0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (weight(i) == 0.0) continue;
    total_weight += weight(i);
    mean += weight(i) / total_weight * (target[i] - mean);
  }
  double rest = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (weight(i) == 0.0) continue;
    const double residual = target[i] - fitted[i];
    rest += weight(i) * residual * residual;
    total += weight(i) * (target[i] - mean) * (target[i] - mean);
  }
  return total > 0.0 ? 1.0 - rest / total : kUndefined;
}

}  // namespace steppe::numerics
