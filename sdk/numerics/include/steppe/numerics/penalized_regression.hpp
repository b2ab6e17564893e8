// SPDX-License-Identifier: Apache-2.0
#pragma once

// What plugins with a penalised regression share: rows of the option table, refusals, the forecast
// of new rows, equation and warnings. The estimates are those of ridge.hpp and elastic_net.hpp.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "steppe/regression.hpp"

namespace steppe::numerics {

inline constexpr Option kPenalizedIntercept = {.name = "intercept",
                                               .type = OptionType::kBool,
                                               .help = "Add a constant term; it is not penalised",
                                               .default_bool = true};
inline constexpr Option kStandardize = {
    .name = "standardize",
    .type = OptionType::kBool,
    .help = "Penalise the coefficients of columns divided by their standard deviation",
    .default_bool = true};

// Observations without which neither coefficients nor their penalty can be judged.
constexpr std::size_t kLeastPenalizedRows = 3;

// What the data are called.
struct PenalizedNames {
  std::vector<std::string> regressors;
  std::string target;
};

// Fewer than kLeastPenalizedRows rows (N1), weights, a regressor named like the constant term.
std::optional<Error> find_penalized_problem(const char* id, bool intercept,
                                            const RegressionData& data);

// "\"a\"" for each name: columns in messages.
std::vector<std::string> quoted_names(const std::vector<std::string>& names);
// "\"a\", \"b\" and \"c\""; of more than six the first five and their number.
std::string list_text(const PenalizedNames& names, std::span<const std::size_t> columns);
// "y = 2.5 + 2 x - 3 z", without coefficients that are 0.
std::string penalized_equation(const PenalizedNames& names, bool intercept,
                               std::span<const double> coefficients);
// Three significant digits, for warnings.
std::string rounded_text(double value);

// Mean at a row, and its variance in units of the residual variance.
struct PenalizedValue {
  double mean = 0.0;
  double variance_factor = 0.0;
};

struct PenalizedForecast {
  double residual_variance = kUndefined;
  double residual_dof = 0.0;   // of Student t
  bool errors_of_mean = true;  // else standard error and quantiles of the mean are undefined
  std::function<PenalizedValue(VectorView)> evaluate;
};

// Errors: invalid_data for values that are missing or not finite, domain_error (N7).
Result<void> predict_penalized(const PenalizedForecast& forecast, const PenalizedNames& names,
                               const MatrixView& regressors, const VectorView& probabilities,
                               const RegressionForecast& out);

// The numbers that decide about warnings.
struct PenalizedState {
  std::size_t observations = 0;
  std::span<const std::size_t> constant_columns;
  std::span<const std::size_t> dependent_columns;
  bool constant_target = false;
  bool exact = false;
  double residual_dof = 0.0;
};
void warn_of_penalized(const PenalizedNames& names, const PenalizedState& state, Report& out);

}  // namespace steppe::numerics
