// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>

#include "panel_protocol.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_protocol.hpp"

namespace steppe::panel {
namespace {

using numerics::PanelCovariance;
using numerics::PanelEffects;

constexpr double kSignificance = 0.05;
// Cameron, Miller 2015, VI.A: below 20 to 50, by how unequal they are.
constexpr std::size_t kFewKeys = 30;
// Belsley, Kuh, Welsch 1980, Regression Diagnostics, 3.2: from 30 on dependencies do harm.
constexpr double kHighCondition = 30.0;
constexpr double kFewDegreesOfFreedom = 5.0;
constexpr std::size_t kNamedKeys = 5;

// Three significant digits.
std::string short_text(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

std::string quoted_word(const std::string& name) {
  std::string text;
  text += '"';
  text += name;
  text += '"';
  return text;
}

bool is_fixed(const Protocol& protocol) { return protocol.fit.effects == PanelEffects::kFixed; }

// "sales = effect of the key + 2 staff - 3 price"
std::string equation_of(const Protocol& protocol) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (std::size_t b = 0; b < protocol.fit.coefficients.size(); ++b) {
    if (std::isnan(protocol.fit.coefficients[b])) continue;
    const bool constant = !is_fixed(protocol) && b == 0;
    names.push_back(constant ? "" : coefficient_name(protocol, b));
    values.push_back(protocol.fit.coefficients[b]);
  }
  std::vector<numerics::Term> terms;
  for (std::size_t k = 0; k < names.size(); ++k) terms.push_back({values[k], names[k]});
  const std::string sum = terms.empty() ? std::string() : numerics::sum_text(terms);
  if (!is_fixed(protocol)) return protocol.target + " = " + sum;
  const std::string start = protocol.target + " = effect of the key";
  if (sum.empty()) return start;
  return sum[0] == '-' ? start + " - " + sum.substr(1) : start + " + " + sum;
}

void write_panel_scalars(const Protocol& protocol, Report& out) {
  const numerics::PanelFit& fit = protocol.fit;
  const auto [least, most] = std::minmax_element(fit.rows.begin(), fit.rows.end());
  out.scalar("observations", static_cast<double>(fit.observations), "observations");
  out.scalar("keys", static_cast<double>(fit.key_count()), "1");
  out.scalar("least_rows_of_a_key", static_cast<double>(*least), "observations");
  out.scalar("most_rows_of_a_key", static_cast<double>(*most), "observations");
  out.scalar("rank", static_cast<double>(fit.rank), "1");
  out.scalar("residual_degrees_of_freedom", fit.residual_dof, "1");
  out.scalar("test_degrees_of_freedom", fit.test_dof, "1");
  out.scalar("r_squared", fit.r_squared, "1");
  out.scalar("r_squared_within", fit.r_squared_within, "1");
  out.scalar("r_squared_between", fit.r_squared_between, "1");
  out.scalar("r_squared_overall", fit.r_squared_overall, "1");
  out.scalar("standard_error", std::sqrt(fit.residual_variance));
  out.scalar("f", fit.f, "1");
  out.scalar("significance_f", fit.significance_f, "1");
  if (is_fixed(protocol)) {
    out.scalar("effects_f", fit.effects_f, "1");
    out.scalar("effects_significance", fit.effects_significance, "1");
  }
  out.scalar("condition_number", fit.slopes.condition_number, "1");
}

// t of a coefficient; undefined beside an error that is 0 or undefined.
double t_of(const Protocol& protocol, std::size_t coefficient) {
  const double error = protocol.fit.standard_errors[coefficient];
  return error > 0.0 ? protocol.fit.coefficients[coefficient] / error : kUndefined;
}

double p_of(const Protocol& protocol, std::size_t coefficient) {
  return numerics::student_t_two_sided_p(t_of(protocol, coefficient), protocol.fit.test_dof);
}

Table table_of_coefficients(const Protocol& protocol) {
  const numerics::PanelFit& fit = protocol.fit;
  const std::string percent = numerics::percent_text(protocol.coverage);
  const double reach = numerics::student_t_quantile(0.5 + protocol.coverage / 2.0, fit.test_dof);
  Table table{
      .name = "coefficients",
      .columns = {"estimate", "standard_error", "t", "p", "lower_" + percent, "upper_" + percent}};
  for (std::size_t b = 0; b < fit.coefficients.size(); ++b) {
    const double estimate = fit.coefficients[b];
    const double error = fit.standard_errors[b];
    table.add_row(coefficient_name(protocol, b),
                  {estimate, error, t_of(protocol, b), p_of(protocol, b), estimate - reach * error,
                   estimate + reach * error});
  }
  return table;
}

Table table_of_effects(const Protocol& protocol) {
  Table table{.name = "effects", .columns = {"estimate", "standard_error", "observations"}};
  for (std::size_t i = 0; i < protocol.numbers.size(); ++i)
    table.add_row(key_text(protocol.numbers[i]),
                  {protocol.fit.effect[i], protocol.fit.effect_error[i],
                   static_cast<double>(protocol.fit.rows[i])});
  return table;
}

void warn_of_columns(const Protocol& protocol, Report& out) {
  for (const auto& dependency : protocol.fit.slopes.dropped) {
    const bool constant = is_fixed(protocol) && dependency.depends_on.empty();
    const std::string name = quoted_word(coefficient_name(protocol, dependency.column));
    out.warning("rank_deficient",
                constant ? name +
                               " was dropped, it never changes within a key: it is in the "
                               "effects; a forecast needs rows that keep this"
                         : name + " was dropped, it depends on other columns: " +
                               dependency_text(protocol, dependency) +
                               "; a forecast needs rows that keep this");
  }
  if (protocol.fit.slopes.centered.kept.empty())
    out.warning("no_regressor_left",
                "no regressor has a coefficient: F, its significance and the R squared within, "
                "between and overall are undefined");
  if (protocol.fit.slopes.condition_number > kHighCondition)
    out.warning("high_condition_number",
                "the regressors nearly depend on one another (condition number " +
                    short_text(protocol.fit.slopes.condition_number) +
                    ", above 30): single coefficients are unreliable, and so are forecasts for "
                    "rows unlike those of the fit");
}

// Nothing else of a saturated fit need be said.
bool warn_of_degrees(const Protocol& protocol, Report& out) {
  const numerics::PanelFit& fit = protocol.fit;
  if (fit.residual_dof == 0.0) {
    out.warning("saturated_fit",
                "as many coefficients as observations: the fit passes through every point whatever "
                "the data, so standard errors, t, p and F are undefined and forecasts have no "
                "interval");
    return true;
  }
  if (fit.constant_target)
    out.warning("constant_target", quoted_word(protocol.target) +
                                       " never changes: R squared, t, p and F are undefined");
  else if (fit.exact)
    out.warning("exact_fit",
                "the residuals are no larger than the rounding of the data: standard errors are 0, "
                "and t, p and F are undefined; check that the target is not computed from the "
                "regressors");
  if (fit.residual_dof < kFewDegreesOfFreedom)
    out.warning("few_degrees_of_freedom", "only " + short_text(fit.residual_dof) +
                                              " residual degrees of freedom: intervals are wide "
                                              "and tests weak");
  return fit.exact;
}

void warn_of_clusters(const Protocol& protocol, Report& out) {
  const numerics::PanelFit& fit = protocol.fit;
  const std::size_t keys = fit.key_count();
  if (fit.covariance == PanelCovariance::kHc1 && is_fixed(protocol))
    out.warning("hc1_with_effects",
                "hc1 is not consistent beside fixed effects when the keys have few rows (Stock, "
                "Watson 2008): use \"clustered\"");
  if (fit.covariance != PanelCovariance::kClustered) return;
  if (keys == 1) {
    out.warning("single_key",
                "all rows are of one key: clustered standard errors, t, p and F are undefined and "
                "forecasts have no interval; use \"covariance\": \"classical\"");
    return;
  }
  if (keys < kFewKeys)
    out.warning("few_clusters",
                "clustered standard errors rest on the number of keys, and there are " +
                    std::to_string(keys) +
                    ": with fewer than about 30 they come out too small, and p values too");
  const std::size_t slopes = fit.slopes.centered.kept.size();
  if (slopes + 1 > keys)
    out.warning("f_undefined", std::to_string(slopes) + " slopes and " + std::to_string(keys) +
                                   " keys: the clustered covariance of the slopes has no inverse, "
                                   "so F and its significance are undefined");
}

void warn_of_single_rows(const Protocol& protocol, Report& out) {
  if (!is_fixed(protocol)) return;
  std::string named;
  std::size_t count = 0;
  for (std::size_t i = 0; i < protocol.fit.rows.size(); ++i) {
    if (protocol.fit.rows[i] != 1) continue;
    if (++count <= kNamedKeys) named += (count == 1 ? "" : ", ") + key_text(protocol.numbers[i]);
  }
  if (count == 0) return;
  if (count > kNamedKeys) named += " and " + std::to_string(count - kNamedKeys) + " more";
  out.warning("single_row",
              named + (count == 1 ? " has a single row: it is" : " have a single row: they are") +
                  " fitted exactly by the effect, and " + (count == 1 ? "tells" : "tell") +
                  " nothing of the slopes");
}

void warn_of_slopes(const Protocol& protocol, Report& out) {
  for (std::size_t b = is_fixed(protocol) ? 0 : 1; b < protocol.fit.coefficients.size(); ++b) {
    const double p = p_of(protocol, b);
    if (!(p > kSignificance)) continue;
    out.warning("insignificant_coefficient",
                quoted_word(coefficient_name(protocol, b)) + ": p = " + short_text(p) +
                    ", the data do not show that its coefficient differs from zero");
  }
}

void warn_of_shares(const Protocol& protocol, Report& out) {
  const numerics::PanelFit& fit = protocol.fit;
  if (fit.constant_target || fit.slopes.centered.kept.empty()) return;
  std::string missing;
  for (const auto& [name, value] :
       {std::pair{"within", fit.r_squared_within}, std::pair{"between", fit.r_squared_between},
        std::pair{"overall", fit.r_squared_overall}})
    if (std::isnan(value)) missing += std::string(missing.empty() ? "" : ", ") + name;
  if (!missing.empty())
    out.warning("share_undefined", "R squared " + missing +
                                       " is undefined: the target or its fitted part does not "
                                       "change there");
}

}  // namespace

std::optional<std::size_t> Protocol::place(std::size_t number) const {
  const auto found = std::lower_bound(numbers.begin(), numbers.end(), number);
  if (found == numbers.end() || *found != number) return std::nullopt;
  return static_cast<std::size_t>(found - numbers.begin());
}

std::string key_text(std::size_t number) { return "key #" + std::to_string(number); }

std::string coefficient_name(const Protocol& protocol, std::size_t coefficient) {
  if (is_fixed(protocol)) return protocol.names[coefficient];
  return coefficient == 0 ? "intercept" : protocol.names[coefficient - 1];
}

std::string dependency_text(const Protocol& protocol, const numerics::DependentColumn& dependency) {
  std::vector<std::string> names;
  for (const std::size_t column : dependency.depends_on)
    names.push_back(!is_fixed(protocol) && column == 0 ? "" : coefficient_name(protocol, column));
  std::vector<numerics::Term> terms;
  for (std::size_t k = 0; k < names.size(); ++k) terms.push_back({dependency.factors[k], names[k]});
  const std::string name = coefficient_name(protocol, dependency.column);
  if (!is_fixed(protocol)) return name + " = " + (terms.empty() ? "0" : numerics::sum_text(terms));
  const std::string level = name + " = a level of each key";
  if (terms.empty()) return level;
  const std::string sum = numerics::sum_text(terms);
  return sum[0] == '-' ? level + " - " + sum.substr(1) : level + " + " + sum;
}

void write_report(const Protocol& protocol, Report& out) {
  out.text("equation", equation_of(protocol));
  out.text("effects", kEffects[static_cast<std::size_t>(protocol.fit.effects)]);
  out.text("covariance", kCovariances[static_cast<std::size_t>(protocol.fit.covariance)]);
  write_panel_scalars(protocol, out);
  out.table(table_of_coefficients(protocol));
  if (is_fixed(protocol)) out.table(table_of_effects(protocol));
  warn_of_columns(protocol, out);
  const bool nothing_to_test = warn_of_degrees(protocol, out);
  if (!nothing_to_test) warn_of_clusters(protocol, out);
  warn_of_single_rows(protocol, out);
  if (!nothing_to_test) warn_of_slopes(protocol, out);
  warn_of_shares(protocol, out);
}

}  // namespace steppe::panel
