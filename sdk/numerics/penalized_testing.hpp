// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data and reference values for the tests of penalised regressions. Test support only.

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reference_files.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics::test {

struct PenalizedData {
  std::vector<double> x;  // row by row
  std::vector<double> y;
  std::size_t columns() const { return x.size() / y.size(); }
  MatrixView design() const { return {x.data(), y.size(), columns()}; }
  VectorView response() const { return {y.data(), y.size()}; }
};

// The vectors of a reference file: (case, quantity) -> values.
using PenalizedReference = std::map<std::pair<std::string, std::string>, std::vector<double>>;

inline PenalizedReference penalized_reference(const std::string& file) {
  PenalizedReference out;
  for (const Cells& cells : read_reference("penalized/" + file))
    out[{cells.at(0), cells.at(1)}].push_back(number(cells.at(3)));
  return out;
}

inline PenalizedData penalized_data(const std::string& name) {
  const PenalizedReference all = penalized_reference("penalized_r.csv");
  return {all.at({name, "x"}), all.at({name, "y"})};
}

// Numbers about -1 to 1 from a counter: splitmix64.
inline double penalized_noise(std::uint64_t counter) {
  std::uint64_t z = counter * 0x9e3779b97f4a7c15ULL + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1.0;
}

// Columns that share a common part (correlation rises with `common`) and three slopes.
inline PenalizedData random_problem(std::size_t n, std::size_t p, double common,
                                    std::uint64_t seed) {
  PenalizedData data;
  std::uint64_t counter = seed << 32;
  for (std::size_t i = 0; i < n; ++i) {
    const double shared = common * penalized_noise(++counter);
    double y = 3.0 * penalized_noise(++counter);
    for (std::size_t j = 0; j < p; ++j) {
      const double unit = 1.0 + static_cast<double>(j % 5) * 10.0;
      const double value = shared + penalized_noise(++counter);
      data.x.push_back(100.0 + unit * value);
      if (j % 7 == 0 && j < 21) y += (j % 2 == 0 ? 4.0 : -3.0) * value;
    }
    data.y.push_back(50.0 + y);
  }
  return data;
}

}  // namespace steppe::numerics::test
