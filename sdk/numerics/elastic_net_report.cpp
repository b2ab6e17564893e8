// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "steppe/numerics/elastic_net_regression.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {

std::string ElasticNetRegressionFit::choice_text() const {
  if (select_.empty()) return "given";
  if (fit_.path.empty()) return "none is needed: no regressor is correlated with the target";
  const double criterion = fit_.path[fit_.chosen].criterion;
  if (std::isnan(criterion))
    return "the largest tried, without coefficients: " + select_ + " is defined nowhere";
  const std::string tried = " of " + std::to_string(fit_.path.size()) + " tried";
  if (select_ != "cv") return "the least " + select_ + tried + ", " + number_text(criterion);
  const std::string error =
      ", mean squared error " + number_text(criterion) + " in " + std::to_string(folds_) + " folds";
  return one_standard_error_
             ? "the largest within one standard error of the least error" + tried + error
             : "the least error" + tried + error;
}

Table ElasticNetRegressionFit::coefficient_table() const {
  Table table{.name = "coefficients", .columns = {"estimate", "scaled"}};
  if (fit_.intercept) table.add_row("intercept", {fit_.coefficients[0], kUndefined});
  const std::size_t first = fit_.intercept ? 1 : 0;
  for (std::size_t j = 0; j < names_.regressors.size(); ++j)
    table.add_row(names_.regressors[j], {fit_.coefficients[first + j], fit_.penalized[j]});
  return table;
}

Table ElasticNetRegressionFit::path_table() const {
  Table table{.name = "path",
              .columns = {"penalty", "nonzero", "degrees_of_freedom", "residual_ss", "criterion",
                          "criterion_error", "used"}};
  for (std::size_t i = 0; i < fit_.path.size(); ++i) {
    const PathPoint& point = fit_.path[i];
    table.values.insert(
        table.values.end(),
        {point.penalty, static_cast<double>(point.nonzero), point.degrees_of_freedom,
         point.residual_ss, point.criterion, point.criterion_error, i == fit_.chosen ? 1.0 : 0.0});
  }
  return table;
}

void ElasticNetRegressionFit::warn(Report& out) const {
  warn_of_penalized(names_,
                    {.observations = fit_.observations,
                     .constant_columns = fit_.constant_columns,
                     .dependent_columns = fit_.dependent_columns,
                     .constant_target = fit_.constant_target,
                     .exact = fit_.exact,
                     .residual_dof = fit_.residual_dof},
                    out);
  if (!fit_.exchangeable.empty())
    out.warning("not_unique", "coefficients of " + list_text(names_, fit_.exchangeable) +
                                  " could be shared out otherwise with the same fitted values");
  const bool any_column = names_.regressors.size() > fit_.constant_columns.size();
  if (any_column && fit_.nonzero == 0 && !fit_.constant_target)
    out.warning("no_coefficient",
                "no regressor has a coefficient: the forecast is the same for every row");
  if (!select_.empty() && fit_.path.size() > 1 && fit_.chosen + 1 == fit_.path.size())
    out.warning("end_of_path",
                "the smallest penalty tried was chosen: a smaller one might do better; set "
                "\"path_ratio\" lower, or use regression.ols");
  if (!select_.empty() && select_ != "cv" && fit_.observations <= names_.regressors.size())
    out.warning("criterion_without_a_full_model",
                "with as many regressors as observations an information criterion trusts small "
                "residuals too much; \"select\": \"cv\" does not");
  out.warning("selection_ignored",
              "intervals take the regressors with a coefficient as chosen beforehand and leave out "
              "the bias of shrinkage, so they may hold the truth less often than they say; for the "
              "same reason there are no intervals of the mean and no standard errors of "
              "coefficients");
}

void ElasticNetRegressionFit::report(Report& out) const {
  out.text("equation", penalized_equation(names_, fit_.intercept, fit_.coefficients));
  out.text("penalty_choice", choice_text());
  out.scalar("penalty", fit_.penalty);
  out.scalar("mix", fit_.mix, "1");
  out.scalar("nonzero", static_cast<double>(fit_.nonzero), "1");
  out.scalar("degrees_of_freedom", fit_.degrees_of_freedom, "1");
  out.scalar("residual_degrees_of_freedom", fit_.residual_dof, "1");
  out.scalar("r_squared", fit_.total_ss > 0.0 ? 1.0 - fit_.residual_ss / fit_.total_ss : kUndefined,
             "1");
  out.scalar("standard_error", std::sqrt(fit_.residual_variance));
  out.scalar("observations", static_cast<double>(fit_.observations), "observations");
  out.scalar("optimality", fit_.optimality, "1");
  out.table(coefficient_table());
  if (!fit_.path.empty()) out.table(path_table());
  warn(out);
}

}  // namespace steppe::numerics
