// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "steppe/numerics/elementwise.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace steppe::numerics {

TimeBasis::TimeBasis(const LinearTrendForm& form, std::span<const double> time)
    : order_(form.order), ln_time_(form.ln_time), constant_(!form.intercept) {
  // One power needs neither shift nor scale: the design centres and scales its columns.
  if (order_ == 1 || time.empty()) return;
  const double first = time.front();
  const double last = time.back();
  if (constant_) {
    mid_ = first + (last - first) / 2;
    half_ = (last - first) / 2;
  } else {
    half_ = std::max(std::fabs(first), std::fabs(last));  // the curve is fixed at g = 0
  }
  if (!(half_ > 0)) half_ = 1;
}

TrendWeights TimeBasis::row(double t) const {
  const double u = ((ln_time_ ? log_one(t) : t) - mid_) / half_;
  TrendWeights out{};
  double power = 1;
  for (std::size_t k = 0; k < order_; ++k) out[k] = power *= u;
  return out;
}

// u^k = half^-k sum_i binomial(k, i) (-mid)^(k-i) g^i
std::vector<double> TimeBasis::raw_matrix() const {
  const std::size_t skip = constant_ ? 0 : 1;  // without the constant mid is 0
  const std::size_t size = order_ + 1 - skip;
  std::vector<double> matrix(size * size, 0.0);
  for (std::size_t k = skip; k <= order_; ++k) {
    double binomial = 1;
    for (std::size_t i = k + 1; i-- > skip;) {
      const double value = binomial * std::pow(-mid_, static_cast<double>(k - i)) /
                           std::pow(half_, static_cast<double>(k));
      matrix[(i - skip) * size + (k - skip)] = value;
      binomial = binomial * static_cast<double>(i) / static_cast<double>(k - i + 1);
    }
  }
  return matrix;
}

std::vector<double> TimeBasis::raw(std::span<const double> scaled) const {
  const std::vector<double> matrix = raw_matrix();
  const std::size_t size = scaled.size();
  std::vector<double> out(size, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = size; k-- > i;) out[i] += matrix[i * size + k] * scaled[k];
  }
  return out;
}

}  // namespace steppe::numerics
