// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics::detail {

// A subset found by the search: bit j for column j of the order given to the tree.
struct FoundSubset {
  std::uint64_t columns = 0;
  double sum = 0.0;  // of squared residuals, or of leave-one-out ones; of a response of unit length
};

// What leave-one-out residuals need of a fit, row by row.
struct FittedRows {
  std::vector<double> residual;
  std::vector<double> leverage;
};

// The tree of all subsets of the columns behind the forced ones. `factor` is the triangular factor
// of the columns and, last, the response, row by row: `rows` x (columns + 1 + observations). The
// observations are there only for a search by leave-one-out residuals: column i of Q' then, and
// `before` is the fit without any of the columns.
struct SubsetTree {
  std::vector<double> factor;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t observations = 0;
  FittedRows before;
  std::size_t forced = 0;    // the first columns, always in
  double unexplained = 0.0;  // sum of squares of the response outside of all columns
  std::size_t max_size = 0;
  std::size_t keep = kSubsetsPerSize;
  // The sum above which a subset of a size is of no use, given the best sum of each size so far.
  std::function<double(std::size_t size, const std::vector<double>& best)> useful;
  std::function<bool()> cancelled;
};

struct SubsetLists {
  std::vector<std::vector<FoundSubset>> of_size;  // at most `keep` each, best first
  std::size_t nodes = 0;
  bool cancelled = false;
  bool forced_depend = false;
};

SubsetLists search_tree(const SubsetTree& tree);

}  // namespace steppe::numerics::detail
