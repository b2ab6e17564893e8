// SPDX-License-Identifier: Apache-2.0
#pragma once

// The protocol of a linear regression: its numbers and how they are reported. What every linear
// plugin says of a fit is said here once: scalars, tables, equation and warnings. Computes nothing.
//
// A plugin whose estimates are not least squares fills the members that it has and calls the parts
// that suit it (a ridge regression has no t, so it writes its own table of coefficients).

#include <cstdint>
#include <string>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"
#include "steppe/numerics/sandwich.hpp"
#include "steppe/numerics/target_scale.hpp"
#include "steppe/report.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::numerics {

// Fit and inference are on the scale of the transform, but the likelihood and its criteria are
// those of the target itself.
struct LinearProtocol : TargetScale {
  LeastSquaresFit fit;
  LinearInference inference;
  std::vector<std::string> regressor_names;  // as many as columns of the design
  double coverage = 0.95;                    // of the limits of the coefficients

  // The weights of the fit ran from .. to; 0 and 0 without weights.
  double least_weight = 0.0;
  double largest_weight = 0.0;

  // Other than classical: what stands in `inference` instead, see sandwich.hpp.
  CovarianceKind covariance = CovarianceKind::kClassical;
  std::size_t covariance_lag = 0;
  std::vector<double> filling;

  // Of a transformed target.
  std::vector<double> fitted_original;  // n, on the scale of the target; empty without a transform
  double r_squared_original = 0.0;      // about the mean of the target

  bool is_weighted() const { return largest_weight > 0.0; }
};

// Everything, in the order of the parts below; the table of observations where there is one.
void write_protocol(const LinearProtocol& protocol, Report& out);

// "y = 2.5 + 2 x - 3 z", without the dropped columns.
std::string equation_text(const LinearProtocol& protocol);
void write_scalars(const LinearProtocol& protocol, Report& out);
Table anova_table(const LinearInference& inference);
// Kind and lag of a covariance other than classical, the transform with what belongs to it.
void write_settings(const LinearProtocol& protocol, Report& out);
Table coefficient_table(const LinearProtocol& protocol);
Table observation_table(const LinearProtocol& protocol);
// Dropped columns, a design without regressors, a high condition number.
void warn_of_design(const LinearProtocol& protocol, Report& out);
// A saturated or exact fit, a constant target, few degrees of freedom.
void warn_of_fit(const LinearProtocol& protocol, Report& out);
// Coefficients that may well be zero, the intercept not counted.
void warn_of_coefficients(const LinearProtocol& protocol, Report& out);
// What a transform, another covariance or weights change in how the numbers are read.
void warn_of_settings(const LinearProtocol& protocol, Report& out);
// Rows that decide a coefficient alone.
void warn_of_leverage(const LinearProtocol& protocol, Report& out);

// "intercept", the name of the regressor, or "x^2" for a power of it.
std::string coefficient_name(const LinearProtocol& protocol, std::size_t coefficient);

// "total = 1 mining + 1 oil"
std::string dependency_text(const LinearProtocol& protocol, const DependentColumn& dependency);

// 0.95 -> "95", 0.995 -> "99.5": the ends of column names such as lower_95.
std::string percent_text(double coverage);

// A protocol as bytes: every number, in the order of the list of fields in
// saved_linear_protocol.cpp; vectors with their length before them, an extended number as two. What
// is undefined in a protocol may be NaN in the bytes; sizes and indices must fit one another.
// Schema 1 had neither weights nor another covariance nor a transform, and is still read.
constexpr std::uint32_t kLinearProtocolSchema = 2;
constexpr std::uint32_t kLinearProtocolSchemaMin = 1;

void save(const LinearProtocol& protocol, Writer& writer);
Result<LinearProtocol> load_linear_protocol(Reader& reader,
                                            std::uint32_t schema = kLinearProtocolSchema);

}  // namespace steppe::numerics
