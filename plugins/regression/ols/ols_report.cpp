// SPDX-License-Identifier: Apache-2.0
#include "ols_report.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "steppe/numerics/equation.hpp"

namespace steppe::ols {
namespace {

constexpr double kSignificance = 0.05;
// Belsley, Kuh, Welsch 1980, Regression Diagnostics, 3.2: from 30 on dependencies do harm.
constexpr double kHighCondition = 30.0;
constexpr double kFewDegreesOfFreedom = 5.0;
constexpr double kFullLeverage = 1.0 - 1e-12;

// For warnings: three significant digits.
std::string short_text(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

std::string name_of(const Protocol& protocol, std::size_t coefficient) {
  if (!protocol.fit.intercept) return protocol.regressor_names[coefficient];
  return coefficient == 0 ? "intercept" : protocol.regressor_names[coefficient - 1];
}

// Appended piece by piece: g++ 12 sees an overlap in "\"" + std::string (-Wrestrict).
std::string quoted(const std::string& name) {
  std::string text;
  text += '"';
  text += name;
  text += '"';
  return text;
}

// "2.5 + 2 x - 3 z"; the intercept stands alone.
std::string combination_text(const Protocol& protocol, const std::vector<std::size_t>& columns,
                             const std::vector<double>& factors) {
  std::vector<numerics::Term> terms;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const bool constant = protocol.fit.intercept && columns[k] == 0;
    const std::size_t regressor = columns[k] - (protocol.fit.intercept && !constant ? 1 : 0);
    terms.push_back(
        {factors[k], constant ? std::string_view() : protocol.regressor_names[regressor]});
  }
  return terms.empty() ? "0" : numerics::sum_text(terms);
}

std::string equation(const Protocol& protocol) {
  std::vector<std::size_t> columns;
  std::vector<double> factors;
  for (std::size_t b = 0; b < protocol.fit.coefficients.size(); ++b) {
    if (std::isnan(protocol.fit.coefficients[b])) continue;
    columns.push_back(b);
    factors.push_back(protocol.fit.coefficients[b]);
  }
  return protocol.target_name + " = " + combination_text(protocol, columns, factors);
}

void write_scalars(const Protocol& protocol, Report& out) {
  const numerics::LinearInference& inference = protocol.inference;
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

Table anova_table(const numerics::LinearInference& inference) {
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

Table coefficient_table(const Protocol& protocol) {
  const numerics::LinearInference& inference = protocol.inference;
  const std::string percent = percent_text(protocol.coverage);
  Table table{
      .name = "coefficients",
      .columns = {"estimate", "standard_error", "t", "p", "lower_" + percent, "upper_" + percent}};
  for (std::size_t b = 0; b < protocol.fit.coefficients.size(); ++b)
    table.add_row(name_of(protocol, b),
                  {protocol.fit.coefficients[b], inference.standard_error[b], inference.t[b],
                   inference.p[b], inference.lower[b], inference.upper[b]});
  return table;
}

Table observation_table(const Protocol& protocol) {
  Table table{
      .name = "observations",
      .columns = {"fitted", "residual", "leverage", "standardized_residual", "cooks_distance"}};
  const numerics::LeastSquaresFit& fit = protocol.fit;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i)
    table.values.insert(table.values.end(), {fit.fitted[i], fit.residuals[i], fit.leverages[i],
                                             protocol.inference.standardized_residual[i],
                                             protocol.inference.cooks_distance[i]});
  return table;
}

void warn_of_design(const Protocol& protocol, Report& out) {
  for (const auto& dependency : protocol.fit.dropped)
    out.warning("rank_deficient", quoted(name_of(protocol, dependency.column)) +
                                      " was dropped, it depends on other columns: " +
                                      dependency_text(protocol, dependency) +
                                      "; a forecast needs rows that keep this");
  if (protocol.inference.regression_dof == 0.0)
    out.warning("no_regressor_left",
                "no regressor has a coefficient: F and its significance are undefined");
  const double condition = protocol.fit.condition_number;
  if (condition > kHighCondition)
    out.warning("high_condition_number",
                "the regressors nearly depend on one another (condition number " +
                    short_text(condition) +
                    ", above 30): single coefficients are unreliable, and so are forecasts for "
                    "rows unlike those of the fit");
}

// At most one of the three holds the stage: a saturated fit is always exact.
void warn_of_fit(const Protocol& protocol, Report& out) {
  const numerics::LinearInference& inference = protocol.inference;
  const std::string dof = short_text(inference.residual_dof);
  if (inference.residual_dof == 0.0) {
    out.warning("saturated_fit",
                "as many coefficients as observations: the fit passes through every point whatever "
                "the data, so standard errors, R squared, t, p, F, Durbin-Watson, AICc and BIC are "
                "undefined and forecasts have no interval");
    return;
  }
  if (inference.constant_target)
    out.warning("constant_target", quoted(protocol.target_name) +
                                       " never changes: R squared, t, p, F, Durbin-Watson, AICc "
                                       "and BIC are undefined");
  else if (inference.exact)
    out.warning("exact_fit",
                "the residuals are no larger than the rounding of the data: standard errors are 0, "
                "and t, p, F, Durbin-Watson, AICc and BIC are undefined; check that the target is "
                "not computed from the regressors");
  if (inference.residual_dof < kFewDegreesOfFreedom)
    out.warning("few_degrees_of_freedom",
                "only " + dof + " residual degrees of freedom: intervals are wide and tests weak" +
                    (std::isnan(inference.aicc) ? "; AICc is undefined" : ""));
}

void warn_of_coefficients(const Protocol& protocol, Report& out) {
  for (std::size_t b = protocol.fit.intercept ? 1 : 0; b < protocol.inference.p.size(); ++b) {
    const double p = protocol.inference.p[b];
    if (!(p > kSignificance)) continue;
    out.warning("insignificant_coefficient",
                quoted(name_of(protocol, b)) + ": p = " + short_text(p) +
                    ", the data do not show that its coefficient differs from zero");
  }
}

void warn_of_leverage(const Protocol& protocol, Report& out) {
  if (protocol.inference.exact) return;
  for (std::size_t i = 0; i < protocol.fit.leverages.size(); ++i)
    if (protocol.fit.leverages[i] >= kFullLeverage)
      out.warning("full_leverage",
                  "row " + std::to_string(i + 1) +
                      " alone decides a coefficient (leverage 1): its standardized residual and "
                      "Cook's distance are undefined");
}

}  // namespace

std::string dependency_text(const Protocol& protocol, const numerics::DependentColumn& dependency) {
  return name_of(protocol, dependency.column) + " = " +
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

void write_report(const Protocol& protocol, Report& out) {
  out.text("equation", equation(protocol));
  write_scalars(protocol, out);
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
  warn_of_coefficients(protocol, out);
  warn_of_leverage(protocol, out);
}

}  // namespace steppe::ols
