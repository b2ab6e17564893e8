// SPDX-License-Identifier: Apache-2.0
#include "ridge_report.hpp"

#include <cmath>

#include "steppe/numerics/equation.hpp"

namespace steppe::ridge {
namespace {

using numerics::number_text;
using numerics::RidgeChoice;

std::string choice_text(const numerics::RidgeFit& fit) {
  switch (fit.choice) {
    case RidgeChoice::kGiven:
      return "given";
    case RidgeChoice::kMinimum:
      return "minimises generalised cross-validation, " + number_text(fit.gcv);
    case RidgeChoice::kExact:
      return "none is needed: the data lie on a plane, which least squares finds";
    case RidgeChoice::kLargest:
      return "the largest tried: generalised cross-validation falls up to it";
    case RidgeChoice::kSmallest:
      return "the smallest tried: generalised cross-validation falls down to it";
  }
  return {};
}

void write_scalars(const numerics::RidgeFit& fit, Report& out) {
  const double n = static_cast<double>(fit.observations);
  out.scalar("penalty", fit.penalty);
  out.scalar("degrees_of_freedom", fit.degrees_of_freedom, "1");
  out.scalar("residual_degrees_of_freedom", fit.residual_dof, "1");
  out.scalar("gcv", fit.gcv);
  out.scalar("r_squared", fit.total_ss > 0.0 ? 1.0 - fit.residual_ss / fit.total_ss : kUndefined,
             "1");
  out.scalar("standard_error", std::sqrt(fit.residual_variance));
  out.scalar("observations", n, "observations");
}

Table coefficient_table(const Protocol& protocol) {
  const numerics::RidgeFit& fit = protocol.fit;
  Table table{.name = "coefficients", .columns = {"estimate", "standard_error", "scaled"}};
  const std::size_t q = fit.coefficients.size();
  const std::size_t first = fit.intercept ? 1 : 0;
  for (std::size_t b = 0; b < q; ++b) {
    const bool constant = b < first;
    table.add_row(constant ? "intercept" : protocol.names.regressors[b - first],
                  {fit.coefficients[b], std::sqrt(fit.covariance[b * q + b]),
                   constant ? kUndefined : fit.penalized[b - first]});
  }
  return table;
}

// Two penalties per decade, and the one that was used.
Table penalty_table(const numerics::RidgeFit& fit) {
  constexpr std::size_t kEvery = 4;
  Table table{.name = "penalties",
              .columns = {"penalty", "degrees_of_freedom", "residual_ss", "gcv", "used"}};
  const auto add = [&](const numerics::RidgeCandidate& c, double used) {
    table.values.insert(table.values.end(),
                        {c.penalty, c.degrees_of_freedom, c.residual_ss, c.gcv, used});
  };
  const numerics::RidgeCandidate own{fit.penalty, fit.degrees_of_freedom, fit.residual_ss, fit.gcv};
  bool written = false;
  for (std::size_t i = 0; i < fit.candidates.size(); i += kEvery) {
    if (!written && fit.candidates[i].penalty <= own.penalty) {
      add(own, 1.0);
      written = true;
      if (fit.candidates[i].penalty == own.penalty) continue;
    }
    add(fit.candidates[i], 0.0);
  }
  if (!written) add(own, 1.0);
  return table;
}

void warn_of_choice(const numerics::RidgeFit& fit, Report& out) {
  if (fit.constant_target || fit.dimensions == 0) return;
  if (fit.choice == RidgeChoice::kLargest)
    out.warning("largest_penalty",
                "generalised cross-validation prefers ever larger penalties: the regressors do not "
                "help, and the forecast is nearly constant");
  if (fit.choice == RidgeChoice::kSmallest)
    out.warning("smallest_penalty",
                "generalised cross-validation prefers ever smaller penalties: the fit follows the "
                "data nearly everywhere; give a penalty if that is not what they deserve");
}

}  // namespace

void write_report(const Protocol& protocol, Report& out) {
  const numerics::RidgeFit& fit = protocol.fit;
  out.text("equation",
           numerics::penalized_equation(protocol.names, fit.intercept, fit.coefficients));
  out.text("penalty_choice", choice_text(fit));
  write_scalars(fit, out);
  out.table(coefficient_table(protocol));
  if (!fit.constant_target) out.table(penalty_table(fit));
  numerics::warn_of_penalized(protocol.names,
                              {.observations = fit.observations,
                               .constant_columns = fit.constant_columns,
                               .dependent_columns = fit.dependent_columns,
                               .constant_target = fit.constant_target,
                               .exact = fit.exact,
                               .residual_dof = fit.residual_dof},
                              out);
  warn_of_choice(fit, out);
  if (fit.penalty > 0.0 && fit.dimensions > 0)
    out.warning("shrinkage_bias",
                "coefficients are drawn towards zero on purpose: standard errors and intervals "
                "leave this bias out, so intervals may hold the truth less often than they say");
}

}  // namespace steppe::ridge
