// SPDX-License-Identifier: Apache-2.0
#pragma once

// Body of every kernel variant; see kernels.hpp for what each does and vector.hpp for the rules.

#include "kernels/elementary.hpp"
#include "kernels/kernels.hpp"

namespace steppe::numerics::STEPPE_KERNEL_VARIANT {

void log_each(const double* in, double* out, std::size_t count) {
  std::size_t i = 0;
  while (i + kWidth <= count) {
    const std::size_t left = (count - i) / kWidth;
    const std::size_t vectors = left < kBlock ? left : kBlock;
    double kept[kBlock * kWidth];  // in and out may be one array
    Mask odd{};
    for (std::size_t v = 0; v < vectors; ++v) {
      const Vec x = load(in + i + v * kWidth);
      odd |= ~((x >= kSmallestNormal) & (x <= kLargest));
      store(kept + v * kWidth, x);
    }
    ln_block(kept, out + i, vectors);
    if (any(odd)) [[unlikely]] {
      for (std::size_t e = 0; e < vectors * kWidth; ++e) out[i + e] = ln_any(kept[e]);
    }
    i += vectors * kWidth;
  }
  for (; i < count; ++i) out[i] = ln_any(in[i]);
}

void exp_each(const double* in, double* out, std::size_t count) {
  std::size_t i = 0;
  while (i + kWidth <= count) {
    const std::size_t left = (count - i) / kWidth;
    const std::size_t vectors = left < kBlock ? left : kBlock;
    double kept[kBlock * kWidth];
    Mask odd{};
    for (std::size_t v = 0; v < vectors; ++v) {
      const Vec x = load(in + i + v * kWidth);
      odd |= ~((x >= kExpLowest) & (x <= kExpHighest));
      store(kept + v * kWidth, x);
    }
    exp_block(kept, out + i, vectors);
    if (any(odd)) [[unlikely]] {
      for (std::size_t e = 0; e < vectors * kWidth; ++e) out[i + e] = exp_any(kept[e]);
    }
    i += vectors * kWidth;
  }
  for (; i < count; ++i) out[i] = exp_any(in[i]);
}

// Squares of numbers between 2^-300 and 2^300 neither overflow nor lose digits.
constexpr double kSquareLow = 0x1p-600;
constexpr double kSquareHigh = 0x1p600;

STEPPE_INLINE Mask outside_squares(Vec sum) { return ~((sum > kSquareLow) & (sum < kSquareHigh)); }

// Vectors that are done side by side: enough independent sums to keep the adders busy.
constexpr std::size_t kSide = kKernelLanes / kWidth < 4 ? kKernelLanes / kWidth : 4;
constexpr std::size_t kSideLanes = kSide * kWidth;

// The fit of kSideLanes series. Row i of a kept array is at i * kSideLanes.
template <std::size_t P, bool kIntercept, bool kLn>
class LaneFit {
 public:
  STEPPE_INLINE Mask run(const FitTask& task, std::size_t column) {
    rows_ = task.rows;
    basis_ = task.basis;
    z_ = task.scratch;
    for (std::size_t u = 0; u < kSide; ++u) suspect_[u] = Mask{};
    if constexpr (kLn) {
      take_ln(task, column);
      project(z_, static_cast<std::ptrdiff_t>(kSideLanes), task.offset);
      residuals(task.scratch + 2 * rows_ * kSideLanes);
      original_scale(task.scratch + rows_ * kSideLanes, task.scratch + 2 * rows_ * kSideLanes);
    } else {
      project(task.values + column, task.row_stride, task.offset);
      residuals(nullptr);
    }
    return hand_over(task, column);
  }

