// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data for cases: the same for the same seed. Every series is positive unless its kind says
// otherwise, so that models on a logarithmic scale have something to fit.

#include <cstdint>
#include <string>
#include <vector>

namespace steppe::conformance {

// Series of one block, each a vector over the n times; written to memory by the block view.
struct TrendData {
  std::vector<double> time;                 // 1..n
  std::vector<std::vector<double>> series;  // m series of n values
  std::vector<std::vector<bool>> present;   // empty, or m x n: false marks a missing value
  std::vector<std::uint64_t> seeds;         // m
  std::uint32_t season_length = 1;

  std::size_t size() const { return time.size(); }
  std::size_t count() const { return series.size(); }
};

enum class Shape {
  kRising,   // from 50 upwards by about 2 a step, noise of 3
  kFalling,  // the mirror image: down to about 50
  kLevel,    // around 100, noise of 5
  kWalk,     // a random walk from 1000, steps of 4
  kGrowth,   // 20 e^(0.03 t), relative noise of 0.03
};
constexpr Shape kShapes[] = {Shape::kRising, Shape::kFalling, Shape::kLevel, Shape::kWalk,
                             Shape::kGrowth};
std::string name_of(Shape shape);

// One series; `stream` separates series of one seed. A season of `season_length` is laid over it.
std::vector<double> sample_series(Shape shape, std::size_t n, std::uint64_t seed,
                                  std::uint64_t stream, std::uint32_t season_length = 1);

// m series of n values, their shapes in turn.
TrendData sample_block(std::size_t n, std::size_t m, std::uint64_t seed,
                       std::uint32_t season_length = 1);

// Consecutive times first, first + 1, ...
std::vector<double> times(std::size_t first, std::size_t count);

// Independent standard normals.
std::vector<double> normals(std::size_t count, std::uint64_t seed, std::uint64_t stream);

// n rows of p regressors, row by row: each column normal around its own level, and the target
// 3 + 2 x1 - x2 + 0.5 x3 ... with normal noise of standard deviation `noise`.
struct RegressionSample {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> regressors;  // rows x columns
  std::vector<double> target;
  std::vector<double> weights;  // empty, or one per row
  bool weightless = false;      // no weights even for a component that uses them
  std::vector<std::string> names;
  std::string target_name = "sales";

  double at(std::size_t row, std::size_t column) const {
    return regressors[row * columns + column];
  }
  double& at(std::size_t row, std::size_t column) { return regressors[row * columns + column]; }
};
RegressionSample sample_regression(std::size_t n, std::size_t p, std::uint64_t seed,
                                   double noise = 1);
// For components that take rows of several keys (tag pooled_rows): makes a key, 0 to 4, of the last
// number of every row. What is such a number, or not finite, stays.
void number_keys(std::vector<double>& cells, std::size_t columns);
// 2, -1, 0.5, -0.25, ...: the coefficient of column j in the sample's target; 3 is the constant.
double sample_coefficient(std::size_t column);
constexpr double kSampleConstant = 3;

}  // namespace steppe::conformance
