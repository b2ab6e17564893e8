// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <string>

#include "gls_ar_protocol.hpp"

namespace steppe::gls_ar {
namespace {

constexpr double kNearUnitRoot = 0.95;

std::string rounded(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

// The protocol of the transformed rows in the form that the shared parts take.
numerics::LinearProtocol transformed_protocol(const Protocol& protocol) {
  numerics::LinearProtocol out = protocol.ordinary;
  out.fit.coefficients = protocol.fit.coefficients;
  out.fit.covariance = protocol.fit.covariance;
  out.inference = protocol.inference;
  return out;
}

void write_scalars_of_errors(const Protocol& protocol, Report& out) {
  const numerics::AutoregressiveFit& fit = protocol.fit;
  const numerics::LinearInference& inference = protocol.inference;
  out.scalar("rho", fit.rho, "1");
  if (!std::isnan(fit.rho_standard_error))
    out.scalar("rho_standard_error", fit.rho_standard_error, "1");
  out.scalar("iterations", static_cast<double>(fit.iterations), "1");
  out.scalar("r_squared", fit.r_squared, "1");
  out.scalar("transformed_r_squared", inference.r_squared, "1");
  out.scalar("transformed_adjusted_r_squared", inference.adjusted_r_squared, "1");
  out.scalar("standard_error", inference.residual_deviation);
  out.scalar("observations", static_cast<double>(fit.fitted.size()), "observations");
  out.scalar("rows_used", static_cast<double>(fit.rows_used), "observations");
  out.scalar("rank", static_cast<double>(fit.rank), "1");
  out.scalar("residual_degrees_of_freedom", inference.residual_dof, "1");
  out.scalar("durbin_watson_original", protocol.ordinary.inference.durbin_watson, "1");
  out.scalar("durbin_watson", inference.durbin_watson, "1");
  out.scalar("condition_number", protocol.ordinary.fit.condition_number, "1");
  out.scalar("log_likelihood", inference.log_likelihood, "1");
  out.scalar("aicc", inference.aicc, "1");
  out.scalar("bic", inference.bic, "1");
}

Table table_of_errors(const Protocol& protocol) {
  const numerics::AutoregressiveFit& fit = protocol.fit;
  Table table{.name = "observations", .columns = {"fitted", "residual", "error"}};
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    const double remembered = i == 0 || fit.exact ? 0.0 : fit.rho * fit.errors[i - 1];
    table.values.insert(table.values.end(),
                        {fit.fitted[i], fit.errors[i] - remembered, fit.errors[i]});
  }
  return table;
}

void warn_of_rho(const Protocol& protocol, Report& out) {
  const numerics::AutoregressiveFit& fit = protocol.fit;
  if (std::isnan(fit.rho))
    out.warning("rho_undefined",
                "the data lie on the regression: there are no errors whose autocorrelation could "
                "be estimated");
  if (std::abs(fit.rho) > kNearUnitRoot)
    out.warning("near_unit_root", "the errors hardly return to zero (rho = " + rounded(fit.rho) +
                                      "): levels and trends are poorly known and the intervals "
                                      "too narrow; regress the changes of the series instead");
  if (fit.other_rhos.empty() && !fit.started_elsewhere) return;
  const bool kept = fit.first_row == numerics::FirstRow::kKept;
  std::string text = "rho = " + rounded(fit.rho) + " is taken because it has the ";
  text += kept ? "largest likelihood" : "smallest sum of squares";
  if (fit.started_elsewhere) text += "; the iteration from least squares does not end there";
  for (std::size_t i = 0; i < fit.other_rhos.size(); ++i)
    text += (i == 0 ? "; the iteration also stands still at " : ", ") + rounded(fit.other_rhos[i]);
  out.warning("several_solutions", text);
}

}  // namespace

void write_report(const Protocol& protocol, Report& out) {
  const numerics::LinearProtocol shown = transformed_protocol(protocol);
  const bool kept = protocol.fit.first_row == numerics::FirstRow::kKept;
  out.text("equation", numerics::equation_text(shown));
  out.text("method", kept ? "prais_winsten" : "cochrane_orcutt");
  write_scalars_of_errors(protocol, out);
  out.table(numerics::anova_table(shown.inference));
  out.table(numerics::coefficient_table(shown));
  if (!protocol.ordinary.fit.leverages.empty()) out.table(table_of_errors(protocol));
  warn_of_rho(protocol, out);
  numerics::warn_of_design(shown, out);
  numerics::warn_of_fit(shown, out);
  numerics::warn_of_coefficients(shown, out);
}

}  // namespace steppe::gls_ar
