// SPDX-License-Identifier: Apache-2.0
#include "subset_tree.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace steppe::numerics::detail {
namespace {

constexpr double kTreeInfinity = std::numeric_limits<double>::infinity();
constexpr double kTreePivot = 1e-10;       // of columns of unit length
constexpr double kTreeSlack = 1.0 + 1e-8;  // a bound is cut only when it is surely worse
constexpr double kTreeFullLeverage = 1e-10;

// Free columns behind a prefix that is always in: the rows and columns of the factor below it.
struct TreeNode {
  std::uint64_t prefix = 0;
  std::vector<std::size_t> columns;  // in the order of the factor
  std::vector<double> factor;        // rows x (columns + 1 + observations), as in SubsetTree
  std::size_t observations = 0;
  FittedRows fitted;  // of the prefix; empty without observations
  std::size_t rows = 0;
  double base = 0.0;  // residual sum with all columns in
  std::size_t width() const { return columns.size() + 1 + observations; }
  double& at(std::size_t row, std::size_t column) { return factor[row * width() + column]; }
  double at(std::size_t row, std::size_t column) const { return factor[row * width() + column]; }
};

// Zeroes what is below the diagonal in an upper Hessenberg factor and takes rows that no column
// reaches into the residual sum.
void make_triangular(TreeNode& node) {
  const std::size_t count = node.columns.size();
  for (std::size_t j = 0; j < count && j + 1 < node.rows; ++j) {
    const double low = node.at(j + 1, j);
    if (low == 0.0) continue;
    const double length = std::hypot(node.at(j, j), low);
    const double c = node.at(j, j) / length;
    const double s = low / length;
    double* upper = &node.at(j, 0);
    double* lower = &node.at(j + 1, 0);
    for (std::size_t k = j; k < node.width(); ++k) {
      const double a = upper[k];
      const double b = lower[k];
      upper[k] = c * a + s * b;
      lower[k] = c * b - s * a;
    }
    lower[j] = 0.0;
  }
  for (std::size_t i = count; i < node.rows; ++i)
    node.base += node.at(i, count) * node.at(i, count);
  node.rows = std::min(node.rows, count);
  node.factor.resize(node.rows * node.width());
}

// The node without column `gone`, the ones before it taken into the prefix.
TreeNode node_without(const TreeNode& node, std::size_t gone) {
  TreeNode out;
  out.prefix = node.prefix;
  for (std::size_t j = 0; j < gone; ++j) out.prefix |= std::uint64_t{1} << node.columns[j];
  out.columns.assign(node.columns.begin() + static_cast<std::ptrdiff_t>(gone) + 1,
                     node.columns.end());
  out.base = node.base;
  out.observations = node.observations;
  out.rows = node.rows > gone ? node.rows - gone : 0;
  out.factor.reserve(out.rows * out.width());
  for (std::size_t i = gone; i < node.rows; ++i) {
    const double* row = &node.factor[i * node.width()];
    out.factor.insert(out.factor.end(), row + gone + 1, row + node.width());
  }
  make_triangular(out);
  return out;
}

// Residual sums of all columns but one, from the inverse of the factor: RSS + b_j^2 / C_jj.
std::vector<double> sums_without_each(const TreeNode& node) {
  const std::size_t count = node.columns.size();
  std::vector<double> inverse(count * count, 0.0);
  std::vector<double> out;
  for (std::size_t j = 0; j < count; ++j) {
    if (std::abs(node.at(j, j)) <= kTreePivot) return {};
    inverse[j * count + j] = 1.0 / node.at(j, j);
    for (std::size_t i = j; i-- > 0;) {
      double sum = 0.0;
      for (std::size_t m = i + 1; m <= j; ++m) sum += node.at(i, m) * inverse[m * count + j];
      inverse[i * count + j] = -sum / node.at(i, i);
    }
  }
  for (std::size_t j = 0; j < count; ++j) {
    double coefficient = 0.0;
    double variance = 0.0;
    for (std::size_t m = j; m < count; ++m) {
      coefficient += inverse[j * count + m] * node.at(m, count);
      variance += inverse[j * count + m] * inverse[j * count + m];
    }
    out.push_back(node.base + coefficient * coefficient / variance);
  }
  return out;
}

// Columns in a new order: their factor by Householder reflections.
TreeNode reordered_node(const TreeNode& node, const std::vector<std::size_t>& order) {
  TreeNode out = node;
  const std::size_t count = order.size();
  for (std::size_t j = 0; j < count; ++j) {
    out.columns[j] = node.columns[order[j]];
    for (std::size_t i = 0; i < node.rows; ++i) out.at(i, j) = node.at(i, order[j]);
  }
  for (std::size_t j = 0; j < count && j + 1 < out.rows; ++j) {
    double below = 0.0;
    for (std::size_t i = j + 1; i < out.rows; ++i) below += out.at(i, j) * out.at(i, j);
    if (below == 0.0) continue;
    const double length = std::sqrt(below + out.at(j, j) * out.at(j, j));
    const double diagonal = out.at(j, j) > 0.0 ? -length : length;
    const double head = out.at(j, j) - diagonal;
    const double factor = 2.0 / (head * head + below);
    for (std::size_t k = j + 1; k < out.width(); ++k) {
      double along = head * out.at(j, k);
      for (std::size_t i = j + 1; i < out.rows; ++i) along += out.at(i, j) * out.at(i, k);
      along *= factor;
      out.at(j, k) -= along * head;
      for (std::size_t i = j + 1; i < out.rows; ++i) out.at(i, k) -= along * out.at(i, j);
    }
    out.at(j, j) = diagonal;
    for (std::size_t i = j + 1; i < out.rows; ++i) out.at(i, j) = 0.0;
  }
  return out;
}

// Takes column i of the node, its row of the factor, into the fit (sign 1) or out of it (-1).
void change_fit(const TreeNode& node, std::size_t i, double sign, FittedRows& fitted) {
  if (node.observations == 0) return;
  const double z = sign * node.at(i, node.columns.size());
  const double* q = &node.factor[i * node.width() + node.columns.size() + 1];
  for (std::size_t row = 0; row < node.observations; ++row) {
    fitted.residual[row] -= z * q[row];
    fitted.leverage[row] += sign * (q[row] * q[row]);
  }
}

// The sum of squared leave-one-out residuals; NaN where a row decides a coefficient alone.
double left_out_sum(const FittedRows& fitted) {
  double sum = 0.0;
  double least = 1.0;
  for (std::size_t row = 0; row < fitted.residual.size(); ++row) {
    const double rest = 1.0 - fitted.leverage[row];
    const double left_out = fitted.residual[row] / rest;
    least = std::min(least, rest);
    sum += left_out * left_out;
  }
  return least > kTreeFullLeverage ? sum : std::numeric_limits<double>::quiet_NaN();
}

// A leave-one-out residual is at least 1 / (1 - h) times the residual, and no column that is added
// makes a leverage h smaller.
double least_inflation(const FittedRows& fitted) {
  double leverage = 1.0;
  for (const double h : fitted.leverage) leverage = std::min(leverage, h);
  const double rest = 1.0 - leverage;
  return fitted.leverage.empty() || rest <= kTreeFullLeverage ? 1.0 : 1.0 / (rest * rest);
}

class TreeSearch {
 public:
  explicit TreeSearch(const SubsetTree& tree)
      : tree_(tree),
        best_(tree.columns + 1, kTreeInfinity),
        limit_(tree.columns + 1, kTreeInfinity) {
    lists_.of_size.resize(tree.columns + 1);
  }

