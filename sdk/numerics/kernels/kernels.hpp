// SPDX-License-Identifier: Apache-2.0
#pragma once

// The hot loops of steppe::numerics, built once per instruction set from kernels_impl.hpp.
// Every variant gives the same bits: a lane is an element (or a series), no sum runs across lanes,
// nothing is contracted. Internal to the library; the doors are elementwise.hpp and
// block_least_squares.hpp.

#include <cstddef>
#include <cstdint>
#include <span>

namespace steppe::numerics {

// Series that are computed side by side. The same in every variant, so that buffers fit all of
// them.
constexpr std::size_t kKernelLanes = 16;

// One pass of a least squares fit over `groups` x kKernelLanes neighbouring series.
//
// Outputs hold groups * kKernelLanes elements each (coordinates: `columns` rows of them, apart by
// coordinate_stride). With d = z - z[first] and w = d - mean(d), where z is y or ln y:
// level = mean(z), coordinates = Q'd, sse = sum (w - Q Q'd)^2, sst = sum w^2.
// Without intercept: w = z - offset, level = offset.
struct FitTask {
  const double* values = nullptr;  // rows x (groups * kKernelLanes), neighbours adjacent
  std::ptrdiff_t row_stride = 0;
  std::size_t rows = 0;
  std::size_t groups = 0;
  const double* basis = nullptr;  // rows x columns, row by row: Q without its constant column
  std::size_t columns = 0;        // 0..6 with an intercept, 1..6 without
  bool intercept = true;
  bool ln_scale = false;
  double offset = 0;          // fixed intercept on the scale of z
  double* scratch = nullptr;  // 3 * rows * kKernelLanes
  double* level = nullptr;
  double* coordinates = nullptr;
  std::ptrdiff_t coordinate_stride = 0;
  double* sse = nullptr;
  double* sst = nullptr;
  double* sse_original = nullptr;  // ln_scale only: sum (y - exp(fitted))^2
  double* sst_original = nullptr;  // ln_scale only: sum (y - mean(y))^2
  std::int64_t* suspect =
      nullptr;  // not 0: a square left the range of double, or ln of a bad value
};

// out[i] = level[i] + sum_j weights[j] * c_j[i], for `count` series; the arrays that are read hold
// whole vectors past the end.
struct PredictTask {
  std::size_t count = 0;
  std::size_t columns = 0;
  const double* weights = nullptr;
  const double* level = nullptr;
  const double* coordinates = nullptr;
  std::ptrdiff_t coordinate_stride = 0;
  double* out = nullptr;
};

struct KernelTable {
  const char* name;
  void (*log_each)(const double* in, double* out, std::size_t count);
  void (*exp_each)(const double* in, double* out, std::size_t count);
  void (*r_squared_each)(const double* residual, const double* total, double* out,
                         std::size_t count);
  bool (*fit)(const FitTask& task);  // true: some series is suspect
  void (*predict)(const PredictTask& task);
};

// Variants this machine can run, the widest last. The first is always the baseline.
std::span<const KernelTable* const> available_kernels();

// The widest of them.
const KernelTable& kernels();

}  // namespace steppe::numerics
