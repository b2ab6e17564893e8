// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse_solver.hpp"
#include "steppe/numerics/elastic_net.hpp"

namespace steppe::numerics::detail {

// The two penalties of the scaled problem (see sparse_solver.hpp) that stand for a penalty in the
// units of the data.
struct ScaledPenalties {
  double sparse = 0.0;
  double smooth = 0.0;
};
ScaledPenalties scaled_penalties(const StandardizedDesign& design, double penalty, double mix);

// Falling penalties, the first of which leaves no coefficient; empty where no column has any
// correlation with the target.
std::vector<double> penalty_grid(const StandardizedDesign& design, const SparseSolver& solver,
                                 const ElasticNetProblem& problem);

// Information criterion of a normal likelihood; the residual variance counts as a parameter, as in
// linear_inference.hpp. NaN where undefined: too few rows for the degrees of freedom, an exact fit.
double information_criterion(PathCriterion criterion, double observations, double residual_ss,
                             double degrees_of_freedom);

// Fills criterion and criterion_error of each point from the squared errors of the rows held out.
Result<void> cross_validate(const ElasticNetProblem& problem, std::vector<PathPoint>& path);

// The point of the least criterion, of several the largest penalty; with one_standard_error the
// largest penalty whose criterion is within one standard error of it. The first point where the
// criterion is defined nowhere.
std::size_t choose_point(const std::vector<PathPoint>& path, bool one_standard_error);

}  // namespace steppe::numerics::detail
