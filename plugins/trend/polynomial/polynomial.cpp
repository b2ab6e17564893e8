// SPDX-License-Identifier: Apache-2.0

// Polynomial trend.
//
// Model        y = a + b t + c t^2 + ... + e, of the degree `order`; t the time, e independent with
//              one variance.
// Estimates    all coefficients by least squares on y, in powers of shifted and scaled time, so
// that
//              calendar years lose no digits. With the option `intercept`, a is fixed.
// Inputs       a block of m series at n times; y any finite numbers, in any unit.
// Outputs      mean, the polynomial at t; prediction intervals with Student's t on n - p degrees of
//              freedom, p the number of estimated coefficients; equation, parameters, statistics;
//              the coefficient of t^k in the unit of y per unit of t^k.
// Assumptions  the residuals are uncorrelated, of equal variance and, for intervals, normal. A
//              polynomial runs off fast beyond the data: its long forecasts deserve little trust.
// Degenerate   constant y: all coefficients but a are exactly 0, R squared undefined, warning
//              constant_series. Data on the curve: warning exact_fit. n - p <= 2: warning
//              saturated_fit. Subnormal or 1e300-sized data: fitted in multiples of a power of two.
// Errors       insufficient_data for n <= p, invalid_data for a missing or infinite value,
//              rank_deficient for times that rounding cannot tell apart.
// Cost         O(n p) per series to fit, O(h p) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections
//              7.6 and 7.7 (which advises against it for forecasting). No departure.

#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

std::string equation(std::span<const double> p) {
  static constexpr const char* kPowers[] = {"", "t", "t^2", "t^3", "t^4", "t^5", "t^6"};
  std::vector<numerics::Term> terms;
  for (std::size_t k = 0; k < p.size(); ++k) terms.push_back({p[k], kPowers[k]});
  return "y = " + numerics::sum_text(terms);
}

class PolynomialTrend {
 public:
  using BlockFit = numerics::LinearTrendFit;

  static constexpr steppe::ComponentInfo kInfo{"trend.polynomial", "1.0.0",
                                               "A polynomial in time: y = a + b t + c t^2 + ..."};
  static constexpr steppe::Option kOptions[] = {
      {.name = "order",
       .type = steppe::OptionType::kInt64,
       .help = "Degree of the polynomial.",
       .default_integer = 2,
       .minimum = 2,
       .maximum = 6},
      {.name = "intercept",
       .type = steppe::OptionType::kDouble,
       .help = "Value of a, the curve at t = 0, fixed instead of estimated."},
  };
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"handles_gaps"},       {"minimum_observations", 4},
      {"deterministic"},     {"concurrent_predict"}, {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}};

  explicit PolynomialTrend(const steppe::Arguments& arguments) {
    form_.noun = "a polynomial trend";
    form_.order = static_cast<std::size_t>(arguments.integer("order", 2));
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

STEPPE_PLUGIN(PolynomialTrend);
