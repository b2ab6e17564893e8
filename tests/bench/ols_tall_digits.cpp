// SPDX-License-Identifier: Apache-2.0

// How many digits the path for many rows has (docs/decisions/0024): the same problem once as it is
// and once with weights of 1, which take the general method in double-double. Prints the correct
// digits of the worst coefficient, the worst standard error, the residual deviation and R squared.
//
//   ols_tall_digits [rows] [columns] [shared]     1000000 20 0 by default; a minute and 1 GB
//
// `shared` is the size of a part that all columns have in common, beside an own part of 1: the
// larger, the closer the columns are to one another.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"

namespace {

struct TallData {
  std::vector<double> design;  // column after column
  std::vector<double> target;
};

TallData make_tall_data(std::size_t rows, std::size_t columns, double shared) {
  TallData data{std::vector<double>(rows * columns), std::vector<double>(rows)};
  std::mt19937_64 bits(1);
  std::normal_distribution<double> normal;
  for (std::size_t i = 0; i < rows; ++i) {
    const double common = shared * normal(bits);
    data.target[i] = 1.0 + normal(bits);
    for (std::size_t j = 0; j < columns; ++j) {
      const double x = 100.0 * static_cast<double>(j) + common + normal(bits);
      data.design[j * rows + i] = x;
      data.target[i] += (1.0 + static_cast<double>(j + 1) / static_cast<double>(columns)) * x;
    }
  }
  return data;
}

double digits(double computed, double expected) {
  if (computed == expected) return 16.0;
  return std::min(16.0, -std::log10(std::abs(computed - expected) / std::abs(expected)));
}

double worst(const std::vector<double>& computed, const std::vector<double>& expected) {
  double result = 16.0;
  for (std::size_t i = 0; i < computed.size(); ++i)
    result = std::min(result, digits(computed[i], expected[i]));
  return result;
}

}  // namespace

int main(int count, char** arguments) {
  using namespace steppe;
  const std::size_t rows = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  const std::size_t columns = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 20;
  const double shared = count > 3 ? static_cast<double>(std::atoi(arguments[3])) : 0.0;
  const TallData data = make_tall_data(rows, columns, shared);
  steppe_matrix matrix{};
  matrix.data = data.design.data();
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.row_stride = 1;
  matrix.column_stride = static_cast<std::int64_t>(rows);
  numerics::LeastSquaresProblem problem;
  problem.design = MatrixView(matrix);
  problem.response = VectorView(data.target.data(), rows);
  const auto fast = numerics::solve_least_squares(problem);
  const std::vector<double> ones(rows, 1.0);
  problem.weights = VectorView(ones.data(), rows);
  const auto exact = numerics::solve_least_squares(problem);
  if (!fast || !exact || !fast->leverages.empty() || exact->leverages.empty()) {
    std::fprintf(stderr, "ols_tall_digits: a path did not take the problem\n");
    return 1;
  }
  const auto a = numerics::infer(*fast, 0.95);
  const auto b = numerics::infer(*exact, 0.95);
  std::printf(
      "%zu x %zu, shared %g, condition number %.3g: coefficients %.1f, standard errors %.1f, "
      "residual deviation %.1f, R squared %.1f digits\n",
      rows, columns, shared, exact->condition_number,
      worst(fast->coefficients, exact->coefficients), worst(a.standard_error, b.standard_error),
      digits(a.residual_deviation, b.residual_deviation), digits(a.r_squared, b.r_squared));
  return 0;
}
