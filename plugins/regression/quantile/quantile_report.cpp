// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "quantile_protocol.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::quantile {
namespace {

constexpr std::size_t kManyRows = 10000;  // from here on no table with a row for each observation

std::string short_number(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

Table observation_rows(const Protocol& protocol) {
  Table table{.name = "observations", .columns = {"fitted", "residual", "side"}};
  const auto& fit = protocol.linear.fit;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    const double r = fit.residuals[i];
    const bool on_fit = std::abs(r) <= protocol.fit.design.rounding[i];
    table.values.insert(table.values.end(), {fit.fitted[i], r,
                                             on_fit    ? 0.0
                                             : r > 0.0 ? 1.0
                                                       : -1.0});
  }
  return table;
}

void write_numbers(const Protocol& protocol, Report& out) {
  const numerics::QuantileFit& fit = protocol.fit;
  const auto& linear = protocol.linear;
  const auto count = [](std::size_t value) { return static_cast<double>(value); };
  out.scalar("quantile", fit.quantile, "1");
  out.scalar("r1", fit.r1, "1");
  out.scalar("objective", fit.objective);
  out.scalar("observations", count(linear.fit.observations), "observations");
  out.scalar("rank", count(linear.fit.rank), "1");
  out.scalar("residual_degrees_of_freedom", linear.inference.residual_dof, "1");
  out.scalar("below_fit", count(fit.below), "observations");
  out.scalar("on_fit", count(fit.on_fit.size()), "observations");
  out.scalar("above_fit", count(fit.design.rows - fit.below - fit.on_fit.size()), "observations");
  out.scalar("subgradient_excess", fit.excess, "1");
  out.scalar("iterations", count(fit.iterations), "1");
  out.scalar("bandwidth", protocol.errors.bandwidth, "1");
  if (protocol.kind == numerics::QuantileErrorKind::kIid)
    out.scalar("sparsity", protocol.errors.sparsity);
  out.scalar("condition_number", linear.fit.condition_number, "1");
}

// One of these takes the stage.
void warn_of_quantile_fit(const Protocol& protocol, Report& out) {
  if (protocol.linear.inference.residual_dof == 0.0)
    out.warning("saturated_fit",
                "as many coefficients as observations: the fit passes through every point whatever "
                "the data, so standard errors, t and p are undefined and forecasts have no "
                "interval");
  else if (protocol.linear.inference.constant_target)
    out.warning("constant_target",
                "the target never changes: its quantiles are all the same, and "
                "R1, standard errors, t and p are undefined");
  else if (protocol.fit.exact)
    out.warning("exact_fit",
                "the residuals are no larger than the rounding of the data: every quantile has "
                "this fit, standard errors, t and p are undefined");
  else if (!protocol.errors.defined)
    out.warning("no_standard_errors",
                "too few rows near the fit, or fits beside it that cross, leave no density of the "
                "errors: standard errors, t and p are undefined");
}

void warn_of_quantiles(const Protocol& protocol, Report& out) {
  const numerics::QuantileFit& fit = protocol.fit;
  if (!fit.unique && !fit.exact)
    out.warning("several_solutions",
                "other coefficients may fit as well: the ones given are those of a quantile a "
                "trifle lower than " +
                    numerics::number_text(fit.quantile));
  if (protocol.errors.crossed > 0)
    out.warning("crossed_densities",
                "the fits on both sides that give the density cross in " +
                    std::to_string(protocol.errors.crossed) +
                    " rows, which are left out of the standard errors: try standard_errors "
                    "\"iid\"");
  const auto n = static_cast<double>(fit.design.rows);
  const double covered = 1.0 - 2.0 * static_cast<double>(fit.design.rank) / n;
  constexpr double kUsualCoverage = 0.95;
  if (fit.exact || covered >= kUsualCoverage) return;
  const std::string wide =
      covered > 0.0 ? "of more than " + short_number(100.0 * covered) + " %" : "of any coverage";
  out.warning("extreme_quantiles",
              "the limits of a forecast interval are fits of their own; with " +
                  std::to_string(fit.design.rows) + " rows for " + std::to_string(fit.design.rank) +
                  " coefficients intervals " + wide +
                  " have fewer rows beyond a limit than coefficients, and are too narrow");
}

}  // namespace

void write_report(const Protocol& protocol, Report& out) {
  out.text("equation", "quantile " + numerics::number_text(protocol.fit.quantile) + " of " +
                           numerics::equation_text(protocol.linear));
  write_numbers(protocol, out);
  out.table(numerics::coefficient_table(protocol.linear));
  if (protocol.fit.design.rows < kManyRows) out.table(observation_rows(protocol));
  numerics::warn_of_design(protocol.linear, out);
  warn_of_quantile_fit(protocol, out);
  warn_of_quantiles(protocol, out);
  numerics::warn_of_coefficients(protocol.linear, out);
}

}  // namespace steppe::quantile
