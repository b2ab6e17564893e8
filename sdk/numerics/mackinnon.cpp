// SPDX-License-Identifier: Apache-2.0
#include "mackinnon.hpp"

#include <cmath>
#include <limits>

#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics::detail {
namespace {

constexpr std::size_t kMostForP = 6;
constexpr std::size_t kMostForCritical = 12;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Beyond largest p is 1, below smallest 0; up to split the polynomial of small p, above it the
// other. The polynomial, constant first, gives the normal quantile of p.
struct Surface {
  double smallest;
  double split;
  double largest;
  double small_p[3];
  double large_p[4];
};

// By terms (none, constant, constant and trend), then by number of variables.
constexpr Surface kSurfaces[3][kMostForP] = {
    {
        {-19.04,
         -1.04,
         kInfinity,
         {0.6344, 1.2378, 0.032496},
         {0.4797, 0.93557, -0.06999, 0.033066}},
        {-19.62, -1.53, 1.51, {1.9129, 1.3857, 0.035322}, {1.5578, 0.8558, -0.2083, -0.033549}},
        {-21.21, -2.68, 0.86, {2.7648, 1.4502, 0.034186}, {2.2268, 0.68093, -0.32362, -0.054448}},
        {-23.25, -3.09, 0.88, {3.4336, 1.4835, 0.0319}, {2.7654, 0.64502, -0.30811, -0.044946}},
        {-21.63, -3.07, 1.05, {4.0999, 1.5533, 0.0359}, {3.2684, 0.68051, -0.26778, -0.034972}},
        {-25.74, -3.77, 1.24, {4.5388, 1.5344, 0.029807}, {3.7268, 0.7167, -0.23648, -0.028288}},
    },
    {
        {-18.83, -1.61, 2.74, {2.1659, 1.4412, 0.038269}, {1.7339, 0.93202, -0.12745, -0.010368}},
        {-18.86, -2.62, 0.92, {2.92, 1.5012, 0.039796}, {2.1945, 0.64695, -0.29198, -0.042377}},
        {-23.48, -3.13, 0.55, {3.4699, 1.4856, 0.03164}, {2.5893, 0.45168, -0.36529, -0.050074}},
        {-28.07, -3.47, 0.61, {3.9673, 1.4777, 0.026315}, {3.0387, 0.45452, -0.33666, -0.041921}},
        {-25.96, -3.78, 0.79, {4.5509, 1.5338, 0.029545}, {3.5049, 0.52098, -0.29158, -0.033468}},
        {-23.27, -3.93, 1.0, {5.1399, 1.6036, 0.034445}, {3.9489, 0.58933, -0.25359, -0.02721}},
    },
    {
        {-16.18, -2.89, 0.7, {3.2512, 1.6047, 0.049588}, {2.5261, 0.61654, -0.37956, -0.060285}},
        {-21.15, -3.19, 0.63, {3.6646, 1.5419, 0.036448}, {2.85, 0.5272, -0.36622, -0.051695}},
        {-25.37, -3.5, 0.71, {4.0983, 1.5173, 0.029898}, {3.221, 0.5255, -0.32685, -0.041501}},
        {-26.63, -3.65, 0.93, {4.5844, 1.5338, 0.028796}, {3.652, 0.59758, -0.27483, -0.032081}},
        {-26.53, -3.8, 1.19, {5.0722, 1.5634, 0.029472}, {4.0712, 0.66428, -0.23464, -0.02546}},
        {-26.18, -4.36, 1.42, {5.53, 1.5914, 0.030392}, {4.4735, 0.71757, -0.20681, -0.021196}},
    },
};

// b0 + b1 / n + b2 / n^2 + b3 / n^3.
using Response = double[4];
constexpr Response kNone = {-1.941, -0.2686, -3.365, 31.223};
constexpr Response kConstant[kMostForCritical] = {
    {-2.86154, -2.8903, -4.234, -40.04},    {-3.33613, -6.1101, -6.823, 0.0},
    {-3.74066, -8.5632, -10.852, 27.982},   {-4.096, -11.2349, -11.175, 0.0},
    {-4.41519, -14.0405, -12.575, 0.0},     {-4.70693, -16.9178, -17.492, 60.007},
    {-4.97684, -19.9021, -22.045, 110.761}, {-5.22924, -23.0023, -24.646, 144.479},
    {-5.46697, -26.2057, -26.627, 176.382}, {-5.69244, -29.4521, -30.994, 251.016},
    {-5.90714, -32.8336, -30.275, 249.994}, {-6.11279, -36.2681, -32.505, 314.802},
};
constexpr Response kTrend[kMostForCritical] = {
    {-3.41049, -4.3904, -9.036, -45.374},   {-3.78057, -9.5106, -12.074, 0.0},
    {-4.1189, -11.8922, -19.031, 77.332},   {-4.42871, -14.5876, -18.228, 39.647},
    {-4.71537, -17.3569, -22.66, 91.359},   {-4.98228, -20.305, -25.224, 132.03},
    {-5.23299, -23.3328, -28.955, 182.342}, {-5.46971, -26.4771, -31.034, 220.165},
    {-5.69447, -29.7152, -33.784, 273.002}, {-5.90887, -33.0251, -37.208, 346.189},
    {-6.11404, -36.461, -36.246, 348.554},  {-6.31127, -39.9676, -37.021, 406.051},
};

double polynomial(const double* coefficients, std::size_t count, double x) {
  double value = 0.0;
  for (std::size_t i = count; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

const Response* critical_response(Deterministics terms, std::size_t variables) {
  if (variables == 0 || variables > kMostForCritical) return nullptr;
  if (terms == Deterministics::kConstant) return &kConstant[variables - 1];
  if (terms == Deterministics::kTrend) return &kTrend[variables - 1];
  return variables == 1 ? &kNone : nullptr;
}

}  // namespace

double mackinnon_p(double statistic, Deterministics terms, std::size_t variables) {
  if (std::isnan(statistic) || variables == 0 || variables > kMostForP) return kUndefined;
  const Surface& surface = kSurfaces[static_cast<std::size_t>(terms)][variables - 1];
  if (statistic > surface.largest) return 1.0;
  if (statistic < surface.smallest) return 0.0;
  return normal_cdf(statistic <= surface.split ? polynomial(surface.small_p, 3, statistic)
                                               : polynomial(surface.large_p, 4, statistic));
}

double mackinnon_critical_5(Deterministics terms, std::size_t variables, double observations) {
  const Response* response = critical_response(terms, variables);
  if (response == nullptr || !(observations > 0.0)) return kUndefined;
  return polynomial(*response, 4, 1.0 / observations);
}

}  // namespace steppe::numerics::detail
