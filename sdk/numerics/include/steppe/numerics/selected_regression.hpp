// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regressions that choose among their regressors share: names to columns, the refit of the
// chosen ones as a regression in all, and the protocol of it. How they choose:
// subset_selection.hpp.

#include <string>
#include <vector>

#include "steppe/numerics/linear_regression.hpp"
#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics {

inline constexpr Option kForceOption = {
    .name = "force", .type = OptionType::kStringList, .help = "Regressors that are always in"};

// Columns of the regressors with these names, ascending. Errors: invalid_config for a name that no
// regressor has.
Result<std::vector<std::size_t>> columns_named(const std::vector<std::string>& names,
                                               const RegressionData& data);

// What is wrong with the data before any arithmetic: weights, a regressor named like the constant
// term, no rows. More columns than rows are no problem here.
std::optional<Error> find_selection_problem(const LinearSettings& settings,
                                            const RegressionData& data);

// The same rows with names for messages; `problem` is completed by criterion and forced columns.
SubsetProblem subset_problem(const LinearSettings& settings, const RegressionData& data,
                             const Host& host);

// Least squares of the chosen columns as a protocol of all: a regressor that was not chosen has the
// coefficient 0, no standard error and no test.
Result<LinearProtocol> fit_selected(const LinearSettings& settings, const RegressionData& data,
                                    const std::vector<std::size_t>& columns, const Host& host);

// "mining + oil"; "intercept" or "nothing" for none.
std::string subset_text(const LinearProtocol& protocol, const std::vector<std::size_t>& columns);

// The protocol of a regression that chose, and the warning that what follows from it is too
// optimistic. `chosen` ascending.
void write_selected_protocol(const LinearProtocol& protocol, const std::vector<std::size_t>& chosen,
                             Report& out);

}  // namespace steppe::numerics
