// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops of a regression with many rows, built once per instruction set from
// cross_products_impl.hpp. A panel holds kPanelRows rows of every column, a column after the other,
// padded with zero columns to a multiple of the variant's tile. Every variant gives the same bits:
// sums over rows run in kSumLanes partial sums that are added in one order, nothing is contracted.
// Internal to the library; the door is least_squares.hpp.

#include <cstddef>

namespace steppe::numerics {

constexpr std::size_t kPanelRows = 128;  // a panel of twenty columns stays in the first cache
constexpr std::size_t kSumLanes = 8;

// kPanelRows rows of the regressors and, behind them, the response, wherever they lie; each is to
// be taken less its shift.
struct PanelColumns {
  const double* const* column = nullptr;
  const double* shift = nullptr;
  std::size_t count = 0;  // regressors
  bool more = false;      // the rows after these lie behind them: they are fetched ahead
};

struct CrossProductTable {
  std::size_t tile;  // width and height of the blocks in which products are formed

  // out[i] = in[i * stride] - shift for `rows` rows, then zeros to the end of the panel's column.
  // The sum of them all.
  double (*take)(const double* in, std::ptrdiff_t stride, std::size_t rows, double shift,
                 double* out);
  // Adds the products of all pairs of columns to partial sums, kSumLanes for each of the `columns`
  // squared. The rows at `ahead` (a pointer per column, `aheads` of them) are fetched meanwhile.
  void (*products)(const double* panel, std::size_t columns, double* lanes,
                   const double* const* ahead, std::size_t aheads);
  // high[i * columns + j] + low[..] += the sum over the lanes, for j <= i at least; lanes = 0.
  void (*collect)(double* lanes, std::size_t columns, double* high, double* low);
  // residual = response - constant - sum slopes[j] * column j for the first `rows` rows, else 0;
  // explained[j] = column j times residual, explained[count] the sum of the residuals and the next
  // one that of their squares.
  void (*residuals)(const PanelColumns& columns, std::size_t rows, const double* slopes,
                    double constant, double* residual, double* explained);
};

// The widest variant this machine runs; or a given one, up to widest_variant().
const CrossProductTable& cross_products();
const CrossProductTable& cross_products(int variant);

}  // namespace steppe::numerics
