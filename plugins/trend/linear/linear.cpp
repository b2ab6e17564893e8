// SPDX-License-Identifier: Apache-2.0

// Linear trend.
//
// Model        y = a + b t + e; t the time, e independent with one variance.
// Estimates    a and b by least squares on y. With the option `intercept`, a is fixed and only b is
//              estimated.
// Inputs       a block of m series at n times; y any finite numbers, in any unit.
// Outputs      mean a + b t; prediction intervals with Student's t on n - 2 degrees of freedom
//              (n - 1 with a fixed intercept); equation, parameters, statistics; all in the unit
//              of y, b per unit of t.
// Assumptions  the residuals are uncorrelated, of equal variance and, for intervals, normal.
// Degenerate   constant y: b is exactly 0, R squared undefined, warning constant_series. Data on a
//              line: warning exact_fit. n - p <= 2: warning saturated_fit. Subnormal or 1e300-sized
//              data: fitted in multiples of a power of two.
// Errors       insufficient_data for n <= 2 (n <= 1 with a fixed intercept), invalid_data for a
//              missing or infinite value, rank_deficient for times that rounding cannot tell apart.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections
//              7.1, 7.2 and 7.6. No departure.

#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

std::string equation(std::span<const double> p) {
  const numerics::Term terms[] = {{p[0], ""}, {p[1], "t"}};
  return "y = " + numerics::sum_text(terms);
}

class LinearTrend {
 public:
  using BlockFit = numerics::LinearTrendFit;

  static constexpr steppe::ComponentInfo kInfo{"trend.linear", "1.0.0",
                                               "A straight line through time: y = a + b t"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "intercept",
       .type = steppe::OptionType::kDouble,
       .help = "Value of a, the curve at t = 0, fixed instead of estimated."},
  };
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"handles_gaps"},       {"minimum_observations", 3},
      {"deterministic"},     {"concurrent_predict"}, {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}};

  explicit LinearTrend(const steppe::Arguments& arguments) {
    form_.noun = "a linear trend";
    form_.equation = equation;
    if (arguments.has("intercept")) form_.intercept = arguments.number("intercept");
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

STEPPE_PLUGIN(LinearTrend);
