// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rows a regression is fitted to: the dates on which target, every regressor at its lag, and
// the weight have a value. Every row that is left out is counted in a warning.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/results.hpp"
#include "engine/history.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

// One regressor of one key: what was observed, and, for a trend step, its forecast.
struct RegressorInput {
  History history;
  const SeriesResult* forecast = nullptr;  // null for a column
};

struct RegressionCase {
  const Calendar* calendar = nullptr;
  History target;
  std::vector<RegressorInput> regressors;  // parallel to RegressionStep::regressors
  std::optional<History> weights = std::nullopt;
};

struct FitRows {
  std::vector<std::int64_t> ordinals;
  std::vector<double> regressors;  // row-major, a lagged one with its earlier value
  std::vector<double> target;
  std::vector<double> weights;  // empty without weights
};

// Warnings: rows_lost_to_lag, rows_incomplete, target_missing, weights_missing. Errors: no row is
// left (N1, with the counts when a lag is to blame), a weight that is negative or infinite (N6), no
// weight above 0 (N1).
Result<FitRows> fit_rows(const RegressionStep& step, const RegressionCase& input,
                         std::vector<Warning>& warnings);

// For a regression whose rows have to be consecutive dates (tag ordered_rows): an error that names
// the first date left out between the first and the last row.
std::optional<Error> find_gap(const FitRows& rows, const std::string& label,
                              const Calendar& calendar);

}  // namespace steppe