 private:
  // z = ln y; keeps y behind it.
  STEPPE_INLINE void take_ln(const FitTask& task, std::size_t column) {
    double* y_kept = task.scratch + rows_ * kSideLanes;
    const double* values = task.values + column;
    const std::ptrdiff_t stride = task.row_stride;
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t u = 0; u < kSide; ++u) {
        const Vec y = load(values + static_cast<std::ptrdiff_t>(i) * stride + u * kWidth);
        suspect_[u] |= ~((y >= kSmallestNormal) & (y <= kLargest));
        store(y_kept + i * kSideLanes + u * kWidth, y);
      }
    }
    for (std::size_t v = 0; v < rows_ * kSide; v += kBlock) {
      const std::size_t left = rows_ * kSide - v;
      ln_block(y_kept + v * kWidth, z_ + v * kWidth, left < kBlock ? left : kBlock);
    }
  }

  // c = Q'd, with d taken from the first observation: exactly 0 for a constant series. Keeps d in
  // z_, which may be what it reads.
  STEPPE_INLINE void project(const double* values, std::ptrdiff_t stride, double offset) {
    Vec first[kSide];
    Vec sum[kSide] = {};
    Vec c[P + 1][kSide] = {};
    for (std::size_t u = 0; u < kSide; ++u) {
      first[u] = kIntercept ? load(values + u * kWidth) : broadcast(offset);
    }
    const double* q = basis_;
    double* kept = z_;
    for (std::size_t i = 0; i < rows_; ++i, q += P, values += stride, kept += kSideLanes) {
      for (std::size_t u = 0; u < kSide; ++u) {
        const Vec d = load(values + u * kWidth) - first[u];
        store(kept + u * kWidth, d);
        if constexpr (kIntercept) sum[u] += d;
        for (std::size_t j = 0; j < P; ++j) c[j][u] += q[j] * d;
      }
    }
    for (std::size_t u = 0; u < kSide; ++u) {
      mean_[u] = sum[u] / static_cast<double>(rows_);
      level_[u] = kIntercept ? first[u] + mean_[u] : first[u];
      for (std::size_t j = 0; j < P; ++j) c_[j][u] = c[j][u];
    }
  }

  // Sums of squares, and the fitted values where wanted.
  STEPPE_INLINE void residuals(double* fitted_kept) {
    Vec sse[kSide] = {};
    Vec sst[kSide] = {};
    const double* q = basis_;
    const double* kept = z_;
    for (std::size_t i = 0; i < rows_; ++i, q += P, kept += kSideLanes) {
      for (std::size_t u = 0; u < kSide; ++u) {
        const Vec d = load(kept + u * kWidth);
        const Vec w = kIntercept ? d - mean_[u] : d;
        Vec fitted{};
        if constexpr (P > 0) fitted = q[0] * c_[0][u];
        for (std::size_t j = 1; j < P; ++j) fitted += q[j] * c_[j][u];
        const Vec residual = w - fitted;
        sse[u] += residual * residual;
        sst[u] += w * w;
        if constexpr (kLn) {
          store(fitted_kept, level_[u] + fitted);
          fitted_kept += kWidth;
        }
      }
    }
    for (std::size_t u = 0; u < kSide; ++u) {
      sse_[u] = sse[u];
      sst_[u] = sst[u];
      suspect_[u] |= outside_squares(sst[u]);
    }
  }

  // The same sums with exp of the fitted values, which are overwritten.
  STEPPE_INLINE void original_scale(const double* y_kept, double* fitted) {
    for (std::size_t v = 0; v < rows_ * kSide; v += kBlock) {
      const std::size_t left = rows_ * kSide - v;
      exp_block(fitted + v * kWidth, fitted + v * kWidth, left < kBlock ? left : kBlock);
    }
    for (std::size_t u = 0; u < kSide; ++u) {
      const double* y = y_kept + u * kWidth;
      const double* e = fitted + u * kWidth;
      const Vec first = load(y);
      Vec sum{};
      for (std::size_t i = 0; i < rows_; ++i) sum += load(y + i * kSideLanes) - first;
      const Vec mean = sum / static_cast<double>(rows_);
      Vec sse{};
      Vec sst{};
      for (std::size_t i = 0; i < rows_; ++i) {
        const Vec value = load(y + i * kSideLanes);
        const Vec error = value - load(e + i * kSideLanes);
        const Vec spread = (value - first) - mean;
        sse += error * error;
        sst += spread * spread;
      }
      sse_original_[u] = sse;
      sst_original_[u] = sst;
      suspect_[u] |= outside_squares(sst) | outside_squares(sse);
    }
  }

  STEPPE_INLINE Mask hand_over(const FitTask& task, std::size_t column) const {
    Mask suspect{};
    for (std::size_t u = 0; u < kSide; ++u, column += kWidth) {
      store(task.level + column, level_[u]);
      for (std::size_t j = 0; j < P; ++j) {
        store(task.coordinates + static_cast<std::ptrdiff_t>(j) * task.coordinate_stride + column,
              c_[j][u]);
      }
      store(task.sse + column, sse_[u]);
      store(task.sst + column, sst_[u]);
      if constexpr (kLn) {
        store(task.sse_original + column, sse_original_[u]);
        store(task.sst_original + column, sst_original_[u]);
      }
      store(task.suspect + column, suspect_[u]);
      suspect |= suspect_[u];
    }
    return suspect;
  }

  // Not initialised: run() writes each before it is read, and a store per group would show.
  std::size_t rows_;
  const double* basis_;
  double* z_;
  Vec mean_[kSide];
  Vec level_[kSide];
  Vec c_[P + 1][kSide];
  Vec sse_[kSide];
  Vec sst_[kSide];
  Vec sse_original_[kSide];
  Vec sst_original_[kSide];
  Mask suspect_[kSide];
};

