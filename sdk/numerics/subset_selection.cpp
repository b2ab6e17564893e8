// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/subset_selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "dense_factors.hpp"
#include "subset_tree.hpp"

namespace steppe::numerics {
namespace {

using detail::FoundSubset;
using detail::SubsetLists;
using detail::SubsetTree;

constexpr double kNoBound = std::numeric_limits<double>::infinity();
constexpr double kNearTie = 1e-6;  // of residual sums and scores: decided in double-double

// A search in the order of the tree: forced columns first.
struct SearchPlan {
  const SubsetProblem& problem;
  std::vector<std::size_t> order;  // column of the design at each place
  std::size_t offset;              // 1 with an intercept
  std::vector<std::size_t> at;     // rows of the design that count: weight above 0
  std::size_t rows;                // their number
  double weight(std::size_t i) const {
    return problem.weights.empty() ? 1.0 : problem.weights[at[i]];
  }
};

SearchPlan plan_subset_search(const SubsetProblem& problem) {
  SearchPlan plan{problem, problem.forced, problem.intercept ? 1U : 0U, {}, 0};
  for (std::size_t i = 0; i < problem.response.size(); ++i)
    if (problem.weights.empty() || problem.weights[i] > 0.0) plan.at.push_back(i);
  plan.rows = plan.at.size();
  for (std::size_t j = 0; j < problem.design.columns(); ++j)
    if (std::find(problem.forced.begin(), problem.forced.end(), j) == problem.forced.end())
      plan.order.push_back(j);
  return plan;
}

// Most columns a subset can have for the criterion to be defined; nothing for none.
std::optional<std::size_t> largest_subset(const SearchPlan& plan) {
  const std::size_t spare = plan.problem.criterion == SubsetCriterion::kAicc ? 3 : 1;
  const std::size_t taken = plan.offset + spare;
  if (plan.rows < taken + plan.problem.forced.size()) return std::nullopt;
  return std::min({plan.rows - taken, plan.order.size(),
                   std::max(plan.problem.max_size, plan.problem.forced.size())});
}

// Centred (with an intercept), times the root of the weight, scaled to unit length; zeros stay
// zeros.
template <typename Value>
Eigen::VectorXd unit_subset_column(const SearchPlan& plan, const Value& value) {
  Eigen::VectorXd out(static_cast<Eigen::Index>(plan.rows));
  DoubleDouble mean;
  DoubleDouble total;
  double largest = 0.0;
  for (std::size_t i = 0; i < plan.rows; ++i) total += DoubleDouble(plan.weight(i));
  for (std::size_t i = 0; i < plan.rows; ++i) {
    mean += DoubleDouble(value(plan.at[i])) * DoubleDouble(plan.weight(i)) / total;
    largest = std::max(largest, std::abs(value(plan.at[i])));
  }
  if (!plan.problem.intercept) mean = {};
  for (std::size_t i = 0; i < plan.rows; ++i) {
    const double distance = (DoubleDouble(value(plan.at[i])) - mean).value();
    // What is left of a constant column is rounding.
    out[static_cast<Eigen::Index>(i)] =
        std::abs(distance) <= 1e-15 * largest ? 0.0 : distance * std::sqrt(plan.weight(i));
  }
  const double length = out.stableNorm();
  if (length > 0.0) out /= length;
  return out;
}

Eigen::VectorXd unit_subset_response(const SearchPlan& plan) {
  return unit_subset_column(plan, [&](std::size_t i) { return plan.problem.response[i]; });
}

Eigen::MatrixXd unit_subset_columns(const SearchPlan& plan) {
  Eigen::MatrixXd columns(static_cast<Eigen::Index>(plan.rows),
                          static_cast<Eigen::Index>(plan.order.size()));
  for (std::size_t j = 0; j < plan.order.size(); ++j)
    columns.col(static_cast<Eigen::Index>(j)) = unit_subset_column(
        plan, [&](std::size_t i) { return plan.problem.design(i, plan.order[j]); });
  return columns;
}

// The triangular factor of all columns and the response.
SubsetTree grow_tree(const SearchPlan& plan) {
  const auto p = static_cast<Eigen::Index>(plan.order.size());
  Eigen::MatrixXd columns(static_cast<Eigen::Index>(plan.rows), p + 1);
  columns << unit_subset_columns(plan), unit_subset_response(plan);
  const Eigen::MatrixXd factor = detail::triangular_factor(columns);
  SubsetTree tree;
  tree.columns = plan.order.size();
  tree.forced = plan.problem.forced.size();
  tree.rows = static_cast<std::size_t>(factor.rows());
  tree.factor.assign(tree.rows * (tree.columns + 1), 0.0);
  for (Eigen::Index i = 0; i < factor.rows(); ++i)
    for (Eigen::Index j = i; j <= p; ++j)
      tree.factor[static_cast<std::size_t>(i) * (tree.columns + 1) + static_cast<std::size_t>(j)] =
          factor(i, j);
  return tree;
}

// The same with Q: by Gram and Schmidt, twice. A column that depends on those before it has a row
// of zeros.
SubsetTree grow_tree_with_rows(const SearchPlan& plan) {
  const Eigen::MatrixXd columns = unit_subset_columns(plan);
  const Eigen::VectorXd response = unit_subset_response(plan);
  SubsetTree tree;
  tree.columns = plan.order.size();
  tree.forced = plan.problem.forced.size();
  tree.rows = tree.columns;
  tree.observations = plan.rows;
  const Eigen::Index p = columns.cols();
  Eigen::MatrixXd q = Eigen::MatrixXd::Zero(columns.rows(), p);
  Eigen::MatrixXd r = Eigen::MatrixXd::Zero(p, p);
  for (Eigen::Index j = 0; j < p; ++j) {
    Eigen::VectorXd left = columns.col(j);
    for (int pass = 0; pass < 2; ++pass) {
      const Eigen::VectorXd along = q.leftCols(j).transpose() * left;
      r.col(j).head(j) += along;
      left -= q.leftCols(j) * along;
    }
    const double length = left.norm();
    if (length < 1e-14) continue;
    r(j, j) = length;
    q.col(j) = left / length;
  }
  const Eigen::VectorXd z = q.transpose() * response;
  tree.unexplained = (response - q * z).squaredNorm();
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j < p; ++j) tree.factor.push_back(r(i, j));
    tree.factor.push_back(z[i]);
    tree.factor.insert(tree.factor.end(), q.col(i).data(), q.col(i).data() + q.rows());
  }
  tree.before.residual.assign(response.data(), response.data() + response.size());
  double total = 0.0;
  for (std::size_t i = 0; i < plan.rows; ++i) total += plan.weight(i);
  for (std::size_t i = 0; i < plan.rows; ++i)
    tree.before.leverage.push_back(plan.problem.intercept ? plan.weight(i) / total : 0.0);
  return tree;
}

