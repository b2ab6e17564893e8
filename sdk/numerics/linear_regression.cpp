// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_regression.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace steppe::numerics {
namespace {

// What find_problem has to say of weights and target.
std::optional<Error> find_bad_weights(const LinearSettings& settings, const RegressionData& data) {
  if (settings.weights == WeightUse::kNone && !data.weights.empty())
    return Error{ErrorKind::kNotSupported,
                 settings.id + std::string(" has no weights; remove them"),
                 {},
                 {}};
  if (settings.weights == WeightUse::kNeeded && data.weights.empty() && !data.target.empty())
    return Error{ErrorKind::kInvalidConfig,
                 settings.id + std::string(" needs weights: give the column that holds them, or "
                                           "use regression.ols"),
                 {},
                 {}};
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

// Likelihood, criteria and R squared of the target on its own scale.
void add_original_scale(const RegressionData& data, LinearProtocol& protocol) {
  double jacobian = 0.0;
  for (std::size_t i = 0; i < data.target.size(); ++i) {
    protocol.fitted_original.push_back(protocol.transform.back(protocol.fit.fitted[i]));
    if (data.weights.empty() || data.weights[i] != 0.0)
      jacobian += protocol.transform.log_jacobian(data.target[i]);
  }
  LinearInference& inference = protocol.inference;
  const bool defined = inference.residual_dof > 0.0 && !inference.constant_target;
  protocol.r_squared_original =
      defined ? original_r_squared(data.target, data.weights, protocol.fitted_original)
              : kUndefined;
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
  return std::nullopt;
}

Result<LeastSquaresFit> solve_regression(const LinearSettings& settings, const RegressionData& data,
                                         const Host& host) {
  if (auto error = find_problem(settings, data)) return *std::move(error);
  return with_problem(settings, data, host, solve_least_squares);
}

Result<ScaledTarget> scale_target(const LinearSettings& settings, const RegressionData& data,
                                  const Host& host) {
  auto out = with_problem(settings, data, host, [&](const LeastSquaresProblem& problem) {
    return scale_target(settings, problem);
  });
  if (out) out->scale.target_name = data.target_name;
  return out;
}

Result<LinearProtocol> fit_linear(const LinearSettings& settings, const RegressionData& data,
                                  const Host& host) {
  if (auto error = find_problem(settings, data)) return *std::move(error);
  if (auto error = find_untransformable(settings, data)) return *std::move(error);
  auto target = scale_target(settings, data, host);
  if (!target) return target.error();
  LinearProtocol protocol;
  static_cast<TargetScale&>(protocol) = std::move(target->scale);
  auto solved = with_problem(settings, data, host, [&](LeastSquaresProblem problem) {
    if (protocol.changes()) problem.response = {target->values.data(), target->values.size()};
    return solve_least_squares(problem);
  });
  if (!solved) return solved.error();
  protocol.fit = *std::move(solved);
  protocol.regressor_names = data.regressor_names;
  protocol.coverage = settings.coverage;
  protocol.inference = infer(protocol.fit, settings.coverage, data.weights);
  for (std::size_t i = 0; i < data.weights.size(); ++i) {
    protocol.largest_weight = std::max(protocol.largest_weight, data.weights[i]);
    protocol.least_weight =
        i == 0 ? data.weights[0] : std::min(protocol.least_weight, data.weights[i]);
  }
  if (protocol.changes()) add_original_scale(data, protocol);
  if (auto error = add_covariance(settings, data, host, protocol)) return *std::move(error);
  return protocol;
}

void require_settings(const LinearSettings& settings, const LinearProtocol& protocol,
                      Reader& reader) {
  reader.must(protocol.fit.intercept == settings.intercept,
              "it has another intercept than its options");
  reader.must(has_degrees(protocol, settings.degrees), "it has other degrees than its options");
  reader.must(protocol.covariance == settings.covariance,
              "it has another covariance than its options");
  reader.must(
      protocol.transform.kind() == settings.transform && protocol.mean_point == settings.mean_point,
      "it has another transform than its options");
}

Result<std::unique_ptr<LinearRegressionFit>> LinearRegressionFit::make(
    const LinearSettings& settings, const RegressionData& data, const Host& host) {
  auto protocol = fit_linear(settings, data, host);
  if (!protocol) return protocol.error();
  return std::make_unique<LinearRegressionFit>(*std::move(protocol));
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
  require_settings(settings, *protocol, reader);
  return std::make_unique<LinearRegressionFit>(*std::move(protocol));
}

FitShape LinearRegressionFit::shape() const {
  return {protocol_.fit.fitted.size(), protocol_.regressor_names.size()};
}

}  // namespace steppe::numerics
