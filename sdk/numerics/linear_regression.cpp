// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_regression.hpp"

#include <utility>

namespace steppe::numerics {

LinearSettings::LinearSettings(const char* plugin_id, const Arguments& arguments)
    : id(plugin_id),
      intercept(arguments.boolean("intercept", true)),
      coverage(arguments.number("coverage", 0.95)) {}

std::optional<Error> find_problem(const LinearSettings& settings, const RegressionData& data) {
  const std::size_t n = data.target.size();
  const std::size_t coefficients = data.regressor_names.size() + (settings.intercept ? 1 : 0);
  if (!data.weights.empty())
    return Error{ErrorKind::kNotSupported,
                 settings.id + std::string(" has no weights; remove them"),
                 {},
                 {}};
  for (const std::string& name : data.regressor_names)
    if (settings.intercept && name == "intercept")
      return Error{ErrorKind::kInvalidConfig,
                   "a regressor is named \"intercept\", the name of the constant term; rename it "
                   "or set \"intercept\": false",
                   {},
                   {}};
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
  std::vector<std::string> quoted;
  for (const std::string& name : data.regressor_names) quoted.push_back("\"" + name + "\"");
  return solve_least_squares({.design = data.regressors,
                              .response = data.target,
                              .weights = data.weights,
                              .intercept = settings.intercept,
                              .column_names = quoted,
                              .response_name = "\"" + data.target_name + "\"",
                              .cancelled = [&host] { return host.cancelled(); }});
}

Result<std::unique_ptr<LinearRegressionFit>> LinearRegressionFit::make(
    const LinearSettings& settings, const RegressionData& data, const Host& host) {
  auto solved = solve_regression(settings, data, host);
  if (!solved) return solved.error();
  LinearProtocol protocol{
      *std::move(solved), {}, data.regressor_names, data.target_name, settings.coverage};
  protocol.inference = infer(protocol.fit, settings.coverage);
  return std::make_unique<LinearRegressionFit>(std::move(protocol));
}

void LinearRegressionFit::fitted(const OutputView& out) const {
  if (!out.wanted()) return;
  for (std::size_t i = 0; i < protocol_.fit.fitted.size(); ++i) out(i, 0) = protocol_.fit.fitted[i];
}

LinearModelView LinearRegressionFit::linear_model() const {
  const auto& coefficients = protocol_.fit.coefficients;
  return {.has_intercept = protocol_.fit.intercept,
          .coefficients = {coefficients.data(), coefficients.size()},
          .covariance = protocol_.inference.covariance.data(),
          .residual_variance = protocol_.inference.residual_variance,
          .degrees_of_freedom = protocol_.inference.residual_dof};
}

Result<std::unique_ptr<LinearRegressionFit>> LinearRegressionFit::load(
    const LinearSettings& settings, std::uint32_t, Reader& reader) {
  auto protocol = load_linear_protocol(reader);
  if (!protocol) return protocol.error();
  reader.must(protocol->fit.intercept == settings.intercept,
              "it has another intercept than its options");
  return std::make_unique<LinearRegressionFit>(*std::move(protocol));
}

FitShape LinearRegressionFit::shape() const {
  return {protocol_.fit.fitted.size(), protocol_.regressor_names.size()};
}

}  // namespace steppe::numerics
