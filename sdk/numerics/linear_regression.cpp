// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_regression.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {
namespace {

// The target on the scale of the fit, and how it got there.
struct FittedTarget {
  TargetTransform transform;
  bool lambda_estimated = false;
  bool lambda_at_limit = false;
  std::vector<double> values;
};

// What find_problem has to say of weights and target.
std::optional<Error> find_bad_weights(const LinearSettings& settings, const RegressionData& data) {
  if (!settings.weighted && !data.weights.empty())
    return Error{ErrorKind::kNotSupported,
                 settings.id + std::string(" has no weights; remove them"),
                 {},
                 {}};
  if (settings.weighted && data.weights.empty() && !data.target.empty())
    return Error{ErrorKind::kInvalidConfig,
                 settings.id + std::string(" needs weights: give the column that holds them, or "
                                           "use regression.ols"),
                 {},
                 {}};
  return std::nullopt;
}

std::optional<Error> find_untransformable(const LinearSettings& settings,
                                          const RegressionData& data) {
  if (settings.transform == TransformKind::kNone) return std::nullopt;
  for (std::size_t i = 0; i < data.target.size(); ++i)
    if (data.target[i] <= 0.0)
      return Error{ErrorKind::kDomainError,
                   "\"" + data.target_name + "\" = " + number_text(data.target[i]) + " has no " +
                       (settings.transform == TransformKind::kLog ? "logarithm" : "Box-Cox power") +
                       "; transform \"" +
                       kTransformNames[static_cast<std::size_t>(settings.transform)] +
                       "\" needs every value above 0: use \"none\"",
                   "row " + std::to_string(i + 1), "N6"};
  return std::nullopt;
}

std::size_t positive_rows(const RegressionData& data) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < data.weights.size(); ++i) count += data.weights[i] != 0.0 ? 1 : 0;
  return data.weights.empty() ? data.target.size() : count;
}

bool has_degrees(const LinearProtocol& protocol, const std::vector<int>& degrees) {
  const std::size_t regressors = protocol.regressor_names.size();
  if (std::all_of(degrees.begin(), degrees.end(), [](int d) { return d == 1; }))
    return !protocol.fit.has_powers();
  return degrees.size() == regressors &&
         protocol.fit.centered.terms == design_terms(regressors, degrees);
}

std::size_t count_coefficients(const LinearSettings& settings, const RegressionData& data) {
  const std::size_t regressors = data.regressor_names.size();
  std::size_t count = regressors + (settings.intercept ? 1 : 0);
  if (settings.degrees.size() != regressors) return count;  // refused later, if there are any
  for (const int degree : settings.degrees)
    count += static_cast<std::size_t>(std::max(degree, 1)) - 1;
  return count;
}

// Calls `with` with the least squares problem of the data; the names live as long as the call.
template <typename With>
auto with_problem(const LinearSettings& settings, const RegressionData& data, const Host& host,
                  With&& with) {
  std::vector<std::string> quoted;
  for (const std::string& name : data.regressor_names) quoted.push_back("\"" + name + "\"");
  return with(LeastSquaresProblem{.design = data.regressors,
                                  .response = data.target,
                                  .weights = data.weights,
                                  .intercept = settings.intercept,
                                  .column_names = quoted,
                                  .response_name = "\"" + data.target_name + "\"",
                                  .degrees = settings.degrees,
                                  .cancelled = [&host] { return host.cancelled(); }});
}

Result<FittedTarget> transform_target(const LinearSettings& settings,
                                      const LeastSquaresProblem& problem) {
  FittedTarget target;
  if (settings.transform == TransformKind::kNone) return target;
  target.lambda_estimated =
      settings.transform == TransformKind::kBoxCox && !settings.box_cox_lambda;
  double lambda = settings.box_cox_lambda.value_or(0.0);
  if (target.lambda_estimated) {
    const auto estimate = estimate_box_cox(problem);
    if (!estimate) return estimate.error();
    lambda = estimate->lambda;
    target.lambda_at_limit = estimate->at_limit;
  }
  target.transform = {settings.transform, lambda};
  for (std::size_t i = 0; i < problem.response.size(); ++i)
    target.values.push_back(target.transform.forward(problem.response[i]));
  return target;
}

// Likelihood, criteria and R squared of the target on its own scale.
void add_original_scale(const RegressionData& data, LinearProtocol& protocol) {
  const auto weight = [&](std::size_t i) { return data.weights.empty() ? 1.0 : data.weights[i]; };
  double jacobian = 0.0;
  double total_weight = 0.0;
  double mean = 0.0;
  for (std::size_t i = 0; i < data.target.size(); ++i) {
    protocol.fitted_original.push_back(protocol.transform.back(protocol.fit.fitted[i]));
    if (weight(i) == 0.0) continue;
    jacobian += protocol.transform.log_jacobian(data.target[i]);
    total_weight += weight(i);
    mean += weight(i) / total_weight * (data.target[i] - mean);
  }
  double rest = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < data.target.size(); ++i) {
    const double residual = data.target[i] - protocol.fitted_original[i];
    if (weight(i) == 0.0) continue;
    rest += weight(i) * residual * residual;
    total += weight(i) * (data.target[i] - mean) * (data.target[i] - mean);
  }
  LinearInference& inference = protocol.inference;
  const bool defined = inference.residual_dof > 0.0 && !inference.constant_target;
  protocol.r_squared_original = defined ? 1.0 - rest / total : kUndefined;
  const double n = static_cast<double>(protocol.fit.observations);
  const double k = static_cast<double>(protocol.fit.rank) + (protocol.lambda_estimated ? 2.0 : 1.0);
  inference.log_likelihood += jacobian;
  inference.bic = k * std::log(n) - 2.0 * inference.log_likelihood;
  inference.aicc =
      n > k + 1.0 ? 2.0 * k - 2.0 * inference.log_likelihood + 2.0 * k * (k + 1.0) / (n - k - 1.0)
                  : kUndefined;
}