  SubsetLists run() {
    TreeNode root;
    root.columns.resize(tree_.columns);
    std::iota(root.columns.begin(), root.columns.end(), std::size_t{0});
    root.factor = tree_.factor;
    root.rows = tree_.rows;
    root.base = tree_.unexplained;
    root.observations = tree_.observations;
    root.fitted = tree_.before;
    make_triangular(root);
    for (std::size_t j = 0; j < tree_.forced; ++j)
      if (j >= root.rows || std::abs(root.at(j, j)) <= kTreePivot) lists_.forced_depend = true;
    if (lists_.forced_depend) return std::move(lists_);
    root = behind_forced(root);
    record(root.prefix, tree_.forced, judged_sum(root, 0, root.fitted));
    explore(root);
    return std::move(lists_);
  }

 private:
  TreeNode behind_forced(const TreeNode& all) const {
    TreeNode out;
    const std::size_t f = tree_.forced;
    for (std::size_t j = 0; j < f; ++j) out.prefix |= std::uint64_t{1} << j;
    out.columns.assign(all.columns.begin() + static_cast<std::ptrdiff_t>(f), all.columns.end());
    out.rows = all.rows - f;
    out.base = all.base;
    out.observations = all.observations;
    out.fitted = all.fitted;
    for (std::size_t i = 0; i < f; ++i) change_fit(all, i, 1.0, out.fitted);
    for (std::size_t i = f; i < all.rows; ++i) {
      const double* row = &all.factor[i * all.width()];
      out.factor.insert(out.factor.end(), row + f, row + all.width());
    }
    return out;
  }

