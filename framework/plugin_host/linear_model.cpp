// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/linear_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "plugin_host/output_buffer.hpp"
#include "plugin_host/plugin_call.hpp"

namespace steppe {
namespace {

using Broken = std::optional<BrokenRule>;

// Correlations may pass 1, and mirror entries differ, by what rounding does.
constexpr double kRounding = 1e-8;

BrokenRule broken_linear(std::string message) { return {"N19", std::move(message), "R46"}; }

Broken check_coefficients(const OutputBuffer& coefficients) {
  if (auto rule = coefficients.check_filled()) return rule;
  for (std::size_t i = 0; i < coefficients.rows(); ++i) {
    if (std::isinf(coefficients.at(i, 0))) {
      return broken_linear(coefficients.cell(i, 0) + " is infinite");
    }
  }
  return std::nullopt;
}

Broken check_pair(const OutputBuffer& covariance, std::size_t i, std::size_t j) {
  const double value = covariance.at(i, j);
  const double limit = std::sqrt(covariance.at(i, i)) * std::sqrt(covariance.at(j, j));
  if (std::fabs(value - covariance.at(j, i)) > kRounding * limit) {
    return broken_linear(covariance.cell(i, j) + " and " + covariance.cell(j, i) + " differ");
  }
  if (std::fabs(value) > limit * (1 + kRounding)) {
    return broken_linear(covariance.cell(i, j) + " is larger than the variances allow");
  }
  return std::nullopt;
}

Broken check_covariance(const OutputBuffer& covariance, const OutputBuffer& coefficients) {
  if (auto rule = covariance.check_filled()) return rule;
  const std::size_t q = covariance.rows();
  for (std::size_t i = 0; i < q; ++i) {
    for (std::size_t j = 0; j < q; ++j) {
      if (!std::isfinite(covariance.at(i, j))) {
        return broken_linear(covariance.cell(i, j) + " is not finite");
      }
      const bool dropped = std::isnan(coefficients.at(i, 0)) || std::isnan(coefficients.at(j, 0));
      if (dropped && covariance.at(i, j) != 0) {
        return broken_linear(covariance.cell(i, j) + " is not 0 though its column was dropped");
      }
    }
    if (covariance.at(i, i) < 0) return broken_linear(covariance.cell(i, i) + " is negative");
  }
  for (std::size_t i = 0; i < q; ++i) {
    for (std::size_t j = i + 1; j < q; ++j) {
      if (auto rule = check_pair(covariance, i, j)) return rule;
    }
  }
  return std::nullopt;
}

// Variance and degrees of freedom; NaN of the latter means that none are known.
Broken check_error(double variance, double degrees) {
  if (!(variance >= 0) || std::isinf(variance)) {
    return broken_linear("residual_variance is " +
                         std::string(variance < 0 ? "negative" : "not finite"));
  }
  if (degrees <= 0) return broken_linear("degrees_of_freedom are not positive");
  return std::nullopt;
}

}  // namespace

Outcome<std::optional<LinearModel>> read_linear_model(const Component& component,
                                                      const steppe_linear_model* table,
                                                      const void* fit, std::size_t columns) {
  const std::optional<LinearModel> none;
  if (table == nullptr) return none;
  const auto refused = [&](const BrokenRule& rule) {
    return broken_contract(component.label(), rule.fault,
                           "bad_output: linear_model: " + rule.message, rule.rule);
  };
  LinearModel out;
  std::uint64_t size = 0;
  std::int32_t intercept = 0;
  double degrees = 0;
  const auto thrown = PluginCall(component, "linear_model").guard([&] {
    size = table->size(fit);
    intercept = table->has_intercept(fit);
    out.residual_variance = table->residual_variance(fit);
    degrees = table->degrees_of_freedom(fit);
  });
  if (thrown) return *thrown;
  if (size == 0 || std::isnan(out.residual_variance)) return none;
  out.has_intercept = intercept != 0;
  const std::size_t expected = columns + (out.has_intercept ? 1 : 0);
  if (size != expected) {
    return refused(broken_linear("size is " + std::to_string(size) + " for " +
                                 std::to_string(columns) + " columns" +
                                 (out.has_intercept ? " and an intercept" : "")));
  }
  OutputBuffer coefficients("coefficients", expected, 1);
  OutputBuffer covariance("covariance", expected, expected);
  for (const bool second : {false, true}) {
    const auto call = second ? table->covariance : table->coefficients;
    const OutputBuffer& buffer = second ? covariance : coefficients;
    auto done =
        PluginCall(component, second ? "covariance" : "coefficients").run([&](steppe_error* error) {
          return call(fit, buffer.view(), error);
        });
    if (!done) return std::move(done).error();
  }
  if (auto rule = check_coefficients(coefficients)) return refused(*rule);
  if (auto rule = check_covariance(covariance, coefficients)) return refused(*rule);
  if (auto rule = check_error(out.residual_variance, degrees)) return refused(*rule);
  out.degrees_of_freedom = std::isnan(degrees) ? std::numeric_limits<double>::infinity() : degrees;
  out.coefficients = coefficients.take();
  std::replace_if(
      out.coefficients.begin(), out.coefficients.end(), [](double b) { return std::isnan(b); },
      0.0);
  out.covariance = covariance.take();
  return std::optional<LinearModel>(std::move(out));
}

}  // namespace steppe
