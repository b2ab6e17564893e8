// SPDX-License-Identifier: Apache-2.0
#pragma once

// The linear programme of quantile regression: minimise sum rho(u_i - z_i'c), rho(r) = tau r for
// r > 0 and (tau - 1) r below. A vertex is a set of `rank` rows, the basis, whose residuals are 0.
//
// Method: from vertex to vertex along the edge of steepest descent, each time to the minimum along
// the edge (a weighted median), as Barrodale and Roberts do; Koenker, D'Orey 1987, Applied
// Statistics 36, 383-393. Two infinitesimal perturbations, carried as symbols and never as numbers,
// make every step a descent: tau is taken a trifle lower, so that of several solutions the one with
// the lowest fits is found (for a sample without regressors: the usual left-continuous quantile);
// and rows that lie on the fit without being in the basis (ties) are moved off it by fixed amounts.
// From 2000 rows on the basis of every eighth row is the start.
// Cost: an iteration is 6 n rank operations; a few iterations per coefficient and per power of ten
// of n.

#include <cstdint>
#include <functional>
#include <vector>

#include "steppe/numerics/orthonormal_design.hpp"

namespace steppe::numerics::detail {

struct QuantileVertex {
  std::vector<double> shift;        // c, rank
  std::vector<std::size_t> basis;   // rank rows, ascending
  std::vector<double> residuals;    // u - z'c; exactly 0 in the basis
  std::vector<std::size_t> on_fit;  // rows of residual 0 within rounding, the basis included
  std::vector<double> subgradient;  // of rho at each residual: sum subgradient_i z_i = 0
  double excess = 0.0;              // by how much one leaves [tau - 1, tau]
  bool unique = true;               // false when an edge of slope 0 leads away
  std::size_t iterations = 0;
};

struct QuantileStart {
  std::vector<std::size_t> basis = {};   // of another vertex of the same rows; empty: none
  std::function<bool()> cancelled = {};  // asked at every iteration
};

// Errors: not_converged after 1000 + 50 (rows + rank) iterations; cancelled; rank_deficient when
// rounding leaves no basis.
Result<QuantileVertex> solve_quantile(const OrthonormalDesign& design, double tau,
                                      const QuantileStart& start);

// A basis to begin with: that of a vertex of every eighth row where there are many, else rows near
// the tau quantile of the response that are far from depending on one another. Empty where rounding
// leaves none.
std::vector<std::size_t> quantile_start(const OrthonormalDesign& design, double tau,
                                        const QuantileStart& start);

// Fixed numbers in [1, 2) without a pattern (Steele, Lea, Flood 2014, the mixer of SplitMix64).
double scatter(std::uint64_t index);

}  // namespace steppe::numerics::detail