  // The residual sum with the first `count` free columns in.
  static double sum_from(const TreeNode& node, std::size_t count) {
    double sum = node.base;
    for (std::size_t i = node.rows; i-- > count;) {
      const double z = node.at(i, node.columns.size());
      sum += z * z;
    }
    return sum;
  }

  // What the first `count` free columns are judged by; `fitted` is the fit with them.
  static double judged_sum(const TreeNode& node, std::size_t count, const FittedRows& fitted) {
    return node.observations > 0 ? left_out_sum(fitted) : sum_from(node, count);
  }

  void record(std::uint64_t columns, std::size_t size, double sum) {
    if (size > tree_.max_size || !(sum <= limit_[size] * kTreeSlack)) return;
    auto& list = lists_.of_size[size];
    const auto better = [](const FoundSubset& a, const FoundSubset& b) { return a.sum < b.sum; };
    const FoundSubset found{columns, sum};
    list.insert(std::upper_bound(list.begin(), list.end(), found, better), found);
    if (list.size() > tree_.keep) list.pop_back();
    if (sum < best_[size]) {
      best_[size] = sum;
      renew_limits();
    } else {
      renew_limit(size);
    }
  }

  void renew_limit(std::size_t size) {
    const auto& list = lists_.of_size[size];
    const double last = list.size() < tree_.keep ? kTreeInfinity : list.back().sum;
    limit_[size] = std::max(best_[size], std::min(last, tree_.useful(size, best_)));
  }
  void renew_limits() {
    for (std::size_t size = tree_.forced; size <= tree_.columns; ++size) renew_limit(size);
  }

  // Whether subsets of these sizes can still matter when none has a smaller sum than `bound`.
  bool hopeless(double bound, std::size_t least, std::size_t most) const {
    for (std::size_t size = least; size <= std::min(most, tree_.max_size); ++size)
      if (bound <= limit_[size] * kTreeSlack) return false;
    return true;
  }

  void explore(const TreeNode& given) {
    if ((++lists_.nodes & 1023) == 0 && tree_.cancelled && tree_.cancelled())
      lists_.cancelled = true;
    const std::size_t count = given.columns.size();
    if (count == 0 || lists_.cancelled) return;
    TreeNode sorted;
    std::vector<double> bounds;
    if (given.rows == count && count > 3) {
      bounds = sums_without_each(given);
      if (!bounds.empty()) sorted = sort_by(given, bounds);
    }
    const TreeNode& node = bounds.empty() ? given : sorted;
    const auto before = static_cast<std::size_t>(std::popcount(node.prefix));
    FittedRows fitted = node.fitted;  // with the leading columns
    std::size_t independent = 0;      // leading columns
    std::uint64_t leading = node.prefix;
    while (independent < node.rows && std::abs(node.at(independent, independent)) > kTreePivot) {
      leading |= std::uint64_t{1} << node.columns[independent];
      change_fit(node, independent, 1.0, fitted);
      ++independent;
      record(leading, before + independent, judged_sum(node, independent, fitted));
    }
    const double inflation = least_inflation(node.fitted);
    std::size_t in_fit = independent;
    for (std::size_t i = std::min(independent + 1, count - 1); i-- > 0;) {
      const std::size_t least = before + i + 1;
      const std::size_t most = before + count - 1;
      if (hopeless(inflation * (bounds.empty() ? node.base : bounds[i]), least, most)) continue;
      TreeNode child = node_without(node, i);
      while (in_fit > i) change_fit(node, --in_fit, -1.0, fitted);
      child.fitted = fitted;
      if (!hopeless(least_inflation(child.fitted) * child.base, least, most)) explore(child);
    }
  }

  // The strongest column first: to lose it costs most, and its subtree is the largest.
  static TreeNode sort_by(const TreeNode& node, std::vector<double>& bounds) {
    std::vector<std::size_t> order(node.columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return bounds[a] > bounds[b]; });
    std::vector<double> sorted;
    for (const std::size_t j : order) sorted.push_back(bounds[j]);
    bounds = std::move(sorted);
    return reordered_node(node, order);
  }

  const SubsetTree& tree_;
  SubsetLists lists_;
  std::vector<double> best_;   // by size
  std::vector<double> limit_;  // by size: larger sums are of no use
};

}  // namespace

SubsetLists search_tree(const SubsetTree& tree) { return TreeSearch(tree).run(); }

}  // namespace steppe::numerics::detail
