// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_settings.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

namespace steppe::numerics {
namespace {

// The place of a choice in its list: the order of the list is that of the enumeration.
template <typename Kind>
Kind chosen(const Arguments& arguments, const char* option, std::span<const char* const> names) {
  const std::string given = arguments.string(option, names.front());
  const auto place = std::find(names.begin(), names.end(), given);
  return static_cast<Kind>(place == names.end() ? 0 : place - names.begin());
}

Error without_effect(const char* option, const char* with) {
  return {
      ErrorKind::kInvalidConfig,
      std::string("\"") + option + "\" has no effect without " + with + "; remove it or add that",
      {},
      {}};
}

}  // namespace

LinearSettings::LinearSettings(const char* plugin_id, const Arguments& arguments)
    : id(plugin_id),
      intercept(arguments.boolean("intercept", true)),
      coverage(arguments.number("coverage", 0.95)),
      covariance(chosen<CovarianceKind>(arguments, "covariance", kCovarianceNames)),
      transform(chosen<TransformKind>(arguments, "transform", kTransformNames)),
      mean_point(arguments.string("point", "median") == "mean") {
  for (const std::int64_t degree : arguments.integers("degrees"))
    degrees.push_back(static_cast<int>(std::clamp<std::int64_t>(degree, 0, 1000)));
  if (arguments.has("covariance_lag"))
    covariance_lag = static_cast<std::size_t>(arguments.integer("covariance_lag"));
  if (arguments.has("box_cox_lambda")) box_cox_lambda = arguments.number("box_cox_lambda");
}

Result<LinearSettings> LinearSettings::read(const char* plugin_id, const Arguments& arguments) {
  LinearSettings settings(plugin_id, arguments);
  if (settings.covariance_lag && settings.covariance != CovarianceKind::kNeweyWest)
    return without_effect("covariance_lag", "\"covariance\": \"newey_west\"");
  if (settings.box_cox_lambda && settings.transform != TransformKind::kBoxCox)
    return without_effect("box_cox_lambda", "\"transform\": \"box_cox\"");
  if (settings.mean_point && settings.transform == TransformKind::kNone)
    return Error{ErrorKind::kInvalidConfig,
                 "\"point\": \"mean\" has no effect without \"transform\": mean and median of an "
                 "untransformed target are the same; remove it or add that",
                 {},
                 {}};
  return settings;
}

}  // namespace steppe::numerics
