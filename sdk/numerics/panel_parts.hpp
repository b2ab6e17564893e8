// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stages of solve_panel after the slopes: what the residuals of a panel say.

#include <vector>

#include "extended_basis.hpp"
#include "steppe/numerics/panel_regression.hpp"

namespace steppe::numerics::detail {

// Target and regressors as the slopes were fitted to them: after the within transform, or the data
// themselves.
struct PanelData {
  std::vector<double> columns;   // n x p; with fixed effects
  std::vector<double> response;  // n; with fixed effects
  MatrixView design;             // of `columns`, or of the problem
  VectorView target;
  std::vector<double> residuals;
};

// Covariance, standard errors, F; effects and their errors.
void fill_panel_inference(const PanelProblem& problem, const PanelData& data, PanelFit& fit);

// The three squared correlations and the share explained by slopes and effects.
void fill_panel_shares(const PanelProblem& problem, PanelFit& fit);

// x0 less the means of the key, with fixed effects; else x0.
std::vector<double> panel_distance(const PanelFit& fit, std::size_t key, VectorView row);

}  // namespace steppe::numerics::detail
