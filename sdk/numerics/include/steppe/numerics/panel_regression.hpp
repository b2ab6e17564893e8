// SPDX-License-Identifier: Apache-2.0
#pragma once

// One regression of the rows of many keys (regions, firms): pooled, with one constant, or with a
// constant of its own for each key (fixed effects).
//
//   none    y_it = b0 + x_it'b + e_it        i the key, t its rows, T_i of them, N in all
//   fixed   y_it = a_i + x_it'b + e_it       by least squares of what is left of y and x after the
//                                            means of their key (the within transform)
//
// Keys may have any number of rows, one included (such a row tells nothing of b). Means and what is
// left of them are formed in double-double arithmetic, the slopes by solve_least_squares: a panel
// of calendar years or large levels loses no digits. The order of the rows changes nothing but
// rounding.
//
// A regressor that never changes within any key has no slope beside fixed effects: it is in
// `slopes.dropped`, and so is one that equals others but for a constant of each key.
//
// Covariance C of the slopes, with B the inverse of the cross products, u_i the sum of e_it x_it
// over the rows of key i (x after the transform), K = slopes + 1, G keys:
//
//   classical   s^2 B, s^2 = sum e^2 / (N - rank), rank = slopes + G, or + 1 without effects
//   hc1         N / (N - rank) B (sum e_it^2 x_it x_it') B
//   clustered   G/(G-1) (N-1)/(N-K) B (sum u_i u_i') B;  t has G - 1 degrees of freedom
//
// The effects do not count in K: every key is inside a cluster (Cameron, Miller 2015, III.B).
//
// Forecast for key i at x0, d = x0 - mean of x over the key: mean a_i + x0'b; its variance
// s^2 / T_i + d'C d: the error of the effect and that of the slopes, which do not correlate when
// errors are of one variance and independent. What the errors of a key have in common is in its
// effect. Without effects x0'C x0. A new observation adds s^2.
//
// Source: Wooldridge 2010, Econometric Analysis of Cross Section and Panel Data, 2nd ed., 10.5;
// Cameron, Miller 2015, J. Human Resources 50(2), 317-372; Baltagi, Econometric Analysis of Panel
// Data, 2.2 and 4.1 (F test of the effects).

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

enum class PanelEffects { kFixed, kNone };
enum class PanelCovariance { kClustered, kClassical, kHc1 };

struct PanelProblem {
  MatrixView design;                  // N x p, without the keys
  VectorView response;                // N
  std::span<const std::size_t> keys;  // N, 0 .. key_count - 1, each at least once
  std::size_t key_count = 0;
  PanelEffects effects = PanelEffects::kFixed;
  PanelCovariance covariance = PanelCovariance::kClustered;
  std::span<const std::string> column_names = {};
  std::string response_name = "response";
  std::function<bool()> cancelled = {};
};

// Undefined numbers are NaN: slopes of dropped columns and what belongs to them; all errors without
// a residual degree of freedom; clustered errors of a single key; R squared of a target that never
// changes; tests of an exact fit.
struct PanelFit {
  PanelEffects effects = PanelEffects::kFixed;
  PanelCovariance covariance = PanelCovariance::kClustered;
  std::size_t observations = 0;
  std::size_t rank = 0;           // slopes and effects, or slopes and the constant
  std::vector<std::size_t> rows;  // of each key
  // Fixed: of the transformed data, without an intercept. None: of the data, with one. Its vectors
  // of n values are empty.
  LeastSquaresFit slopes;
  std::vector<double> filling;               // as Sandwich::filling
  std::vector<double> coefficients;          // q: the constant, without effects, then p slopes
  std::vector<double> standard_errors;       // q
  std::vector<DoubleDouble> response_means;  // G; with fixed effects
  std::vector<DoubleDouble> column_means;    // G x p; with fixed effects
  std::vector<double> effect;                // G; with fixed effects
  std::vector<double> effect_error;
  std::vector<double> fitted;  // N
  double residual_ss = 0.0;
  double total_ss = 0.0;  // about the mean of all rows
  double residual_dof = 0.0;
  double residual_variance = 0.0;
  double test_dof = 0.0;           // of t and of the denominator of f
  double r_squared = 0.0;          // 1 - residual_ss / total_ss: effects and slopes
  double r_squared_within = 0.0;   // squared correlations of y and x'b: within keys,
  double r_squared_between = 0.0;  // of the means of keys,
  double r_squared_overall = 0.0;  // of all rows
  double f = 0.0;                  // every slope is 0; Wald with C
  double significance_f = 0.0;
  double effects_f = 0.0;  // all effects are equal; errors of one variance, independent
  double effects_significance = 0.0;
  bool exact = false;
  bool constant_target = false;

  std::size_t key_count() const { return rows.size(); }
};

// Errors: those of solve_least_squares ("row i" from 1); insufficient_data (N1) for fewer rows than
// coefficients.
Result<PanelFit> solve_panel(const PanelProblem& problem);

struct PanelValue {
  double mean = 0.0;
  double variance = 0.0;  // of the mean
};
// `row` has p values; `key` is below key_count().
PanelValue evaluate(const PanelFit& fit, std::size_t key, VectorView row);

// As broken_dependency() of least squares, for a row of that key.
const DependentColumn* broken_dependency(const PanelFit& fit, std::size_t key, VectorView row);

}  // namespace steppe::numerics
