// SPDX-License-Identifier: Apache-2.0

// The factorisation behind block_least_squares.hpp: Gram-Schmidt with reorthogonalisation, which
// gives a basis orthonormal to working precision for a design of full numerical rank (Giraud,
// Langou, Rozloznik & van den Eshof 2005, Numerische Mathematik 101, 87-100: "twice is enough").

#include <cmath>
#include <limits>
#include <string>

#include "steppe/numerics/block_least_squares.hpp"

namespace steppe::numerics {

namespace {

// A column whose part outside the span of the earlier ones is this small beside itself is taken to
// depend on them: rounding in the columns alone could have made it.
constexpr double kRankTolerance = 64 * std::numeric_limits<double>::epsilon();

double length_of(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

double mean_of(const std::vector<double>& v) {
  const double first = v.front();
  double sum = 0;
  for (const double x : v) sum += x - first;
  return first + sum / static_cast<double>(v.size());
}

}  // namespace

Result<BlockDesign> BlockDesign::make(std::span<const double> columns, std::size_t rows,
                                      std::size_t count, bool intercept) {
  BlockDesign design;
  design.rows_ = rows;
  design.columns_ = count;
  design.intercept_ = intercept;
  if (rows < design.parameters() || rows == 0) {
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(rows) + " observations for " + std::to_string(design.parameters()) +
                     " parameters",
                 "", "N1"};
  }
  design.basis_.assign(rows * count, 0.0);
  design.triangle_.assign(count * count, 0.0);
  design.scale_.assign(count, 1.0);
  design.centre_.assign(count, 0.0);

  std::vector<double> v(rows);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < rows; ++i) v[i] = columns[i * count + k];
    double largest = 0;
    for (const double x : v) largest = std::fmax(largest, std::fabs(x));
    if (intercept) {
      design.centre_[k] = mean_of(v);
      for (double& x : v) x -= design.centre_[k];
    }
    const double scale = length_of(v);
    const double noise = kRankTolerance * std::sqrt(static_cast<double>(rows));
    const auto deficient = [&] {
      return Error{ErrorKind::kRankDeficient,
                   "column " + std::to_string(k + 1) + " of the design depends on those before it",
                   "", "N3"};
    };
    if (!(scale > noise * largest) || !std::isfinite(scale)) return deficient();
    design.scale_[k] = scale;
    for (double& x : v) x /= scale;

    // Against the constant as well, whose part the rounding of the centre leaves behind.
    for (int pass = 0; pass < 2; ++pass) {
      if (intercept) {
        const double rest = mean_of(v);
        for (double& x : v) x -= rest;
        design.centre_[k] += rest * scale;
      }
      for (std::size_t j = 0; j < k; ++j) {
        double dot = 0;
        for (std::size_t i = 0; i < rows; ++i) dot += design.basis_[i * count + j] * v[i];
        for (std::size_t i = 0; i < rows; ++i) v[i] -= dot * design.basis_[i * count + j];
        design.triangle_[j * count + k] += dot;
      }
    }
    const double rest = length_of(v);
    if (!(rest > noise)) return deficient();
    design.triangle_[k * count + k] = rest;
    for (std::size_t i = 0; i < rows; ++i) design.basis_[i * count + k] = v[i] / rest;
  }
  return design;
}

// w with R'w = (x - centre) / scale.
TrendWeights BlockDesign::weights_at(std::span<const double> x) const {
  TrendWeights w{};
  for (std::size_t k = 0; k < columns_; ++k) {
    double rest = (x[k] - centre_[k]) / scale_[k];
    for (std::size_t j = 0; j < k; ++j) rest -= triangle_[j * columns_ + k] * w[j];
    w[k] = rest / triangle_[k * columns_ + k];
  }
  return w;
}

TrendWeights BlockDesign::weights_of_row(std::size_t row) const {
  TrendWeights w{};
  for (std::size_t k = 0; k < columns_; ++k) w[k] = basis_[row * columns_ + k];
  return w;
}

double BlockDesign::leverage(const TrendWeights& weights) const {
  double sum = intercept_ ? 1.0 / static_cast<double>(rows_) : 0.0;
  for (std::size_t k = 0; k < columns_; ++k) sum += weights[k] * weights[k];
  return sum;
}

// b with R b = c, on the scale of the columns.
std::vector<double> BlockDesign::back_substitute(std::span<const double> coordinates) const {
  std::vector<double> b(columns_);
  for (std::size_t k = columns_; k-- > 0;) {
    double rest = coordinates[k];
    for (std::size_t j = k + 1; j < columns_; ++j) rest -= triangle_[k * columns_ + j] * b[j];
    b[k] = rest / triangle_[k * columns_ + k];
  }
  for (std::size_t k = 0; k < columns_; ++k) b[k] /= scale_[k];
  return b;
}

std::vector<double> BlockDesign::coefficients(double level,
                                              std::span<const double> coordinates) const {
  std::vector<double> b = back_substitute(coordinates);
  if (!intercept_) return b;
  double constant = level;
  for (std::size_t k = 0; k < columns_; ++k) constant -= b[k] * centre_[k];
  b.insert(b.begin(), constant);
  return b;
}

std::vector<double> BlockDesign::unscaled_covariance() const {
  // Each coordinate, and the level, has variance 1 (1/n): the columns of this matrix are their
  // images in the coefficients, and the covariance is its product with its transpose.
  const std::size_t p = parameters();
  std::vector<double> image;  // p vectors of length p
  const std::vector<double> zero(columns_, 0.0);
  if (intercept_) {
    const auto column = coefficients(1.0 / std::sqrt(static_cast<double>(rows_)), zero);
    image.insert(image.end(), column.begin(), column.end());
  }
  for (std::size_t k = 0; k < columns_; ++k) {
    std::vector<double> one = zero;
    one[k] = 1.0;
    const auto column = coefficients(0.0, one);
    image.insert(image.end(), column.begin(), column.end());
  }
  std::vector<double> covariance(p * p, 0.0);
  for (std::size_t v = 0; v < p; ++v) {
    for (std::size_t i = 0; i < p; ++i) {
      for (std::size_t j = 0; j < p; ++j) {
        covariance[i * p + j] += image[v * p + i] * image[v * p + j];
      }
    }
  }
  return covariance;
}

}  // namespace steppe::numerics
