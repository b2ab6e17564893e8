// SPDX-License-Identifier: Apache-2.0
#pragma once

// The series that the trend benchmarks fit: y = exp(level + growth t + noise), t = 1..n, with
// level ~ N(3, 0.5), growth ~ N(0.03, 0.03), noise ~ N(0, 0.05). Row = time, column = series.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace steppe::bench {

class Normals {
 public:
  explicit Normals(std::uint64_t seed) : state_(seed) {}
  double operator()() {  // Box-Muller, one of the pair
    return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  double uniform() {  // splitmix64; in (0, 1)
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (static_cast<double>((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52;
  }
  std::uint64_t state_;
};

inline std::vector<double> growth_series(std::size_t n, std::size_t m, std::uint64_t seed = 7) {
  std::vector<double> out(n * m);
  Normals normal(seed);
  for (std::size_t s = 0; s < m; ++s) {
    const double level = 3 + 0.5 * normal();
    const double growth = 0.03 + 0.03 * normal();
    for (std::size_t i = 0; i < n; ++i) {
      out[i * m + s] = std::exp(level + growth * static_cast<double>(i + 1) + 0.05 * normal());
    }
  }
  return out;
}

}  // namespace steppe::bench
