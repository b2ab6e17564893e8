// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_protocol.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_settings.hpp"

namespace steppe::numerics {
namespace {

// "2.5 + 2 x - 3 z"; the intercept stands alone.
std::string combination_text(const LinearProtocol& protocol,
                             const std::vector<std::size_t>& columns,
                             const std::vector<double>& factors) {
  std::vector<std::string> names;
  for (const std::size_t column : columns) {
    const bool constant = protocol.fit.intercept && column == 0;
    names.push_back(constant ? "" : coefficient_name(protocol, column));
  }
  std::vector<Term> terms;
  for (std::size_t k = 0; k < columns.size(); ++k) terms.push_back({factors[k], names[k]});
  return terms.empty() ? "0" : sum_text(terms);
}

}  // namespace

std::string coefficient_name(const LinearProtocol& protocol, std::size_t coefficient) {
  if (protocol.fit.intercept && coefficient == 0) return "intercept";
  const std::size_t term = coefficient - (protocol.fit.intercept ? 1 : 0);
  if (!protocol.fit.has_powers()) return protocol.regressor_names[term];
  return term_names(protocol.regressor_names, {&protocol.fit.centered.terms[term], 1}).front();
}

std::string equation_text(const LinearProtocol& protocol) {
  std::vector<std::size_t> columns;
  std::vector<double> factors;
  for (std::size_t b = 0; b < protocol.fit.coefficients.size(); ++b) {
    if (std::isnan(protocol.fit.coefficients[b])) continue;
    columns.push_back(b);
    factors.push_back(protocol.fit.coefficients[b]);
  }
  return protocol.text() + " = " + combination_text(protocol, columns, factors);
}

void write_settings(const LinearProtocol& protocol, Report& out) {
  if (protocol.covariance != CovarianceKind::kClassical)
    out.text("covariance", kCovarianceNames[static_cast<std::size_t>(protocol.covariance)]);
  if (protocol.covariance == CovarianceKind::kNeweyWest)
    out.scalar("covariance_lag", static_cast<double>(protocol.covariance_lag), "observations");
  if (!protocol.transform.changes()) return;
  write_scale(protocol, out);
  out.scalar("r_squared_fit_scale", protocol.inference.r_squared, "1");
  out.scalar("r_squared_original_scale", protocol.r_squared_original, "1");
}

void write_scalars(const LinearProtocol& protocol, Report& out) {
  const LinearInference& inference = protocol.inference;
  out.scalar("multiple_r", inference.multiple_r, "1");
  out.scalar("r_squared", inference.r_squared, "1");
  out.scalar("adjusted_r_squared", inference.adjusted_r_squared, "1");
  out.scalar("standard_error", inference.residual_deviation);
  out.scalar("observations", static_cast<double>(protocol.fit.observations), "observations");
  out.scalar("rank", static_cast<double>(protocol.fit.rank), "1");
  out.scalar("residual_degrees_of_freedom", inference.residual_dof, "1");
  out.scalar("durbin_watson", inference.durbin_watson, "1");
  out.scalar("condition_number", protocol.fit.condition_number, "1");
  out.scalar("log_likelihood", inference.log_likelihood, "1");
  out.scalar("aicc", inference.aicc, "1");
  out.scalar("bic", inference.bic, "1");
}

Table anova_table(const LinearInference& inference) {
  const auto mean_square = [](double sum, double dof) { return dof > 0 ? sum / dof : kUndefined; };
  Table table{.name = "anova", .columns = {"df", "ss", "ms", "f", "significance_f"}};
  table.add_row("regression", {inference.regression_dof, inference.regression_ss,
                               mean_square(inference.regression_ss, inference.regression_dof),
                               inference.f, inference.significance_f});
  table.add_row("residual", {inference.residual_dof, inference.residual_ss,
                             inference.residual_variance, kUndefined, kUndefined});
  table.add_row("total",
                {inference.total_dof, inference.total_ss, kUndefined, kUndefined, kUndefined});
  return table;
}

Table coefficient_table(const LinearProtocol& protocol) {
  const LinearInference& inference = protocol.inference;
  const std::string percent = percent_text(protocol.coverage);
  Table table{
      .name = "coefficients",
      .columns = {"estimate", "standard_error", "t", "p", "lower_" + percent, "upper_" + percent}};
  for (std::size_t b = 0; b < protocol.fit.coefficients.size(); ++b)
    table.add_row(coefficient_name(protocol, b),
                  {protocol.fit.coefficients[b], inference.standard_error[b], inference.t[b],
                   inference.p[b], inference.lower[b], inference.upper[b]});
  return table;
}

Table observation_table(const LinearProtocol& protocol) {
  Table table{
      .name = "observations",
      .columns = {"fitted", "residual", "leverage", "standardized_residual", "cooks_distance"}};
  const LeastSquaresFit& fit = protocol.fit;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i)
    table.values.insert(table.values.end(), {fit.fitted[i], fit.residuals[i], fit.leverages[i],
                                             protocol.inference.standardized_residual[i],
                                             protocol.inference.cooks_distance[i]});
  return table;
}

std::string dependency_text(const LinearProtocol& protocol, const DependentColumn& dependency) {
  return coefficient_name(protocol, dependency.column) + " = " +
         combination_text(protocol, dependency.depends_on, dependency.factors);
}

std::string percent_text(double coverage) {
  char buffer[400];  // the smallest double has 324 decimals
  const char* end =
      std::to_chars(buffer, buffer + sizeof(buffer), coverage, std::chars_format::fixed).ptr;
  const char* digit = buffer + 2;  // after "0."
  std::string text;
  for (int place = 0; place < 2; ++place) {  // the point moves two places
    const char next = digit == end ? '0' : *digit++;
    if (!text.empty() || next != '0') text.push_back(next);
  }
  if (text.empty()) text.push_back('0');
  if (digit != end) text.push_back('.');
  text.append(digit, end);
  return text;
}

void write_protocol(const LinearProtocol& protocol, Report& out) {
  out.text("equation", equation_text(protocol));
  write_scalars(protocol, out);
  write_settings(protocol, out);
  out.table(anova_table(protocol.inference));
  out.table(coefficient_table(protocol));
  if (!protocol.fit.leverages.empty())
    out.table(observation_table(protocol));
  else
    out.warning("no_observation_table",
                std::to_string(protocol.fit.observations) +
                    " rows: leverages, standardized residuals and Cook's distances are given for "
                    "fewer than 10000 only");
  warn_of_design(protocol, out);
  warn_of_fit(protocol, out);
  warn_of_settings(protocol, out);
  warn_of_coefficients(protocol, out);
  warn_of_leverage(protocol, out);
}

}  // namespace steppe::numerics
