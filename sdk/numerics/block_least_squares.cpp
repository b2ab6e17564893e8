// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/block_least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/kernels.hpp"
#include "steppe/numerics/elementwise.hpp"

namespace steppe::numerics {

namespace {

// Elements between two questions whether to stop: a few milliseconds.
constexpr std::size_t kElementsPerSlice = 1'000'000;

// Exponents (base 2) of the largest value for which no scaling is needed.
constexpr int kComfortable = 290;
// Spread of exponents beyond which scaling does not help.
constexpr int kWidestSpread = 1000;

}  // namespace

const SeriesFailure* BlockFit::failure_of(std::size_t series) const {
  const auto at = std::lower_bound(
      failures_.begin(), failures_.end(), series,
      [](const SeriesFailure& failure, std::size_t wanted) { return failure.series < wanted; });
  return at != failures_.end() && at->series == series ? &*at : nullptr;
}

void BlockFit::predict(const TrendWeights& weights, std::size_t first,
                       std::span<double> out) const {
  PredictTask task;
  task.columns = columns_;
  task.weights = weights.data();
  task.level = level_ + first;
  task.coordinates = coordinates_ + first;
  task.coordinate_stride = static_cast<std::ptrdiff_t>(padded_);
  task.count = out.size();
  task.out = out.data();
  kernels().predict(task);
}

void BlockFit::allocate(std::size_t size, std::size_t columns, bool ln_scale) {
  size_ = size;
  columns_ = columns;
  padded_ = (size + kKernelLanes - 1) / kKernelLanes * kKernelLanes;
  const std::size_t count = 3 + columns + (ln_scale ? 2 : 0);
  store_ = std::make_unique_for_overwrite<double[]>(count * padded_);
  double* next = store_.get();
  const auto take = [&](std::size_t rows) {
    double* here = next;
    next += rows * padded_;
    return here;
  };
  level_ = take(1);
  sse_ = take(1);
  sst_ = take(1);
  coordinates_ = take(columns);
  if (ln_scale) {
    sse_original_ = take(1);
    sst_original_ = take(1);
  }
}

// Walks a block: whole groups of lanes straight from the caller's memory, the rest by gathering,
// and then once more, scaled, the series whose sums left the range of double.
class BlockFitter {
 public:
  BlockFitter(const BlockDesign& design, const MatrixView& values, const BlockFitOptions& options)
      : design_(design),
        values_(values),
        options_(options),
        scratch_(std::make_unique_for_overwrite<double[]>(3 * design.rows() * kKernelLanes)) {
    allocate();
  }

  Result<BlockFit> run() {
    FitTask task = task_at(0);
    task.offset = options_.ln_scale ? log_one(options_.offset) : options_.offset;
    const std::size_t groups = fit_.padded_ / kKernelLanes;
    const std::size_t whole = values_.column_stride() == 1 ? fit_.size_ / kKernelLanes : 0;
    const std::size_t slice =
        std::max<std::size_t>(1, kElementsPerSlice / (kKernelLanes * design_.rows()));
    bool suspect = false;
    for (std::size_t group = 0; group < groups;) {
      if (options_.cancelled && options_.cancelled()) {
        return Error{ErrorKind::kCancelled, "cancelled"};
      }
      const bool direct = group < whole;
      const std::size_t count = direct ? std::min(slice, whole - group) : 1;
      place(task, group * kKernelLanes);
      task.groups = count;
      if (direct) {
        task.values = values_.data() + group * kKernelLanes;
        task.row_stride = values_.row_stride();
      } else {
        gather(group * kKernelLanes);
        task.values = tile_.data();
        task.row_stride = static_cast<std::ptrdiff_t>(kKernelLanes);
      }
      suspect |= kernels().fit(task);
      group += count;
    }
    if (suspect || values_.has_missing()) second_look();
    return std::move(fit_);
  }

 private:
  void allocate() {
    fit_.allocate(values_.columns(), design_.columns(), options_.ln_scale);
    suspect_ = std::make_unique_for_overwrite<std::int64_t[]>(fit_.padded_);
  }

  FitTask task_at(std::size_t column) {
    FitTask task;
    task.rows = design_.rows();
    task.basis = design_.basis();
    task.columns = design_.columns();
    task.intercept = design_.intercept();
    task.ln_scale = options_.ln_scale;
    task.scratch = scratch_.get();
    task.coordinate_stride = static_cast<std::ptrdiff_t>(fit_.padded_);
    place(task, column);
    return task;
  }

  void place(FitTask& task, std::size_t column) {
    task.level = fit_.level_ + column;
    task.coordinates = fit_.coordinates_ + column;
    task.sse = fit_.sse_ + column;
    task.sst = fit_.sst_ + column;
    if (options_.ln_scale) {
      task.sse_original = fit_.sse_original_ + column;
      task.sst_original = fit_.sst_original_ + column;
    }
    task.suspect = suspect_.get() + column;
  }

  // A tile of the series from `column` on; lanes past the end repeat the last series.
  void gather(std::size_t column) {
    tile_.resize(design_.rows() * kKernelLanes);
    for (std::size_t i = 0; i < design_.rows(); ++i) {
      for (std::size_t lane = 0; lane < kKernelLanes; ++lane) {
        tile_[i * kKernelLanes + lane] = values_(i, std::min(column + lane, fit_.size_ - 1));
      }
    }
  }