// n ln(sum) + a of a size: the score up to a constant, for criteria of the residual sum.
double subset_penalty(const SearchPlan& plan, std::size_t size) {
  const auto n = static_cast<double>(plan.rows);
  const auto rank = static_cast<double>(size + plan.offset);
  const double k = rank + 1.0;
  switch (plan.problem.criterion) {
    case SubsetCriterion::kAicc:
      return 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
    case SubsetCriterion::kBic:
      return k * std::log(n);
    case SubsetCriterion::kAdjustedRSquared:
      return -n * std::log(n - rank);
    case SubsetCriterion::kPress:  // of the sum of squared leave-one-out residuals
      return 0.0;
    default:
      return 2.0 * k;
  }
}

// Sums above those that could come within the units of the best score so far.
void limit_by_score(const SearchPlan& plan, SubsetTree& tree) {
  const auto n = static_cast<double>(plan.rows);
  std::vector<double> penalties;
  for (std::size_t size = 0; size <= tree.max_size; ++size)
    penalties.push_back(subset_penalty(plan, size));
  tree.useful = [n, penalties](std::size_t size, const std::vector<double>& best) {
    if (size >= penalties.size()) return 0.0;
    double least = kNoBound;
    for (std::size_t s = 0; s < penalties.size(); ++s)
      if (best[s] < kNoBound)
        least = std::min(least, n * std::log(std::max(best[s], 1e-300)) + penalties[s]);
    return std::exp((least + kSubsetUnits + kNearTie - penalties[size]) / n);
  };
}

// A finalist, solved in double-double; nothing when its columns depend on one another.
struct Finalist {
  Subset subset;
  bool exact = false;
};

Result<std::optional<Finalist>> solve_finalist(const SearchPlan& plan, std::uint64_t columns) {
  Finalist out;
  for (std::size_t j = 0; j < plan.order.size(); ++j)
    if ((columns >> j & 1) != 0) out.subset.columns.push_back(plan.order[j]);
  std::sort(out.subset.columns.begin(), out.subset.columns.end());
  if (out.subset.columns.empty() && !plan.problem.intercept) return std::optional<Finalist>();
  const ColumnChoice chosen = choose_columns(plan.problem.design, out.subset.columns);
  const auto fit = solve_least_squares({.design = chosen.view(),
                                        .response = plan.problem.response,
                                        .weights = plan.problem.weights,
                                        .intercept = plan.problem.intercept,
                                        .cancelled = plan.problem.cancelled});
  if (!fit) return fit.error();
  if (!fit->dropped.empty()) return std::optional<Finalist>();
  const SubsetCriterion criterion = plan.problem.criterion;
  out.exact = fit->is_exact();
  out.subset.residual_ss = out.exact ? 0.0 : fit->residual_ss;
  out.subset.value = subset_criterion(criterion, *fit, chosen.view(), plan.problem.weights);
  out.subset.score = subset_score(criterion, out.subset.value, *fit);
  if (std::isnan(out.subset.score)) return std::optional<Finalist>();
  return std::optional<Finalist>(std::move(out));
}

