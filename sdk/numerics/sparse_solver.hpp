// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "standardized_design.hpp"

namespace steppe::numerics::detail {

// The solution of  1/2 |c - R b|^2 + sparse |b|_1 + smooth/2 |b|^2.
struct SparseSolution {
  std::vector<double> coefficients;
  std::vector<std::size_t> active;  // where they are not 0, ascending
  double residual_ss = 0.0;         // |c - R b|^2, the reduced problem's own added
  double degrees_of_freedom = 0.0;  // trace of the hat matrix of the active columns
  double optimality = 0.0;          // largest breach, of the largest |R'c|
};

class SparseSolver {
 public:
  // The problem is borrowed.
  explicit SparseSolver(const ReducedProblem& problem, std::function<bool()> cancelled = {});
  ~SparseSolver();
  SparseSolver(const SparseSolver&) = delete;
  SparseSolver& operator=(const SparseSolver&) = delete;

  // Largest |R'c|: from this `sparse` on every coefficient is 0.
  double largest_gradient() const;
  // Starts from the last solution. Empty when cancelled.
  std::optional<SparseSolution> solve(double sparse, double smooth);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Trace of the hat matrix of the active columns: their number where `smooth` is 0.
double active_trace(const ReducedProblem& problem, const std::vector<std::size_t>& active,
                    double smooth);

// Covariance of the coefficients of the active columns, which are taken as known beforehand, by the
// residual variance; row-major.
std::vector<double> active_covariance(const ReducedProblem& problem,
                                      const std::vector<std::size_t>& active, double smooth);

// Columns to which other solutions give other coefficients; for `smooth` 0.
std::vector<std::size_t> exchangeable_columns(const ReducedProblem& problem,
                                              const SparseSolution& solution, double sparse);

}  // namespace steppe::numerics::detail