  void second_look() {
    for (std::size_t s = 0; s < fit_.size_; ++s) {
      if (suspect_[s] == 0 && !values_.has_missing()) continue;
      if (const auto failure = find_failure(s)) {
        fail(*failure);
      } else if (suspect_[s] != 0) {
        fit_scaled(s);
      }
    }
  }

  // Looks at the numbers of one series; sets the exponents of its smallest and largest value.
  std::optional<SeriesFailure> find_failure(std::size_t s) {
    smallest_ = std::numeric_limits<int>::max();
    largest_ = std::numeric_limits<int>::min();
    std::optional<SeriesFailure> not_positive;
    for (std::size_t i = 0; i < design_.rows(); ++i) {
      const double y = values_(i, s);
      if (!values_.present(i, s) || !std::isfinite(y)) {
        return SeriesFailure{s, SeriesFault::kNotFinite, i, y};
      }
      if (options_.ln_scale && !(y > 0) && !not_positive) {
        not_positive = SeriesFailure{s, SeriesFault::kNotPositive, i, y};
      }
      if (y == 0) continue;
      smallest_ = std::min(smallest_, std::ilogb(y));
      largest_ = std::max(largest_, std::ilogb(y));
    }
    if (not_positive) return not_positive;
    if (options_.ln_scale && largest_ - smallest_ > kWidestSpread) {
      return SeriesFailure{s, SeriesFault::kSpread, 0, values_(0, s)};
    }
    return std::nullopt;
  }

  // The power of two to divide by. A sum of squares needs its largest term in range, a logarithm
  // every value.
  int exponent_of_unit() const {
    if (smallest_ > largest_) return 0;  // all zero
    if (smallest_ >= -kComfortable && largest_ <= kComfortable) return 0;
    if (options_.ln_scale) return smallest_ + (largest_ - smallest_) / 2;
    const int offset = options_.offset == 0 || design_.intercept()
                           ? largest_
                           : std::max(largest_, std::ilogb(options_.offset));
    return std::abs(offset) <= kComfortable ? 0 : offset;
  }

  void fit_scaled(std::size_t s) {
    const int exponent = exponent_of_unit();
    if (exponent == 0) return;  // the first fit stands: a constant or a perfect series
    tile_.resize(design_.rows() * kKernelLanes);
    for (std::size_t i = 0; i < design_.rows(); ++i) {
      std::fill_n(tile_.begin() + static_cast<std::ptrdiff_t>(i * kKernelLanes), kKernelLanes,
                  std::ldexp(values_(i, s), -exponent));
    }
    const std::size_t arrays = 3 + fit_.columns_ + 2;
    std::vector<double> out(arrays * kKernelLanes);
    std::int64_t suspect[kKernelLanes];
    FitTask task = task_at(0);
    task.values = tile_.data();
    task.row_stride = static_cast<std::ptrdiff_t>(kKernelLanes);
    task.groups = 1;
    const double offset = std::ldexp(options_.offset, -exponent);
    task.offset = options_.ln_scale ? log_one(options_.offset) - exponent * std::log(2.0) : offset;
    task.level = out.data();
    task.sse = task.level + kKernelLanes;
    task.sst = task.sse + kKernelLanes;
    task.sse_original = task.sst + kKernelLanes;
    task.sst_original = task.sse_original + kKernelLanes;
    task.coordinates = task.sst_original + kKernelLanes;
    task.coordinate_stride = static_cast<std::ptrdiff_t>(kKernelLanes);
    task.suspect = suspect;
    kernels().fit(task);

    fit_.level_[s] = task.level[0];
    fit_.sse_[s] = task.sse[0];
    fit_.sst_[s] = task.sst[0];
    if (options_.ln_scale) {
      fit_.sse_original_[s] = task.sse_original[0];
      fit_.sst_original_[s] = task.sst_original[0];
    }
    for (std::size_t k = 0; k < fit_.columns_; ++k) {
      fit_.coordinates_[k * fit_.padded_ + s] = task.coordinates[k * kKernelLanes];
    }
    if (fit_.units_.empty()) fit_.units_.assign(fit_.size_, 1.0);
    fit_.units_[s] = std::ldexp(1.0, exponent);
  }

  void fail(const SeriesFailure& failure) {
    const std::size_t arrays = 3 + fit_.columns_ + (options_.ln_scale ? 2 : 0);
    for (std::size_t a = 0; a < arrays; ++a) {
      fit_.store_[a * fit_.padded_ + failure.series] = kUndefined;
    }
    fit_.failures_.push_back(failure);
  }

  const BlockDesign& design_;
  const MatrixView& values_;
  const BlockFitOptions& options_;
  BlockFit fit_;
  std::unique_ptr<double[]> scratch_;
  std::unique_ptr<std::int64_t[]> suspect_;
  std::vector<double> tile_;
  int smallest_ = 0;
  int largest_ = 0;
};

Result<BlockFit> fit_block(const BlockDesign& design, const MatrixView& values,
                           const BlockFitOptions& options) {
  return BlockFitter(design, values, options).run();
}

}  // namespace steppe::numerics
