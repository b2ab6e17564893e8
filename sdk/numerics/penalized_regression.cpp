// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/penalized_regression.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {
namespace {

constexpr double kFewPenalizedDof = 5.0;

Error penalized_row_error(ErrorKind kind, std::size_t row, std::string message,
                          std::string fault = {}) {
  return {kind, std::move(message), "row " + std::to_string(row + 1), std::move(fault)};
}

// Appended piece by piece: g++ 12 sees an overlap in "\"" + std::string (-Wrestrict).
std::string in_quotes(const std::string& name) {
  std::string text;
  text += '"';
  text += name;
  text += '"';
  return text;
}

std::optional<Error> find_bad_value(const PenalizedNames& names, const MatrixView& regressors,
                                    std::size_t row) {
  for (std::size_t j = 0; j < regressors.columns(); ++j) {
    if (!regressors.present(row, j))
      return penalized_row_error(ErrorKind::kInvalidData, row,
                                 in_quotes(names.regressors[j]) + " is missing");
    if (!std::isfinite(regressors(row, j)))
      return penalized_row_error(ErrorKind::kInvalidData, row,
                                 in_quotes(names.regressors[j]) + " is not a finite number");
  }
  return std::nullopt;
}

void write_penalized_row(const PenalizedForecast& forecast, const PenalizedValue& value,
                         std::size_t row, std::span<const double> t,
                         const RegressionForecast& out) {
  const double deviation = std::sqrt(forecast.residual_variance);
  const double se_mean =
      forecast.errors_of_mean ? deviation * std::sqrt(value.variance_factor) : kUndefined;
  const double se_prediction = deviation * std::sqrt(1.0 + value.variance_factor);
  if (out.mean.wanted()) out.mean(row, 0) = value.mean;
  if (out.se_mean.wanted()) out.se_mean(row, 0) = se_mean;
  if (out.se_prediction.wanted()) out.se_prediction(row, 0) = se_prediction;
  if (out.degrees_of_freedom.wanted())
    out.degrees_of_freedom(row, 0) =
        forecast.residual_dof > 0.0 ? forecast.residual_dof : kUndefined;
  for (std::size_t k = 0; k < t.size(); ++k) {
    if (out.mean_quantiles.wanted()) out.mean_quantiles(k, row) = value.mean + t[k] * se_mean;
    if (out.prediction_quantiles.wanted())
      out.prediction_quantiles(k, row) = value.mean + t[k] * se_prediction;
  }
}

}  // namespace

std::optional<Error> find_penalized_problem(const char* id, bool intercept,
                                            const RegressionData& data) {
  if (!data.weights.empty())
    return Error{
        ErrorKind::kNotSupported, std::string(id) + " has no weights; remove them", {}, {}};
  for (const std::string& name : data.regressor_names)
    if (intercept && name == "intercept")
      return Error{ErrorKind::kInvalidConfig,
                   "a regressor is named \"intercept\", the name of the constant term; rename it "
                   "or set \"intercept\": false",
                   {},
                   {}};
  if (data.target.size() < kLeastPenalizedRows)
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(data.target.size()) + " observations; at least " +
                     std::to_string(kLeastPenalizedRows) + " are needed",
                 {},
                 "N1"};
  return std::nullopt;
}

std::vector<std::string> quoted_names(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names) out.push_back(in_quotes(name));
  return out;
}

std::string list_text(const PenalizedNames& names, std::span<const std::size_t> columns) {
  constexpr std::size_t kMost = 6;
  const std::size_t shown = columns.size() > kMost ? kMost - 1 : columns.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == columns.size() ? " and " : ", ";
    text += in_quotes(names.regressors[columns[i]]);
  }
  if (shown < columns.size()) text += " and " + std::to_string(columns.size() - shown) + " others";
  return text;
}

std::string penalized_equation(const PenalizedNames& names, bool intercept,
                               std::span<const double> coefficients) {
  std::vector<Term> terms;
  for (std::size_t b = 0; b < coefficients.size(); ++b) {
    const bool constant = intercept && b == 0;
    if (coefficients[b] == 0.0 && !constant) continue;
    const std::size_t regressor = b - (intercept && !constant ? 1 : 0);
    terms.push_back({coefficients[b], constant ? std::string_view() : names.regressors[regressor]});
  }
  return names.target + " = " + (terms.empty() ? "0" : sum_text(terms));
}

std::string rounded_text(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

Result<void> predict_penalized(const PenalizedForecast& forecast, const PenalizedNames& names,
                               const MatrixView& regressors, const VectorView& probabilities,
                               const RegressionForecast& out) {
  std::vector<double> t;
  for (std::size_t k = 0; k < probabilities.size(); ++k)
    t.push_back(student_t_quantile(probabilities[k], forecast.residual_dof));
  for (std::size_t row = 0; row < regressors.rows(); ++row) {
    if (auto error = find_bad_value(names, regressors, row)) return *std::move(error);
    const PenalizedValue value = forecast.evaluate(
        {regressors.data() + static_cast<std::ptrdiff_t>(row) * regressors.row_stride(),
         regressors.columns(), regressors.column_stride()});
    if (!std::isfinite(value.mean) || !std::isfinite(value.variance_factor))
      return penalized_row_error(ErrorKind::kDomainError, row,
                                 "the forecast is too large for a number", "N7");
    write_penalized_row(forecast, value, row, t, out);
  }
  return {};
}

void warn_of_penalized(const PenalizedNames& names, const PenalizedState& state, Report& out) {
  const std::size_t p = names.regressors.size();
  if (!state.constant_columns.empty())
    out.warning("constant_column", list_text(names, state.constant_columns) +
                                       " never changed: nothing is known of its effect, and its "
                                       "coefficient is 0");
  if (!state.dependent_columns.empty())
    out.warning("dependent_columns",
                list_text(names, state.dependent_columns) +
                    " depend on one another: the data do not tell their effects apart, the penalty "
                    "does; forecasts are sound for rows that keep the dependency");
  if (p >= state.observations)
    out.warning("more_columns_than_rows",
                std::to_string(p) + " regressors for " + std::to_string(state.observations) +
                    " observations: the data do not tell their effects apart, the penalty does");
  if (p == state.constant_columns.size())
    out.warning("no_regressor_left",
                "no regressor can have a coefficient: the forecast is constant");
  if (state.constant_target) {
    out.warning("constant_target",
                in_quotes(names.target) +
                    " never changes: every coefficient is 0, R squared and the criteria are "
                    "undefined");
    return;
  }
  if (state.residual_dof == 0.0) {
    out.warning("saturated_fit",
                "no residual degree of freedom is left: there is no error variance, and forecasts "
                "have no interval; a larger penalty leaves some");
    return;
  }
  if (state.exact)
    out.warning("exact_fit",
                "the residuals are no larger than the rounding of the data: standard errors are 0; "
                "check that the target is not computed from the regressors");
  if (state.residual_dof < kFewPenalizedDof)
    out.warning("few_degrees_of_freedom", "only " + rounded_text(state.residual_dof) +
                                              " residual degrees of freedom: intervals are wide");
}

}  // namespace steppe::numerics
