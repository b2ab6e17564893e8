// SPDX-License-Identifier: Apache-2.0

// Power trend.
//
// Model        y = a t^b e^u, so ln y = ln a + b ln(t) + u; t the time, above 0 (t = 1 for the
// first
//              observation), u independent with one variance.
// Estimates    ln a and b by least squares on ln y, as a spreadsheet's trendline does: this weighs
//              relative errors, and is not the least squares fit to y.
// Inputs       a block of m series at n times t > 0; y > 0, in any unit.
// Outputs      point forecast a t^b (the median of y), or that times exp(v/2) (its mean) with
//              point = "mean"; intervals of ln y, Student's t on n - 2 degrees of freedom,
//              transformed; equation, parameters, statistics. a in the unit of y, b a pure number.
//              Standard error of a by the delta method (a times that of ln a), its limits by exp.
// Assumptions  ln y has uncorrelated residuals of equal variance and, for intervals, normal.
// Degenerate   constant y: b is exactly 0, R squared undefined, warning constant_series. Data on
//              the curve: warning exact_fit. n - p <= 2: warning saturated_fit. A forecast beyond
//              the range of double is +inf, which the host reports as overflow. Subnormal or
//              1e300-sized data: fitted in multiples of a power of two. Always: warning
//              ln_scale_fit.
// Errors       insufficient_data for n <= 2, domain_error for y <= 0 or t <= 0 (first such row
//              named), invalid_data for a missing or infinite value or a range over 300 decades.
// Cost         O(n) per series to fit, one ln and one exp per observation; O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections
//              5.6 (transformations, bias adjustment) and 7.7 (log-log form). Departure: the bias
//              adjustment is the lognormal's exp(v/2), not its first-order form 1 + v/2.

#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

constexpr const char* kPoints[] = {"median", "mean"};

std::string equation(std::span<const double> p) {
  const std::string exponent = numerics::number_text(p[1]);
  std::string text = "y = " + numerics::number_text(p[0]) + " t^";
  return p[1] < 0 ? text.append("(").append(exponent).append(")") : text.append(exponent);
}

class PowerTrend {
 public:
  using BlockFit = numerics::LinearTrendFit;

  static constexpr steppe::ComponentInfo kInfo{
      "trend.power", "1.0.0", "Constant elasticity in time: y = a t^b, fitted on ln y"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "point",
       .type = steppe::OptionType::kString,
       .help =
           "What the point forecast is: the median, as a spreadsheet has it, or the mean, which "
           "is larger by the factor exp(v/2), v the variance of the forecast of ln y.",
       .default_string = "median",
       .choices = kPoints},
  };
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},          {"handles_gaps"},      {"minimum_observations", 3}, {"deterministic"},
      {"concurrent_predict"}, {"scale_equivariant"}, {"multiplicative_errors"}};

  explicit PowerTrend(const steppe::Arguments& arguments) {
    form_.noun = "a power trend";
    form_.ln_time = true;
    form_.ln_scale = true;
    form_.mean_point = arguments.string("point", "median") == "mean";
    form_.equation = equation;
  }

  steppe::Result<std::unique_ptr<BlockFit>> fit_block(const steppe::TrendBlock& block,
                                                      const steppe::Host& host) const {
    return numerics::fit_linear_trend(form_, block, host);
  }

  static constexpr std::uint32_t kSavedSchema = numerics::kLinearTrendSchema;
  steppe::Result<std::unique_ptr<BlockFit>> load(std::uint32_t, steppe::Reader& reader) const {
    return BlockFit::load(form_, reader);
  }

 private:
  numerics::LinearTrendForm form_;
};

}  // namespace

STEPPE_PLUGIN(PowerTrend);
