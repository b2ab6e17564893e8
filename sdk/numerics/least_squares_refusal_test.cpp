// SPDX-License-Identifier: Apache-2.0

// What least squares refuses, and where it says the fault is.

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "least_squares_testing.hpp"
#include "steppe/numerics/least_squares.hpp"
#include "testing_values.hpp"

namespace steppe::numerics {
namespace {

using test::kHandX;
using test::kHandY;
using test::kNaN;
using test::problem_of;
using test::view;

struct BadInput {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> weights;
  ErrorKind kind;
  std::string where;
  std::string message;
};

TEST(LeastSquaresRefusal, RefusesBadInputWithItsPlace) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<BadInput> cases = {
      {{1, kNaN, 3},
       {1, 2, 2},
       {},
       ErrorKind::kInvalidData,
       "row 2",
       "column 1 is not a finite number"},
      {{1, 2, 3},
       {1, 2, infinity},
       {},
       ErrorKind::kInvalidData,
       "row 3",
       "response is not a finite number"},
      {{1, 2, 3},
       {1, 2, 2},
       {1, kNaN, 1},
       ErrorKind::kInvalidData,
       "row 2",
       "weight is not a finite number"},
      {{1, 2, 3}, {1, 2, 2}, {1, 1, -1}, ErrorKind::kInvalidData, "row 3", "weight is negative"},
      {{1, 2, 3},
       {1, 2, 2},
       {0, 0, 0},
       ErrorKind::kInsufficientData,
       "",
       "no row has a positive weight"},
      {{1, 2, 3},
       {1, 2, 2},
       {1, 1},
       ErrorKind::kInvalidData,
       "",
       "design, response and weights differ in their number of rows"},
      {{}, {}, {}, ErrorKind::kInsufficientData, "", "no observations"},
      {{1e150, 2, 3},
       {1, 2, 2},
       {},
       ErrorKind::kDomainError,
       "",
       "column 1: largest magnitude outside 1e-140 to 1e140; use another unit"},
      {{1, 2, 3},
       {1e-200, 0, 0},
       {},
       ErrorKind::kDomainError,
       "",
       "response: largest magnitude outside 1e-140 to 1e140; use another unit"},
  };
  for (const BadInput& bad : cases) {
    auto problem = problem_of(bad.x, 1, bad.y);
    problem.weights = view(bad.weights);
    const auto fit = solve_least_squares(problem);
    ASSERT_FALSE(fit.ok()) << bad.message;
    EXPECT_EQ(fit.error().kind, bad.kind) << bad.message;
    EXPECT_EQ(fit.error().where, bad.where);
    EXPECT_EQ(fit.error().message, bad.message);
  }
}

TEST(LeastSquaresRefusal, RefusesNothingToEstimate) {
  LeastSquaresProblem problem;
  problem.response = view(kHandY);
  problem.intercept = false;
  const auto fit = solve_least_squares(problem);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().message, "no columns and no intercept: nothing to estimate");
}

TEST(LeastSquaresRefusal, RefusesMissingCells) {
  const std::uint8_t validity[] = {0x05};  // the second of three is missing
  steppe_matrix matrix{};
  matrix.struct_size = sizeof(matrix);
  matrix.data = kHandX.data();
  matrix.rows = 3;
  matrix.columns = 1;
  matrix.row_stride = 1;
  matrix.column_stride = 1;
  matrix.validity = validity;
  LeastSquaresProblem problem;
  problem.design = MatrixView(matrix);
  problem.response = view(kHandY);
  const auto fit = solve_least_squares(problem);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().where, "row 2");
  EXPECT_EQ(fit.error().message, "column 1 is missing");
}

TEST(LeastSquaresRefusal, StopsWhenCancelled) {
  auto problem = problem_of(kHandX, 1, kHandY);
  problem.cancelled = [] { return true; };
  const auto fit = solve_least_squares(problem);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(fit.error().message, "cancelled");
}

}  // namespace
}  // namespace steppe::numerics
