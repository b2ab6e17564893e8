// SPDX-License-Identifier: Apache-2.0
#pragma once

// In which line of the file each delivered row starts. Rows mostly follow line by line, so only
// where the step changes is anything kept.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace steppe::csv {

class RowLines {
 public:
  // Of the next row.
  void add(std::uint64_t line) {
    if (line == expected_) {
      expected_ += runs_.back().step;
    } else if (!runs_.empty() && runs_.back().row + 1 == rows_) {
      runs_.back().step = line - runs_.back().line;  // a run of one row takes any step
      expected_ = line + runs_.back().step;
    } else {
      runs_.push_back({rows_, line, 1});
      expected_ = line + 1;
    }
    ++rows_;
  }

  // Line of row `row`, from 0, which has been added.
  std::uint64_t line_of(std::uint64_t row) const {
    const auto after =
        std::upper_bound(runs_.begin(), runs_.end(), row,
                         [](std::uint64_t r, const Run& run) { return r < run.row; });
    const Run& run = *(after - 1);
    return run.line + (row - run.row) * run.step;
  }

  std::uint64_t rows() const { return rows_; }

 private:
  struct Run {
    std::uint64_t row;
    std::uint64_t line;
    std::uint64_t step;
  };
  std::vector<Run> runs_;
  std::uint64_t rows_ = 0;
  std::uint64_t expected_ = 0;  // no row starts in line 0
};

}  // namespace steppe::csv
