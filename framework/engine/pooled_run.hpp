// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression step with one fit to the rows of all keys: gathers the rows of each key as for a fit
// of its own, puts them one key after the other in the order of the keys, fits, and forecasts every
// key from its own drivers. Neither the order of the data nor the number of threads matters.
//
// A key that has no rows, or whose rows are at fault, fails alone and is left out of the fit, with
// a warning; one whose forecast fails stays in it.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/results.hpp"
#include "engine/block_run.hpp"
#include "engine/regression_rows.hpp"

namespace steppe {

// Why a pooled fit has no tests of assumptions.
std::string no_tests_of_pooled_rows(std::size_t keys);

class PooledRun {
 public:
  // The trends of the domain have run. Borrows `run`.
  PooledRun(const BlockRun& run, std::size_t step, int threads)
      : run_(run),
        step_(step),
        threads_(threads),
        runner_(*run.runners[step].regression),
        results_(run.results[step]->results),
        members_(results_.size()) {}

  // Fills the results of every key and the `pooled` of the step.
  void run();

 private:
  // What one key brings in.
  struct Member {
    std::optional<RegressionCase> input;
    std::optional<FitRows> rows;
    std::size_t first = 0;  // of its rows among all
  };

  void gather(std::size_t key);
  FitRows pool(PooledFit& out);
  void warn_of_left_out(PooledFit& out) const;
  RegressionInput data_of(FitRows rows) const;
  Error named(Error error) const;
  void fail_all(PooledFit& out, Error error);
  void forecast_all(const RegressionFit& fit, PooledFit& out);
  void forecast_one(const RegressionFit& fit, const std::vector<double>& fitted,
                    const PooledBytes* pool, std::size_t key);
  void finish_scenarios();

  const BlockRun& run_;
  std::size_t step_;
  int threads_;
  const RegressionRunner& runner_;
  std::vector<SeriesResult>& results_;
  std::vector<Member> members_;  // by key
};

}  // namespace steppe
