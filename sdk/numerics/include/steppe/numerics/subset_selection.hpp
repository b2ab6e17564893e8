// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

// Choosing regressors: which columns of a design, by a criterion of the least squares fit. Here are
// the criteria, the exact search and the stepwise one. Not for: coefficients (refit the chosen
// columns), more than 25 columns that may go (shrink them instead: lasso).
enum class SubsetCriterion { kAic, kAicc, kBic, kAdjustedRSquared, kPress };

// Undefined, NaN: where the degrees of freedom do not reach (AICc: n > rank + 2, else n > rank).
// An exact fit is as good as can be: -infinity (adjusted R squared: 1; PRESS: 0).
// PRESS is the sum of squared leave-one-out residuals, e_i / (1 - h_i); the others count the
// residual variance as a parameter, as in LinearInference.
// `weights` are those of the fit, none or one per row: they count in PRESS and in the likelihood.
double subset_criterion(SubsetCriterion criterion, const LeastSquaresFit& fit,
                        const MatrixView& design, const VectorView& weights);

// The same on a scale on which less is better and a unit means the same for each: of AIC, AICc and
// BIC themselves; n ln(s^2) for adjusted R squared; n ln(PRESS / n).
double subset_score(SubsetCriterion criterion, double value, const LeastSquaresFit& fit);

struct SubsetProblem {
  MatrixView design;
  VectorView response;
  VectorView weights = {};
  bool intercept = true;
  SubsetCriterion criterion = SubsetCriterion::kAicc;
  std::vector<std::size_t> forced = {};                 // columns always in
  std::size_t max_size = static_cast<std::size_t>(-1);  // columns, the forced ones counted
  std::vector<std::string> column_names = {};           // for messages, as in LeastSquaresProblem
  std::string response_name = "response";
  std::function<bool()> cancelled = {};
};

struct Subset {
  std::vector<std::size_t> columns;  // ascending
  double residual_ss = 0.0;
  double value = 0.0;  // of the criterion
  double score = 0.0;
};

struct SubsetSearch {
  std::vector<Subset> best_of_size;  // fewest columns first; sizes without an answer are not there
  std::vector<Subset> runners_up;    // within kSubsetUnits of the best score, best first
  Subset best;
  bool more_runners_up = false;  // there may be more, kSubsetsPerSize of a size are kept
  std::size_t nodes = 0;         // of the search tree
};

constexpr std::size_t kMostFreeColumns = 25;
constexpr std::size_t kSubsetsPerSize = 10;
constexpr double kSubsetUnits = 2.0;

// The best subset of each size and of all, by branch and bound over an orthogonal factor: no
// superset's residual sum is above that of its subsets. The search works in double on centred
// columns of unit length; what it brings home is solved again in double-double, and near-ties are
// decided by that. Subsets whose columns depend on one another to ten digits do not take part. Of
// equal subsets the one with the earlier columns wins, of exact fits the smallest.
//
// Errors: insufficient_data when no subset has the degrees of freedom for the criterion;
// rank_deficient when forced columns depend on one another; not_supported for more than 25 free
// columns; those of solve_least_squares; cancelled.
// Cost: usually a few thousand small rotations, at worst 2^25; then a fit per finalist. PRESS costs
// n operations more for every subset looked at, and leaves out fewer of them.
// Source: Furnival, Wilson 1974, Technometrics 16, 499-511; Narendra, Fukunaga 1977, IEEE Trans.
// Computers 26, 917-922; Gatu, Kontoghiorghes 2006, J. Comp. Graph. Stat. 15, 139-156 (the order).
Result<SubsetSearch> search_subsets(const SubsetProblem& problem);

// Stepwise: from all free columns or none, the best single change until none is better by 1e-7, as
// step() of R does.
enum class StepDirection { kBoth, kForward, kBackward };

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

struct Step {
  // A change that was looked at: the column put in or taken out; kNoColumn for no change.
  struct Candidate {
    std::size_t column = kNoColumn;
    bool added = false;
    double residual_ss = 0.0;
    double value = 0.0;  // of the criterion
    double score = 0.0;
  };
  std::vector<std::size_t> columns;   // before the change, ascending
  std::vector<Candidate> candidates;  // best first; the first one is made
};

struct StepwisePath {
  std::vector<Step> steps;  // the last one changes nothing
  std::vector<std::size_t> columns;
};

// kForward begins with the forced columns, kBackward with all that do not depend on earlier ones,
// kBoth with these too where the rows allow, else with the forced ones. Every fit is a full
// double-double one. A column that depends on those in is no candidate; of fits that are exact a
// smaller one is better. max_size is not looked at.
// Errors: insufficient_data where the criterion is undefined at the start, rank_deficient for
// forced columns that depend on one another; those of solve_least_squares.
Result<StepwisePath> step_subsets(const SubsetProblem& problem, StepDirection direction);

// The columns of a design as a design of their own, with names for messages.
struct ColumnChoice {
  std::vector<double> values;  // n x k row by row
  std::size_t rows = 0;
  std::size_t columns = 0;
  MatrixView view() const { return {values.data(), rows, columns}; }
};
ColumnChoice choose_columns(const MatrixView& design, const std::vector<std::size_t>& columns);

// Least squares of chosen columns, in the shape of all: what is not chosen has the coefficient 0
// and covariances 0. Forecasts from it ask for rows of the whole design.
LeastSquaresFit spread_columns(const LeastSquaresFit& fit, const std::vector<std::size_t>& columns,
                               std::size_t all);

}  // namespace steppe::numerics