// Less is better; of equals the smaller one, then the one with the earlier columns.
bool finalist_ahead(const Finalist& a, const Finalist& b) {
  if (a.exact != b.exact) return a.exact;
  const double gap = a.subset.score - b.subset.score;
  if (!a.exact && std::abs(gap) > 1e-11 * std::abs(a.subset.score)) return gap < 0.0;
  if (a.subset.columns.size() != b.subset.columns.size())
    return a.subset.columns.size() < b.subset.columns.size();
  return a.subset.columns < b.subset.columns;
}

// The search's own score of what it found, to tell who needs the accurate one.
double rough_score(const SearchPlan& plan, const FoundSubset& found, std::size_t size) {
  return static_cast<double>(plan.rows) * std::log(std::max(found.sum, 1e-300)) +
         subset_penalty(plan, size);
}

std::vector<std::uint64_t> finalists_of(const SearchPlan& plan, const SubsetLists& lists) {
  double least = kNoBound;
  for (std::size_t size = 0; size < lists.of_size.size(); ++size)
    for (const FoundSubset& found : lists.of_size[size])
      least = std::min(least, rough_score(plan, found, size));
  std::vector<std::uint64_t> out;
  for (std::size_t size = 0; size < lists.of_size.size(); ++size) {
    for (const FoundSubset& found : lists.of_size[size]) {
      const double best = lists.of_size[size].front().sum;
      // Sums near the rounding of the search say nothing about each other.
      const bool near_tie = found.sum <= best * (1.0 + kNearTie) + 1e-26;
      const bool close = rough_score(plan, found, size) <= least + kSubsetUnits + 0.01;
      if (near_tie || close) out.push_back(found.columns);
    }
  }
  return out;
}

Result<SubsetSearch> judge_finalists(const SearchPlan& plan, const SubsetLists& lists) {
  std::vector<Finalist> finalists;
  for (const std::uint64_t columns : finalists_of(plan, lists)) {
    auto solved = solve_finalist(plan, columns);
    if (!solved) return solved.error();
    if (*solved) finalists.push_back(*std::move(*solved));
  }
  std::sort(finalists.begin(), finalists.end(), finalist_ahead);
  if (finalists.empty())
    return Error{ErrorKind::kInsufficientData,
                 "no subset of the regressors leaves the criterion defined",
                 {},
                 "N1"};
  SubsetSearch out;
  out.nodes = lists.nodes;
  out.best = finalists.front().subset;
  for (std::size_t size = plan.problem.forced.size(); size < lists.of_size.size(); ++size)
    for (const Finalist& one : finalists)
      if (one.subset.columns.size() == size) {
        out.best_of_size.push_back(one.subset);
        break;
      }
  std::vector<std::size_t> counted(lists.of_size.size(), 0);
  for (std::size_t i = 1; i < finalists.size(); ++i) {
    const Finalist& one = finalists[i];
    if (finalists.front().exact ? !one.exact : one.subset.score > out.best.score + kSubsetUnits)
      continue;
    out.runners_up.push_back(one.subset);
    out.more_runners_up |= ++counted[one.subset.columns.size()] + 1 >= kSubsetsPerSize;
  }
  return out;
}

std::optional<Error> find_subset_problem(const SearchPlan& plan) {
  const std::size_t free = plan.order.size() - plan.problem.forced.size();
  if (free > kMostFreeColumns || plan.order.size() > 60)
    return Error{ErrorKind::kNotSupported,
                 std::to_string(free) +
                     " regressors to choose from; all subsets can be searched "
                     "for up to " +
                     std::to_string(kMostFreeColumns) +
                     ": force some, leave some out, or use regression.lasso",
                 {},
                 {}};
  if (!largest_subset(plan)) {
    const bool aicc = plan.problem.criterion == SubsetCriterion::kAicc;
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(plan.rows) +
                     " observations are too few to choose regressors; at least " +
                     std::to_string(plan.problem.forced.size() + plan.offset + (aicc ? 3 : 1)) +
                     " are needed",
                 {},
                 "N1"};
  }
  return std::nullopt;
}

}  // namespace

Result<SubsetSearch> search_subsets(const SubsetProblem& problem) {
  const SearchPlan plan = plan_subset_search(problem);
  if (auto error = find_subset_problem(plan)) return *std::move(error);
  // Words the errors of bad data, and of magnitudes out of range.
  if (const auto all = solve_least_squares({.design = problem.design,
                                            .response = problem.response,
                                            .weights = problem.weights,
                                            .intercept = problem.intercept,
                                            .column_names = problem.column_names,
                                            .response_name = problem.response_name,
                                            .cancelled = problem.cancelled});
      !all)
    return all.error();
  const bool press = problem.criterion == SubsetCriterion::kPress;
  SubsetTree tree = press ? grow_tree_with_rows(plan) : grow_tree(plan);
  tree.max_size = *largest_subset(plan);
  limit_by_score(plan, tree);
  tree.cancelled = problem.cancelled;
  const SubsetLists lists = detail::search_tree(tree);
  if (lists.cancelled) return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
  if (lists.forced_depend)
    return Error{ErrorKind::kRankDeficient,
                 "the forced regressors depend on one another, or one of them never changes",
                 {},
                 "N4"};
  return judge_finalists(plan, lists);
}

}  // namespace steppe::numerics
