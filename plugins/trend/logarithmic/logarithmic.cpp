// SPDX-License-Identifier: Apache-2.0

// Logarithmic trend.
//
// Model        y = a + b ln(t) + e; t the time, above 0 (t = 1 for the first observation), e
//              independent with one variance.
// Estimates    a and b by least squares on y.
// Inputs       a block of m series at n times t > 0; y any finite numbers, in any unit.
// Outputs      mean a + b ln(t); prediction intervals with Student's t on n - 2 degrees of freedom;
//              equation, parameters, statistics; a and b in the unit of y.
// Assumptions  the residuals are uncorrelated, of equal variance and, for intervals, normal.
// Degenerate   constant y: b is exactly 0, R squared undefined, warning constant_series. Data on
//              the curve: warning exact_fit. n - p <= 2: warning saturated_fit. Subnormal or
//              1e300-sized data: fitted in multiples of a power of two.
// Errors       insufficient_data for n <= 2, domain_error for a time t <= 0, invalid_data for a
//              missing or infinite value.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections
//              7.6 and 7.7 (transformed predictors); the trendline "logarithmic" of spreadsheets.
//              No departure.

#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

std::string equation(std::span<const double> p) {
  const numerics::Term terms[] = {{p[0], ""}, {p[1], "ln(t)"}};
  return "y = " + numerics::sum_text(terms);
}

class LogarithmicTrend {
 public:
  using BlockFit = numerics::LinearTrendFit;

  static constexpr steppe::ComponentInfo kInfo{"trend.logarithmic", "1.0.0",
                                               "Growth that slows with time: y = a + b ln(t)"};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"handles_gaps"},       {"minimum_observations", 3},
      {"deterministic"},     {"concurrent_predict"}, {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}};

  LogarithmicTrend() {
    form_.noun = "a logarithmic trend";
    form_.ln_time = true;
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

STEPPE_PLUGIN(LogarithmicTrend);
