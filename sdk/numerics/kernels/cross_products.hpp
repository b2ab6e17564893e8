// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops of a regression with many rows, built once per instruction set from
// cross_products_impl.hpp. A panel holds kPanelRows rows of every column, a column after the other,
// padded with zero columns to a multiple of kPanelColumns. Every variant gives the same bits: sums
// over rows run in kSumLanes partial sums that are added in one order, nothing is contracted.
// Internal to the library; the door is least_squares.hpp.

#include <cstddef>

namespace steppe::numerics {

constexpr std::size_t kPanelRows = 128;  // a panel of twenty columns stays in the first cache
constexpr std::size_t kPanelColumns = 4;
constexpr std::size_t kSumLanes = 8;

struct CrossProductTable {
  // out[i] = in[i * stride] - shift for `rows` rows, then zeros to the end of the panel's column.
  void (*take)(const double* in, std::ptrdiff_t stride, std::size_t rows, double shift,
               double* out);
  // The sum of a panel's column; raises *largest to its largest magnitude. NaN gives a NaN sum.
  double (*sum)(const double* column, double* largest);
  // out[i * columns + j] = column i times column j, for j <= i at least.
  void (*products)(const double* panel, std::size_t columns, double* out);
  // out = response - constant - sum slopes[j] * column j, row by row, for `columns` columns.
  void (*residuals)(const double* panel, std::size_t columns, const double* slopes, double constant,
                    const double* response, double* out);
  // out[j] = column j times v.
  void (*times)(const double* panel, std::size_t columns, const double* v, double* out);
};

// The widest variant this machine runs; or a given one, up to widest_variant().
const CrossProductTable& cross_products();
const CrossProductTable& cross_products(int variant);

}  // namespace steppe::numerics
