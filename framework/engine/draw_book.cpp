// SPDX-License-Identifier: Apache-2.0
#include "engine/draw_book.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/series_seed.hpp"
#include "plugin_host/philox.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe {
namespace {

// Nodes stand at normals -59/7 ... 59/7: beyond all that 52 random bits can give.
constexpr int kLastNode = 59;
constexpr double kNodesPerUnit = 7;
constexpr std::size_t kPoints = 6;  // of a polynomial
// Above this the probability is so near 1 that only its complement tells it.
constexpr double kFarNormal = 5;

// Chi-squared whose upper tail is that of a far standard normal.
double far_chi_squared(double normal, double degrees) {
  const double tail = numerics::normal_cdf(-normal);
  double low = numerics::chi_squared_quantile(0.5, degrees);
  double high = low + 1;
  while (numerics::chi_squared_upper_tail(high, degrees) > tail) high *= 2;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (numerics::chi_squared_upper_tail(middle, degrees) > tail ? low : high) = middle;
  }
  return (low + high) / 2;
}

std::uint64_t stream_number(const DrawStream& stream) {
  constexpr std::uint64_t kSteps = (std::uint64_t{1} << 40) - 1;
  return (static_cast<std::uint64_t>(stream.purpose) << 56) |
         (static_cast<std::uint64_t>(stream.index) << 40) |
         (static_cast<std::uint64_t>(stream.ahead) & kSteps);
}

}  // namespace

StudentScale::StudentScale(double degrees) {
  for (int k = -kLastNode; k <= kLastNode; ++k) {
    const double normal = k / kNodesPerUnit;
    const double square =
        normal > kFarNormal ? far_chi_squared(normal, degrees)
                            : numerics::chi_squared_quantile(numerics::normal_cdf(normal), degrees);
    // Few degrees of freedom have quantiles below the range of double.
    logarithms_.push_back(0.5 * std::log(degrees / std::max(square, 1e-300)));
  }
}

double StudentScale::at(double normal) const {
  const double place = normal * kNodesPerUnit + kLastNode;
  const double last = static_cast<double>(logarithms_.size() - kPoints);
  const double first = std::clamp(std::floor(place) - 2, 0.0, last);
  const double* node = logarithms_.data() + static_cast<std::size_t>(first);
  // Neville's scheme on whole numbers.
  const double x = place - first;
  double value[kPoints];
  std::copy_n(node, kPoints, value);
  for (std::size_t width = 1; width < kPoints; ++width) {
    for (std::size_t i = 0; i + width < kPoints; ++i) {
      const double part = (x - static_cast<double>(i)) / static_cast<double>(width);
      value[i] += part * (value[i + 1] - value[i]);
    }
  }
  return std::exp(value[0]);
}

DrawBook::Column DrawBook::find(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = columns_.find(key);
  return found == columns_.end() ? nullptr : found->second;
}

DrawBook::Column DrawBook::keep(const Key& key, std::vector<double> column) {
  auto made = std::make_shared<const std::vector<double>>(std::move(column));
  const std::size_t bytes = made->size() * sizeof(double);
  const std::lock_guard lock(mutex_);
  if (bytes > most_bytes_ - bytes_) return made;
  const auto [place, fresh] = columns_.try_emplace(key, std::move(made));
  if (fresh) bytes_ += bytes;
  return place->second;
}

DrawBook::Column DrawBook::normals(const DrawStream& stream) {
  const Key key{stream_number(stream), 0};
  if (Column known = find(key)) return known;
  std::vector<double> out(draws_);
  random_normal(seed_, stream_number(stream), 0, out);
  return keep(key, std::move(out));
}

DrawBook::Column DrawBook::scales(const DrawStream& stream, double degrees) {
  if (std::isinf(degrees)) return nullptr;
  const Key key{stream_number(stream), degrees};
  if (Column known = find(key)) return known;
  const StudentScale scale(degrees);
  std::vector<double> out = *normals(stream);
  for (double& value : out) value = scale.at(value);
  return keep(key, std::move(out));
}

void DrawBook::read_normals(const DrawStream& stream, std::size_t first, std::span<double> out) {
  if (const Column known = find({stream_number(stream), 0})) {
    std::copy_n(known->begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
    return;
  }
  random_normal(seed_, stream_number(stream), first, out);
}

std::shared_ptr<DrawBook> make_draw_book(std::uint64_t run_seed, const std::string& step,
                                         std::int64_t draws) {
  return std::make_shared<DrawBook>(series_seed(run_seed, step, ""),
                                    static_cast<std::size_t>(draws));
}

}  // namespace steppe
