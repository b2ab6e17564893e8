// SPDX-License-Identifier: Apache-2.0
#pragma once

// Body of every variant; see cross_products.hpp for what each does and vector.hpp for the rules.

#include "kernels/cross_products.hpp"
#include "kernels/vector.hpp"

namespace steppe::numerics::STEPPE_KERNEL_VARIANT {

constexpr std::size_t kParts = kSumLanes / kWidth;  // vectors that make up the partial sums
// Columns of a tile: as many accumulators as there are registers for.
constexpr std::size_t kTile = kParts == 1 ? 4 : 2;

struct Lanes {
  Vec part[kParts] = {};
};

STEPPE_INLINE double total(const Lanes& lanes) {
  double l[kSumLanes];
  for (std::size_t v = 0; v < kParts; ++v) store(l + v * kWidth, lanes.part[v]);
  return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
}

void take(const double* in, std::ptrdiff_t stride, std::size_t rows, double shift, double* out) {
  std::size_t i = 0;
  if (stride == 1) {
    for (; i + kWidth <= rows; i += kWidth) store(out + i, load(in + i) - shift);
  }
  for (; i < rows; ++i) out[i] = in[static_cast<std::ptrdiff_t>(i) * stride] - shift;
  for (; i < kPanelRows; ++i) out[i] = 0;
}

double sum(const double* column, double* largest) {
  Lanes sums;
  Vec high{};
  for (std::size_t i = 0; i < kPanelRows; i += kSumLanes) {
    for (std::size_t v = 0; v < kParts; ++v) {
      const Vec x = load(column + i + v * kWidth);
      sums.part[v] += x;
      const Vec size = x < 0.0 ? -x : x;
      high = size > high ? size : high;
    }
  }
  for (std::size_t i = 0; i < kWidth; ++i) *largest = high[i] > *largest ? high[i] : *largest;
  return total(sums);
}

// kTile columns times kTile columns.
STEPPE_INLINE void tile(const double* a, const double* b, std::size_t stride, double* out) {
  Lanes sums[kTile][kTile];
  for (std::size_t row = 0; row < kPanelRows; row += kSumLanes) {
    for (std::size_t v = 0; v < kParts; ++v) {
      const std::size_t at = row + v * kWidth;
      Vec right[kTile];
      for (std::size_t j = 0; j < kTile; ++j) right[j] = load(b + j * kPanelRows + at);
      for (std::size_t i = 0; i < kTile; ++i) {
        const Vec left = load(a + i * kPanelRows + at);
        for (std::size_t j = 0; j < kTile; ++j) sums[i][j].part[v] += left * right[j];
      }
    }
  }
  for (std::size_t i = 0; i < kTile; ++i) {
    for (std::size_t j = 0; j < kTile; ++j) out[i * stride + j] = total(sums[i][j]);
  }
}

void products(const double* panel, std::size_t columns, double* out) {
  for (std::size_t i = 0; i < columns; i += kTile) {
    for (std::size_t j = 0; j <= i; j += kTile) {
      tile(panel + i * kPanelRows, panel + j * kPanelRows, columns, out + i * columns + j);
    }
  }
}

void residuals(const double* panel, std::size_t columns, const double* slopes, double constant,
               const double* response, double* out) {
  constexpr std::size_t kAtOnce = 4 * kWidth;
  for (std::size_t row = 0; row < kPanelRows; row += kAtOnce) {
    Vec rest[4];
    for (std::size_t v = 0; v < 4; ++v) rest[v] = load(response + row + v * kWidth) - constant;
    for (std::size_t j = 0; j < columns; ++j) {
      const double* column = panel + j * kPanelRows + row;
      for (std::size_t v = 0; v < 4; ++v) rest[v] -= slopes[j] * load(column + v * kWidth);
    }
    for (std::size_t v = 0; v < 4; ++v) store(out + row + v * kWidth, rest[v]);
  }
}

void times(const double* panel, std::size_t columns, const double* v, double* out) {
  for (std::size_t j = 0; j < columns; ++j) {
    Lanes sums;
    for (std::size_t row = 0; row < kPanelRows; row += kSumLanes) {
      for (std::size_t part = 0; part < kParts; ++part) {
        const std::size_t at = row + part * kWidth;
        sums.part[part] += load(panel + j * kPanelRows + at) * load(v + at);
      }
    }
    out[j] = total(sums);
  }
}

extern const CrossProductTable kCrossProducts;
const CrossProductTable kCrossProducts = {take, sum, products, residuals, times};

}  // namespace steppe::numerics::STEPPE_KERNEL_VARIANT
