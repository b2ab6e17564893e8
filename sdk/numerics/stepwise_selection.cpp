// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics {
namespace {

constexpr double kStepTolerance = 1e-7;  // that of step() in R
constexpr double kWorstScore = std::numeric_limits<double>::infinity();

bool holds_column(const std::vector<std::size_t>& columns, std::size_t column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::vector<std::size_t> with_change(std::vector<std::size_t> columns, std::size_t column) {
  const auto place = std::lower_bound(columns.begin(), columns.end(), column);
  if (place != columns.end() && *place == column)
    columns.erase(place);
  else
    columns.insert(place, column);
  return columns;
}

// The criterion of these columns; nothing where it is undefined or they depend on one another.
Result<std::optional<Step::Candidate>> judge_columns(const SubsetProblem& problem,
                                                     const std::vector<std::size_t>& columns) {
  if (columns.empty() && !problem.intercept) return std::optional<Step::Candidate>();
  const ColumnChoice chosen = choose_columns(problem.design, columns);
  const auto fit = solve_least_squares({.design = chosen.view(),
                                        .response = problem.response,
                                        .weights = problem.weights,
                                        .intercept = problem.intercept,
                                        .cancelled = problem.cancelled});
  if (!fit) return fit.error();
  if (!fit->dropped.empty()) return std::optional<Step::Candidate>();
  Step::Candidate out;
  out.residual_ss = fit->is_exact() ? 0.0 : fit->residual_ss;
  out.value = subset_criterion(problem.criterion, *fit, chosen.view(), problem.weights);
  out.score = subset_score(problem.criterion, out.value, *fit);
  if (std::isnan(out.score)) return std::optional<Step::Candidate>();
  return std::optional<Step::Candidate>(out);
}

// Less is better; of two exact fits the smaller one, and else no change.
bool better_step(const Step::Candidate& a, const Step::Candidate& b) {
  if (a.score == -kWorstScore && b.score == -kWorstScore) {
    const auto rank = [](const Step::Candidate& c) {
      return c.column == kNoColumn ? 1 : c.added ? 2 : 0;
    };
    return rank(a) < rank(b);
  }
  if (a.column == kNoColumn) return a.score <= b.score + kStepTolerance;
  if (b.column == kNoColumn) return a.score < b.score - kStepTolerance;
  return a.score < b.score;
}

// Looks at every change that the direction allows.
Result<Step> look_at_changes(const SubsetProblem& problem, StepDirection direction,
                             const std::vector<std::size_t>& columns, const Step::Candidate& now) {
  Step out{columns, {now}};
  for (std::size_t j = 0; j < problem.design.columns(); ++j) {
    const bool inside = holds_column(columns, j);
    if (holds_column(problem.forced, j)) continue;
    if (direction == (inside ? StepDirection::kForward : StepDirection::kBackward)) continue;
    auto judged = judge_columns(problem, with_change(columns, j));
    if (!judged) return judged.error();
    if (!*judged) continue;
    out.candidates.push_back(**judged);
    out.candidates.back().column = j;
    out.candidates.back().added = !inside;
  }
  const auto first = out.candidates.begin();
  const auto best = std::min_element(first, out.candidates.end(), better_step);
  std::rotate(first, best, best + 1);
  std::stable_sort(first + 1, out.candidates.end(),
                   [](const auto& a, const auto& b) { return a.score < b.score; });
  return out;
}

// Forced columns first, then the others as long as they do not depend on those before.
Result<std::vector<std::size_t>> independent_columns(const SubsetProblem& problem) {
  std::vector<std::size_t> order = problem.forced;
  for (std::size_t j = 0; j < problem.design.columns(); ++j)
    if (!holds_column(problem.forced, j)) order.push_back(j);
  const ColumnChoice all = choose_columns(problem.design, order);
  std::vector<std::string> names;
  for (const std::size_t j : order)
    if (j < problem.column_names.size()) names.push_back(problem.column_names[j]);
  const auto fit = solve_least_squares({.design = all.view(),
                                        .response = problem.response,
                                        .weights = problem.weights,
                                        .intercept = problem.intercept,
                                        .column_names = names,
                                        .response_name = problem.response_name,
                                        .cancelled = problem.cancelled});
  if (!fit) return fit.error();
  std::vector<std::size_t> out;
  for (const std::size_t kept : fit->centered.kept) out.push_back(order[kept]);
  for (const std::size_t forced : problem.forced)
    if (!holds_column(out, forced))
      return Error{ErrorKind::kRankDeficient,
                   "the forced regressors depend on one another, or one of them never changes",
                   {},
                   "N4"};
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Result<StepwisePath> step_subsets(const SubsetProblem& problem, StepDirection direction) {
  auto all = independent_columns(problem);
  if (!all) return all.error();
  StepwisePath out;
  out.columns = problem.forced;
  std::sort(out.columns.begin(), out.columns.end());
  std::optional<Step::Candidate> now;
  if (direction != StepDirection::kForward) {
    auto judged = judge_columns(problem, *all);
    if (!judged) return judged.error();
    now = *judged;
    if (now || direction == StepDirection::kBackward) out.columns = *all;
  }
  if (!now && direction != StepDirection::kBackward) {
    auto judged = judge_columns(problem, out.columns);
    if (!judged) return judged.error();
    now = *judged;
    // Without a constant there has to be a column: anything is better than none.
    if (out.columns.empty() && !problem.intercept) {
      now = Step::Candidate{};
      now->residual_ss = now->value = now->score = kWorstScore;
    }
  }
  if (!now)
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(problem.response.size()) + " observations are too few for the " +
                     std::to_string(out.columns.size()) + " regressors to begin with" +
                     (direction == StepDirection::kBackward ? "; go forward instead" : ""),
                 {},
                 "N1"};
  while (true) {
    auto step = look_at_changes(problem, direction, out.columns, *now);
    if (!step) return step.error();
    const Step::Candidate made = step->candidates.front();
    out.steps.push_back(*std::move(step));
    if (made.column == kNoColumn) return out;
    out.columns = with_change(std::move(out.columns), made.column);
    now = made;
    now->column = kNoColumn;
    now->added = false;
  }
}

}  // namespace steppe::numerics
