// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression on the logarithm or a Box-Cox power of its target, whatever its estimator: the
// target taken to the scale of the fit, and forecasts taken back. What the transforms are:
// target_transform.hpp. A fit that knows nothing of them gets one by transformed_fit.hpp.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "steppe/numerics/linear_settings.hpp"
#include "steppe/numerics/target_transform.hpp"
#include "steppe/regression.hpp"

namespace steppe::numerics {

// The scale of a fit.
struct TargetScale {
  TargetTransform transform;
  bool lambda_estimated = false;
  bool lambda_at_limit = false;
  bool mean_point = false;  // the point forecast is the mean, else the median
  std::string target_name;

  bool changes() const { return transform.changes(); }
  // "grp", "ln(grp)", "(grp^0.5 - 1) / 0.5": what the fit explains.
  std::string text() const;
};

// The first row of a target that has no logarithm or power (domain_error, N6).
std::optional<Error> find_untransformable(const LinearSettings& settings,
                                          const RegressionData& data);

// The scale that the settings ask for and the target on it (empty for its own). A lambda that is
// not given is that of least squares on `problem`, see estimate_box_cox.
struct ScaledTarget {
  TargetScale scale;
  std::vector<double> values;
};
Result<ScaledTarget> scale_target(const LinearSettings& settings,
                                  const LeastSquaresProblem& problem);

// One row on the scale of the fit.
struct FitScaleForecast {
  double mean = 0.0;
  double se_mean = 0.0;
  double se_prediction = 0.0;
};

// Where the forecast on the scale of the target is no number (N7), or has no mean (N1).
std::optional<Error> find_no_number(const TargetScale& scale, const FitScaleForecast& at,
                                    std::size_t row);

// Mean and standard errors of a row, taken back; an error too large for a number is undefined.
void write_point(const TargetScale& scale, const FitScaleForecast& at, std::size_t row,
                 const RegressionForecast& out);

// Transform, point and lambda, of a scale that changes; a lambda at the end of the range searched.
void write_scale(const TargetScale& scale, Report& out);
void warn_of_lambda(const TargetScale& scale, Report& out);

// R squared about the mean of the target, on its own scale; undefined for a constant target.
double original_r_squared(VectorView target, VectorView weights, const std::vector<double>& fitted);

}  // namespace steppe::numerics
