// SPDX-License-Identifier: Apache-2.0
#pragma once

// Body of every variant; see cross_products.hpp for what each does and vector.hpp for the rules.

#include "kernels/cross_products.hpp"
#include "kernels/vector.hpp"

namespace steppe::numerics::STEPPE_KERNEL_VARIANT {

constexpr std::size_t kParts = kSumLanes / kWidth;  // vectors that make up the partial sums
// Columns of a tile: as many accumulators as there are registers for, with room for two operands
// and a product.
constexpr std::size_t kTile = kWidth == 8 ? 4 : 3;
constexpr std::size_t kLine = 8;  // doubles of a cache line

STEPPE_INLINE double total(const Vec (&parts)[kParts]) {
#if defined(__AVX__) && !defined(__AVX512F__)
  const Vec l = parts[0] + parts[1];  // the same sums as below, without a way through memory
  return (l[0] + l[2]) + (l[1] + l[3]);
#else
  double l[kSumLanes];
  for (std::size_t v = 0; v < kParts; ++v) store(l + v * kWidth, parts[v]);
  return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
#endif
}

double take(const double* in, std::ptrdiff_t stride, std::size_t rows, double shift, double* out) {
  Vec sums[kParts] = {};
  std::size_t i = 0;
  if (stride == 1) {
    for (; i + kSumLanes <= rows; i += kSumLanes) {
      for (std::size_t v = 0; v < kParts; ++v) {
        const Vec x = load(in + i + v * kWidth) - shift;
        store(out + i + v * kWidth, x);
        sums[v] += x;
      }
    }
  }
  const std::size_t summed = i;
  for (; i < rows; ++i) out[i] = in[static_cast<std::ptrdiff_t>(i) * stride] - shift;
  for (; i < kPanelRows; ++i) out[i] = 0;
  for (i = summed; i < kPanelRows; i += kSumLanes)
    for (std::size_t v = 0; v < kParts; ++v) sums[v] += load(out + i + v * kWidth);
  return total(sums);
}

// Columns a .. a + kTile - 1 times columns b ..; one part of the lanes after the other, so that the
// accumulators stay in registers.
STEPPE_INLINE void tile(const double* a, const double* b, double* lanes) {
  for (std::size_t v = 0; v < kParts; ++v) {
    Vec sums[kTile][kTile];
    double* const own = lanes + v * kTile * kTile * kWidth;
    for (std::size_t i = 0; i < kTile; ++i)
      for (std::size_t j = 0; j < kTile; ++j) sums[i][j] = load(own + (i * kTile + j) * kWidth);
    for (std::size_t row = v * kWidth; row < kPanelRows; row += kSumLanes) {
      Vec right[kTile];
      for (std::size_t j = 0; j < kTile; ++j) right[j] = load(b + j * kPanelRows + row);
      for (std::size_t i = 0; i < kTile; ++i) {
        const Vec left = load(a + i * kPanelRows + row);
        for (std::size_t j = 0; j < kTile; ++j) sums[i][j] += left * right[j];
      }
    }
    for (std::size_t i = 0; i < kTile; ++i)
      for (std::size_t j = 0; j < kTile; ++j) store(own + (i * kTile + j) * kWidth, sums[i][j]);
  }
}

constexpr std::size_t kTileLanes = kTile * kTile * kSumLanes;

void products(const double* panel, std::size_t columns, double* lanes, const double* const* ahead,
              std::size_t aheads) {
  constexpr std::size_t kLines = kPanelRows / kLine;
  const std::size_t blocks = columns / kTile;
  // Fetched little by little, or the requests would hold up the loads of the tiles.
  const std::size_t tiles = blocks * (blocks + 1) / 2;
  const std::size_t at_once = (aheads * kLines + tiles - 1) / tiles;
  std::size_t line = 0;
  for (std::size_t i = 0; i < blocks; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < at_once && line < aheads * kLines; ++k, ++line)
        __builtin_prefetch(ahead[line / kLines] + line % kLines * kLine, 0, 2);
      tile(panel + i * kTile * kPanelRows, panel + j * kTile * kPanelRows, lanes);
      lanes += kTileLanes;
    }
  }
}

void collect(double* lanes, std::size_t columns, double* high, double* low) {
  for (std::size_t bi = 0; bi < columns; bi += kTile) {
    for (std::size_t bj = 0; bj <= bi; bj += kTile) {
      for (std::size_t i = 0; i < kTile; ++i) {
        for (std::size_t j = 0; j < kTile; ++j) {
          Vec parts[kParts];
          for (std::size_t v = 0; v < kParts; ++v) {
            double* const part = lanes + ((v * kTile + i) * kTile + j) * kWidth;
            parts[v] = load(part);
            store(part, Vec{});
          }
          const double value = total(parts);
          double& sum = high[(bi + i) * columns + bj + j];
          const double next = sum + value;  // Knuth's exact sum
          const double came = next - sum;
          low[(bi + i) * columns + bj + j] += (sum - (next - came)) + (value - came);
          sum = next;
        }
      }
      lanes += kTileLanes;
    }
  }
}

STEPPE_INLINE double dot(const double* a, double shift, const double* b) {
  Vec sums[kParts] = {};
  for (std::size_t row = 0; row < kPanelRows; row += kSumLanes)
    for (std::size_t v = 0; v < kParts; ++v)
      sums[v] += (load(a + row + v * kWidth) - shift) * load(b + row + v * kWidth);
  return total(sums);
}

void residuals(const PanelColumns& columns, std::size_t rows, const double* slopes, double constant,
               double* residual, double* explained) {
  constexpr std::size_t kVectors = 4;  // enough to hide the latency of a subtraction
  constexpr std::size_t kAtOnce = kVectors * kWidth;
  const double* const response = columns.column[columns.count];
  const double level = columns.shift[columns.count];
  for (std::size_t row = 0; row < kPanelRows; row += kAtOnce) {
    Vec rest[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v)
      rest[v] = (load(response + row + v * kWidth) - level) - constant;
    for (std::size_t j = 0; j < columns.count; ++j) {
      const double* const column = columns.column[j] + row;
      if (columns.more)
        for (std::size_t line = 0; line < kAtOnce; line += kLine)
          __builtin_prefetch(column + kPanelRows + line, 0, 2);
      for (std::size_t v = 0; v < kVectors; ++v)
        rest[v] -= slopes[j] * (load(column + v * kWidth) - columns.shift[j]);
    }
    for (std::size_t v = 0; v < kVectors; ++v) store(residual + row + v * kWidth, rest[v]);
  }
  for (std::size_t row = rows; row < kPanelRows; ++row) residual[row] = 0;
  for (std::size_t j = 0; j < columns.count; ++j)
    explained[j] = dot(columns.column[j], columns.shift[j], residual);
  Vec sums[kParts] = {};
  for (std::size_t row = 0; row < kPanelRows; row += kSumLanes)
    for (std::size_t v = 0; v < kParts; ++v) sums[v] += load(residual + row + v * kWidth);
  explained[columns.count] = total(sums);
  explained[columns.count + 1] = dot(residual, 0.0, residual);
}

extern const CrossProductTable kCrossProducts;
const CrossProductTable kCrossProducts = {kTile, take, products, collect, residuals};

}  // namespace steppe::numerics::STEPPE_KERNEL_VARIANT
