// SPDX-License-Identifier: Apache-2.0
#pragma once

// Least squares of ONE small design on a whole block of series at once.
//
// For trends that are linear in their parameters: n observations of m series on one time axis, a
// constant and up to 6 columns that depend on time alone. The design is factored once; each series
// then costs two short passes. Sums run along a series and never across, so a series has the same
// bits alone, in any block, at any place in it, and for any vector width. Not for regressors that
// differ between series, for weights, or for missing values: see least_squares.hpp.
//
// Everything is kept in coordinates of an orthonormal basis: fitted = level + q'c, where level is
// the mean of the series (or the fixed intercept) and q the basis at a time. Each series is fitted
// in multiples of its `unit`, a power of two: 1 unless its squares would leave the range of double.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "steppe/result.hpp"
#include "steppe/saved_fit.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

constexpr std::size_t kMaxTrendColumns = 6;  // beside the constant

// Values of the basis at one time; as many of them count as the design has columns.
using TrendWeights = std::array<double, kMaxTrendColumns>;

// The factored design: Q R = columns, centred when there is an intercept and scaled to length 1.
class BlockDesign {
 public:
  // columns: rows x count, row by row, without the constant; count <= kMaxTrendColumns, at least 1
  // without an intercept. Errors: insufficient_data when rows < parameters; rank_deficient, naming
  // the first column (from 1) that depends on those before it.
  static Result<BlockDesign> make(std::span<const double> columns, std::size_t rows,
                                  std::size_t count, bool intercept);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t parameters() const { return columns_ + (intercept_ ? 1 : 0); }
  std::size_t rank() const { return parameters(); }  // a deficient design is refused
  bool intercept() const { return intercept_; }
  const double* basis() const { return basis_.data(); }  // rows x columns: Q

  // The basis at a new row x of the design (without the constant).
  TrendWeights weights_at(std::span<const double> x) const;
  TrendWeights weights_of_row(std::size_t row) const;
  // x'(X'X)^-1 x, the constant included.
  double leverage(const TrendWeights& weights) const;
  double leverage_at(std::span<const double> x) const { return leverage(weights_at(x)); }

  // Coefficients of the columns given to `make`, the constant first where there is one.
  std::vector<double> coefficients(double level, std::span<const double> coordinates) const;
  // (X'X)^-1, parameters x parameters, row by row, in the order of `coefficients`.
  std::vector<double> unscaled_covariance() const;

  void save(Writer& writer) const;
  // The reader says what is wrong.
  static BlockDesign load(Reader& reader, std::size_t columns, bool intercept);

 private:
  BlockDesign() = default;
  std::vector<double> back_substitute(std::span<const double> coordinates) const;

  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  bool intercept_ = true;
  std::vector<double> basis_;
  std::vector<double> triangle_;  // columns x columns: R
  std::vector<double> scale_;     // of each column
  std::vector<double> centre_;    // of each column; 0 without an intercept
};

struct BlockFitOptions {
  bool ln_scale = false;                 // fit ln y, and measure the error of exp(fitted) as well
  double offset = 0;                     // without an intercept: its fixed value, on the scale of y
  std::function<bool()> cancelled = {};  // asked every few milliseconds of work
};

enum class SeriesFault : std::uint8_t {
  kNotFinite,    // missing, NaN or infinite
  kNotPositive,  // no logarithm
  kSpread        // values that no power of two brings into range: more than 300 decades
};

// A series that was not fitted, and the first row (from 0) that says why.
struct SeriesFailure {
  std::size_t series = 0;
  SeriesFault fault = SeriesFault::kNotFinite;
  std::size_t row = 0;
  double value = 0;
};

// The fits of a block, in units. Numbers of a failed series are NaN.
class BlockFit {
 public:
  std::size_t size() const { return size_; }
  const double* level() const { return level_; }
  const double* coordinate(std::size_t column) const { return coordinates_ + column * padded_; }
  const double* sse() const { return sse_; }  // sum of squared residuals, on the scale of the fit
  const double* sst() const { return sst_; }  // about the mean, or about the fixed intercept
  // ln_scale only, else null: sum (y - exp(fitted))^2 and sum (y - mean(y))^2.
  const double* sse_original() const { return sse_original_; }
  const double* sst_original() const { return sst_original_; }
  double unit(std::size_t series) const { return units_.empty() ? 1.0 : units_[series]; }
  bool has_units() const { return !units_.empty(); }
  std::span<const SeriesFailure> failures() const { return failures_; }  // by series
  const SeriesFailure* failure_of(std::size_t series) const;

  // out[i] = level + weights'c of series first + i, in units, on the scale of the fit.
  void predict(const TrendWeights& weights, std::size_t first, std::span<double> out) const;

  // Of a block all of whose series were fitted.
  void save(Writer& writer) const;
  static BlockFit load(Reader& reader, std::size_t columns, bool ln_scale);

 private:
  friend class BlockFitter;
  // Memory for the numbers of `size` series, not yet written.
  void allocate(std::size_t size, std::size_t columns, bool ln_scale);
  // The arrays, one number per series each.
  std::vector<double*> arrays() const;
  std::size_t size_ = 0;
  std::size_t padded_ = 0;
  std::size_t columns_ = 0;
  std::unique_ptr<double[]> store_;
  double* level_ = nullptr;
  double* coordinates_ = nullptr;
  double* sse_ = nullptr;
  double* sst_ = nullptr;
  double* sse_original_ = nullptr;
  double* sst_original_ = nullptr;
  std::vector<double> units_;
  std::vector<SeriesFailure> failures_;
};

// values: design.rows() x m, any strides; neighbouring series adjacent (column stride 1) is the
// fast way. Errors: cancelled.
Result<BlockFit> fit_block(const BlockDesign& design, const MatrixView& values,
                           const BlockFitOptions& options = {});

}  // namespace steppe::numerics