template <std::size_t P, bool kIntercept, bool kLn>
bool fit_groups(const FitTask& task) {
  Mask suspect{};
  for (std::size_t column = 0; column < task.groups * kKernelLanes; column += kSideLanes) {
    LaneFit<P, kIntercept, kLn> lanes;
    suspect |= lanes.run(task, column);
  }
  return any(suspect);
}

template <std::size_t P>
bool fit_columns(const FitTask& t) {
  if (t.columns != P) {
    if constexpr (P < 6) return fit_columns<P + 1>(t);
    return true;
  }
  if (t.intercept) return t.ln_scale ? fit_groups<P, true, true>(t) : fit_groups<P, true, false>(t);
  return t.ln_scale ? fit_groups<P, false, true>(t) : fit_groups<P, false, false>(t);
}

bool fit(const FitTask& task) { return fit_columns<0>(task); }

// The sum runs over the columns first, the level last: the order of the fit's own residuals.
STEPPE_INLINE Vec predictor(const PredictTask& t, std::size_t column) {
  Vec rest{};
  for (std::size_t j = 0; j < t.columns; ++j) {
    const double* c = t.coordinates + static_cast<std::ptrdiff_t>(j) * t.coordinate_stride;
    const Vec term = t.weights[j] * load(c + column);
    rest = j == 0 ? term : rest + term;
  }
  return load(t.level + column) + rest;
}

void predict(const PredictTask& task) {
  const PredictTask t = task;  // stores may not be thought to change it
  std::size_t column = 0;
  for (; column + kWidth <= t.count; column += kWidth) {
    store(t.out + column, predictor(t, column));
  }
  if (column == t.count) return;
  const Vec last = predictor(t, column);
  for (std::size_t lane = 0; column + lane < t.count; ++lane) t.out[column + lane] = last[lane];
}

void r_squared_each(const double* residual, const double* total, double* out, std::size_t count) {
  const Vec undefined = broadcast(__builtin_nan(""));
  std::size_t i = 0;
  for (; i + kWidth <= count; i += kWidth) {
    const Vec whole = load(total + i);
    const Vec value = 1.0 - load(residual + i) / whole;
    store(out + i, whole > 0.0 ? value : undefined);
  }
  for (; i < count; ++i) out[i] = total[i] > 0 ? 1 - residual[i] / total[i] : undefined[0];
}

extern const KernelTable kTable;
const KernelTable kTable = {STEPPE_KERNEL_NAME, log_each, exp_each, r_squared_each, fit, predict};

}  // namespace steppe::numerics::STEPPE_KERNEL_VARIANT
