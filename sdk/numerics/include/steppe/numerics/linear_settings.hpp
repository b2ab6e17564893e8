// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options that linear regressions share, written once: rows for a plugin's option table, and
// what they say.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "steppe/numerics/sandwich.hpp"
#include "steppe/numerics/target_transform.hpp"
#include "steppe/options.hpp"
#include "steppe/result.hpp"

namespace steppe::numerics {

inline constexpr Option kInterceptOption = {.name = "intercept",
                                            .type = OptionType::kBool,
                                            .help = "Add a constant term to the regressors",
                                            .default_bool = true};
inline constexpr Option kCoverageOption = {
    .name = "coverage",
    .type = OptionType::kDouble,
    .help = "Probability that the limits of a coefficient hold it",
    .unit = "1",
    .default_double = 0.95,
    .minimum = 0.0,
    .maximum = 1.0,
    .exclusive_minimum = true,
    .exclusive_maximum = true};

inline constexpr Option kDegreesOption = {
    .name = "degrees",
    .type = OptionType::kInt64List,
    .help = "Degree of the polynomial in each regressor; absent: 1 for all",
    .unit = "1",
    .minimum = 1.0,
    .maximum = 20.0};

inline constexpr const char* kCovarianceNames[] = {"classical", "hc0", "hc1",
                                                   "hc2",       "hc3", "newey_west"};
inline constexpr Option kCovarianceOption = {
    .name = "covariance",
    .type = OptionType::kString,
    .help = "What the errors may be: of one variance, of any (hc), or correlated too (newey_west)",
    .default_string = "classical",
    .choices = kCovarianceNames};
inline constexpr Option kCovarianceLagOption = {
    .name = "covariance_lag",
    .type = OptionType::kInt64,
    .help = "Rows over which newey_west takes errors as correlated; absent: 4 (n/100)^(2/9)",
    .unit = "observations",
    .minimum = 0.0};

inline constexpr const char* kTransformNames[] = {"none", "log", "box_cox"};
inline constexpr Option kTransformOption = {
    .name = "transform",
    .type = OptionType::kString,
    .help = "Scale on which the target is fitted: its own, its logarithm, or a power of it",
    .default_string = "none",
    .choices = kTransformNames};
inline constexpr Option kBoxCoxLambdaOption = {
    .name = "box_cox_lambda",
    .type = OptionType::kDouble,
    .help = "Power of the Box-Cox transform, 0 for the logarithm; absent: by maximum likelihood",
    .unit = "1",
    .minimum = -5.0,
    .maximum = 5.0};
inline constexpr const char* kPointNames[] = {"median", "mean"};
inline constexpr Option kPointOption = {
    .name = "point",
    .type = OptionType::kString,
    .help = "What the forecast of a transformed target is: the median, or the mean",
    .default_string = "median",
    .choices = kPointNames};

// The rows of a regression by least squares.
inline constexpr std::array kLeastSquaresOptions = {
    kInterceptOption,     kCoverageOption,  kDegreesOption,      kCovarianceOption,
    kCovarianceLagOption, kTransformOption, kBoxCoxLambdaOption, kPointOption};

inline constexpr std::array kTransformOptions = {kTransformOption, kBoxCoxLambdaOption,
                                                 kPointOption};

// Rows of several lists as one table.
template <std::size_t... Sizes>
constexpr auto join_options(const std::array<Option, Sizes>&... parts) {
  std::array<Option, (Sizes + ...)> out{};
  std::size_t at = 0;
  const auto append = [&](const auto& part) {
    for (const Option& option : part) out[at++] = option;
  };
  (append(parts), ...);
  return out;
}

enum class WeightUse { kNone, kOptional, kNeeded };

// What the options say, and who asks.
struct LinearSettings {
  LinearSettings(const char* plugin_id, const Arguments& arguments);
  // The same, but refuses options that would have no effect (invalid_config).
  static Result<LinearSettings> read(const char* plugin_id, const Arguments& arguments);

  const char* id;  // "regression.ols", in messages
  WeightUse weights = WeightUse::kNone;
  bool intercept;
  double coverage;
  std::vector<int> degrees = {};  // of each regressor; empty: all 1
  CovarianceKind covariance = CovarianceKind::kClassical;
  std::optional<std::size_t> covariance_lag = {};
  TransformKind transform = TransformKind::kNone;
  std::optional<double> box_cox_lambda = {};
  // Who set box_cox_lambda estimated it, and whether the likelihood still rose there.
  std::optional<bool> lambda_estimate_at_limit = {};
  bool mean_point = false;
};

}  // namespace steppe::numerics