std::optional<Error> add_covariance(const LinearSettings& settings, const RegressionData& data,
                                    const Host& host, LinearProtocol& protocol) {
  protocol.covariance = settings.covariance;
  if (settings.covariance == CovarianceKind::kClassical) return std::nullopt;
  auto robust = sandwich({.fit = protocol.fit,
                          .design = data.regressors,
                          .weights = data.weights,
                          .kind = settings.covariance,
                          .lag = settings.covariance_lag,
                          .cancelled = [&host] { return host.cancelled(); }});
  if (!robust) return robust.error();
  use_covariance(protocol.fit, *robust, settings.coverage, protocol.inference);
  protocol.covariance_lag = robust->lag;
  protocol.filling = std::move(robust->filling);
  return std::nullopt;
}

}  // namespace

std::optional<Error> find_problem(const LinearSettings& settings, const RegressionData& data) {
  if (auto error = find_bad_weights(settings, data)) return error;
  for (const std::string& name : data.regressor_names)
    if (settings.intercept && name == "intercept")
      return Error{ErrorKind::kInvalidConfig,
                   "a regressor is named \"intercept\", the name of the constant term; rename it "
                   "or set \"intercept\": false",
                   {},
                   {}};
  const std::size_t n = positive_rows(data);
  const std::size_t coefficients = count_coefficients(settings, data);
  if (n < coefficients)
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(n) + " observations for " + std::to_string(coefficients) +
                     " coefficients; at least " + std::to_string(coefficients) +
                     " are needed, and more for standard errors",
                 {},
                 "N1"};
  return find_untransformable(settings, data);
}

Result<LeastSquaresFit> solve_regression(const LinearSettings& settings, const RegressionData& data,
                                         const Host& host) {
  if (auto error = find_problem(settings, data)) return *std::move(error);
  return with_problem(settings, data, host, solve_least_squares);
}

Result<std::unique_ptr<LinearRegressionFit>> LinearRegressionFit::make(
    const LinearSettings& settings, const RegressionData& data, const Host& host) {
  if (auto error = find_problem(settings, data)) return *std::move(error);
  LinearProtocol protocol;
  auto solved = with_problem(settings, data, host,
                             [&](LeastSquaresProblem problem) -> Result<LeastSquaresFit> {
                               const auto target = transform_target(settings, problem);
                               if (!target) return target.error();
                               protocol.transform = target->transform;
                               protocol.lambda_estimated = target->lambda_estimated;
                               protocol.lambda_at_limit = target->lambda_at_limit;
                               if (target->transform.changes())
                                 problem.response = {target->values.data(), target->values.size()};
                               return solve_least_squares(problem);
                             });
  if (!solved) return solved.error();
  protocol.fit = *std::move(solved);
  protocol.regressor_names = data.regressor_names;
  protocol.target_name = data.target_name;
  protocol.coverage = settings.coverage;
  protocol.mean_point = settings.mean_point;
  protocol.inference = infer(protocol.fit, settings.coverage, data.weights);
  for (std::size_t i = 0; i < data.weights.size(); ++i) {
    protocol.largest_weight = std::max(protocol.largest_weight, data.weights[i]);
    protocol.least_weight =
        i == 0 ? data.weights[0] : std::min(protocol.least_weight, data.weights[i]);
  }
  if (protocol.transform.changes()) add_original_scale(data, protocol);
  if (auto error = add_covariance(settings, data, host, protocol)) return *std::move(error);
  return std::make_unique<LinearRegressionFit>(std::move(protocol));
}

void LinearRegressionFit::fitted(const OutputView& out) const {
  if (!out.wanted()) return;
  const auto& values =
      protocol_.transform.changes() ? protocol_.fitted_original : protocol_.fit.fitted;
  for (std::size_t i = 0; i < values.size(); ++i) out(i, 0) = values[i];
}

LinearModelView LinearRegressionFit::linear_model() const {
  if (protocol_.transform.changes() || protocol_.fit.has_powers()) return {};
  const auto& coefficients = protocol_.fit.coefficients;
  return {.has_intercept = protocol_.fit.intercept,
          .coefficients = {coefficients.data(), coefficients.size()},
          .covariance = protocol_.inference.covariance.data(),
          .residual_variance = protocol_.inference.residual_variance,
          .degrees_of_freedom = protocol_.inference.residual_dof};
}

Result<std::unique_ptr<LinearRegressionFit>> LinearRegressionFit::load(
    const LinearSettings& settings, std::uint32_t schema, Reader& reader) {
  auto protocol = load_linear_protocol(reader, schema);
  if (!protocol) return protocol.error();
  reader.must(protocol->fit.intercept == settings.intercept,
              "it has another intercept than its options");
  reader.must(has_degrees(*protocol, settings.degrees), "it has other degrees than its options");
  reader.must(protocol->covariance == settings.covariance,
              "it has another covariance than its options");
  reader.must(protocol->transform.kind() == settings.transform &&
                  protocol->mean_point == settings.mean_point,
              "it has another transform than its options");
  return std::make_unique<LinearRegressionFit>(*std::move(protocol));
}

FitShape LinearRegressionFit::shape() const {
  return {protocol_.fit.fitted.size(), protocol_.regressor_names.size()};
}

}  // namespace steppe::numerics
