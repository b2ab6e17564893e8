// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "steppe/numerics/double_double.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics::detail {

// The data of a penalised regression as its solvers see them: columns centred (with an intercept)
// and scaled, the target centred and of unit size, so that sums of squares are about n.
//
//   x_ij = mean_j + scale_j z_ij        y_i = mean + target_scale t_i
//
// standardize: scale_j is the standard deviation with divisor n (about 0 without an intercept), and
// the penalty counts slope_j * scale_j. Else every scale is the same number, which keeps the
// arithmetic in range, and the penalty counts the slopes themselves.
struct StandardizedDesign {
  std::size_t rows = 0;
  std::size_t columns = 0;
  bool intercept = true;
  bool standardize = true;
  std::vector<double> values;  // z, column by column; 0 for a constant column
  std::vector<double> target;  // t; 0 for a constant target
  std::vector<DoubleDouble> means;
  std::vector<double> scales;  // above 0
  DoubleDouble target_mean;
  double target_scale = 1.0;
  double common_scale = 1.0;  // scale of all columns, where they are not standardised; else 1
  double target_size = 0.0;   // root of sum y^2: the size against which an exact fit is judged
  std::vector<std::size_t> constant_columns;
  bool constant_target = false;

  // Slope in units of the data, and as the penalty counts it, of a coefficient of z.
  double slope(std::size_t column, double coefficient) const {
    return coefficient * (target_scale / scales[column]);
  }
  double penalized(double coefficient) const { return coefficient * (target_scale / common_scale); }
};

struct DesignInput {
  MatrixView design;
  VectorView response;
  bool intercept = true;
  bool standardize = true;
  std::span<const std::string> column_names = {};
  std::string response_name = "response";
  std::function<bool()> cancelled = {};
};

// Errors: those of solve_least_squares for values, shapes and magnitudes; cancelled.
Result<StandardizedDesign> standardize(const DesignInput& input);

// The same least squares problem with as few rows as there are columns: for every b
//   |t - Z b|^2 = |c - R b|^2 + residual_ss.
// With no more rows than columns it is the problem itself.
struct ReducedProblem {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> r;  // rows x columns, column by column
  std::vector<double> c;  // rows
  double residual_ss = 0.0;
};

// By Householder factors of blocks of rows. Empty when cancelled.
std::optional<ReducedProblem> reduce(const StandardizedDesign& design,
                                     const std::function<bool()>& cancelled);

// Columns that take part in a linear dependency, constant columns not counted; empty when the
// others are independent or when there are at least as many columns as rows of data.
std::vector<std::size_t> dependent_columns(const ReducedProblem& problem);

}  // namespace steppe::numerics::detail
