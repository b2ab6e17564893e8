// SPDX-License-Identifier: Apache-2.0
#include "tall_least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "kernels/cross_products.hpp"
#include "kernels/machine.hpp"

namespace steppe::numerics {
namespace {

// Column j of row i is the sign of a Walsh function: columns are orthogonal over 2^14 rows, so the
// answers below are integers worked out by hand.
constexpr std::size_t kRows = 16384;

double walsh(std::size_t row, std::size_t column) {
  return __builtin_parityll(row & column) != 0 ? -1.0 : 1.0;
}

struct Data {
  std::vector<double> design;  // column after column
  std::vector<double> response;
  std::size_t columns = 0;

  LeastSquaresProblem problem(bool intercept = true) const {
    steppe_matrix m{};
    m.data = design.data();
    m.rows = response.size();
    m.columns = columns;
    m.row_stride = 1;
    m.column_stride = static_cast<std::int64_t>(response.size());
    return {.design = MatrixView(m),
            .response = VectorView(response.data(), response.size()),
            .weights = {},
            .intercept = intercept};
  }
};

// y = 7 + 3 x1 - 2 x2 + 4 e, with e orthogonal to 1, x1, x2; x1 around 10, x2 around -5.
Data walsh_data() {
  Data data;
  data.columns = 2;
  for (std::size_t i = 0; i < kRows; ++i) data.design.push_back(10.0 + walsh(i, 1));
  for (std::size_t i = 0; i < kRows; ++i) data.design.push_back(-5.0 + 2.0 * walsh(i, 2));
  for (std::size_t i = 0; i < kRows; ++i) {
    data.response.push_back(7.0 + 3.0 * data.design[i] - 2.0 * data.design[kRows + i] +
                            4.0 * walsh(i, 4096));
  }
  return data;
}

// A small linear congruential sequence (Knuth's MMIX constants), in [-0.5, 0.5).
class Sequence {
 public:
  double next() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 11) * 0x1p-53 - 0.5;
  }

 private:
  std::uint64_t state_ = 20261123;
};

// Columns that share a common part, on levels far from zero.
Data related_data(std::size_t columns, double common_share) {
  Data data;
  data.columns = columns;
  Sequence random;
  std::vector<double> common(kRows);
  for (double& value : common) value = random.next();
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < kRows; ++i)
      data.design.push_back(2000.0 * static_cast<double>(j + 1) + common_share * common[i] +
                            random.next());
  for (std::size_t i = 0; i < kRows; ++i) {
    double y = 3.0 * random.next();
    for (std::size_t j = 0; j < columns; ++j)
      y += (1.0 - 0.3 * static_cast<double>(j)) * data.design[j * kRows + i];
    data.response.push_back(y);
  }
  return data;
}

TEST(TallLeastSquares, SolvesAnOrthogonalDesignExactly) {
  const Data data = walsh_data();
  const auto fit = detail::solve_tall(data.problem());
  ASSERT_TRUE(fit.has_value());
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 7.0);
  EXPECT_DOUBLE_EQ(fit->coefficients[1], 3.0);
  EXPECT_DOUBLE_EQ(fit->coefficients[2], -2.0);
  EXPECT_EQ(fit->residual_ss, 16.0 * kRows);            // 4^2 per row
  EXPECT_EQ(fit->regression_ss, (9.0 + 16.0) * kRows);  // 3^2 + (2 * 2)^2 per row
  EXPECT_EQ(fit->total_ss, 41.0 * kRows);
  EXPECT_DOUBLE_EQ(fit->condition_number, 1.0);
  EXPECT_EQ(fit->rank, 3u);
  EXPECT_EQ(fit->residuals[0], 4.0);
  EXPECT_EQ(fit->fitted[0], 7.0 + 33.0 + 6.0);  // x1 = 11, x2 = -3
  // Variances by hand: 1 / (n s^2) of the centred columns, 1 / n + 10^2 / n + 5^2 / (4 n) of 1.
  EXPECT_DOUBLE_EQ(fit->covariance[4], 1.0 / kRows);
  EXPECT_DOUBLE_EQ(fit->covariance[8], 0.25 / kRows);
  EXPECT_DOUBLE_EQ(fit->covariance[0], (1.0 + 100.0 + 25.0 / 4.0) / kRows);
  EXPECT_TRUE(fit->leverages.empty());
}

TEST(TallLeastSquares, SolvesWithoutAnIntercept) {
  Data data;
  data.columns = 1;
  for (std::size_t i = 0; i < kRows; ++i) data.design.push_back(2.0 * walsh(i, 3));
  for (std::size_t i = 0; i < kRows; ++i)
    data.response.push_back(10.0 * walsh(i, 3) + 1.0);  // 1: not explained without an intercept
  const auto fit = detail::solve_tall(data.problem(false));
  ASSERT_TRUE(fit.has_value());
  EXPECT_DOUBLE_EQ(fit->coefficients[0], 5.0);
  EXPECT_EQ(fit->residual_ss, 1.0 * kRows);
  EXPECT_EQ(fit->total_ss, 101.0 * kRows);
}

// The general method, reached by weights of 1, works in double-double throughout.
class AgainstTheGeneralMethod : public ::testing::TestWithParam<double> {};

TEST_P(AgainstTheGeneralMethod, HasTenDigits) {
  const Data data = related_data(6, GetParam());
  const auto fit = detail::solve_tall(data.problem());
  ASSERT_TRUE(fit.has_value());
  const std::vector<double> ones(kRows, 1.0);
  LeastSquaresProblem weighted = data.problem();
  weighted.weights = VectorView(ones.data(), ones.size());
  const auto exact = solve_least_squares(weighted);
  ASSERT_TRUE(exact);
  ASSERT_FALSE(exact->leverages.empty());
  for (std::size_t j = 0; j < fit->coefficients.size(); ++j) {
    EXPECT_NEAR(fit->coefficients[j] / exact->coefficients[j], 1.0, 1e-11) << j;
    EXPECT_NEAR(fit->covariance[j * 8] / exact->covariance[j * 8], 1.0, 1e-11) << j;
  }
  EXPECT_NEAR(fit->residual_ss / exact->residual_ss, 1.0, 1e-12);
  EXPECT_NEAR(fit->regression_ss / exact->regression_ss, 1.0, 1e-12);
  EXPECT_NEAR(fit->condition_number / exact->condition_number, 1.0, 1e-9);
  const std::vector<double> row = {2000.5, 4000.5, 6000.5, 8000.5, 10000.5, 12000.5};
  const VectorView view(row.data(), row.size());
  EXPECT_NEAR(evaluate(*fit, view).mean / evaluate(*exact, view).mean, 1.0, 1e-13);
  EXPECT_NEAR(evaluate(*fit, view).leverage / evaluate(*exact, view).leverage, 1.0, 1e-11);
}

INSTANTIATE_TEST_SUITE_P(CommonShare, AgainstTheGeneralMethod,
                         ::testing::Values(0.0, 1.0, 5.0, 20.0));

// The first panel, one of the sampled ones, lies at 1e9 and all others at 0: the sampled means are
// far from the true ones beside the spread, and the products are summed a second time.
TEST(TallLeastSquares, FindsTheMeansThatASampleMisses) {
  Data data;
  data.columns = 1;
  constexpr std::size_t kMany = 4 * kRows;
  for (std::size_t i = 0; i < kMany; ++i)
    data.design.push_back((i < kPanelRows ? 1e9 : 0.0) + walsh(i, 3));
  for (std::size_t i = 0; i < kMany; ++i)
    data.response.push_back(3.0 * data.design[i] + 1e7 * walsh(i, 4096 + 128));
  const auto fit = detail::solve_tall(data.problem());
  ASSERT_TRUE(fit.has_value());
  const std::vector<double> ones(kMany, 1.0);
  LeastSquaresProblem weighted = data.problem();
  weighted.weights = VectorView(ones.data(), ones.size());
  const auto exact = solve_least_squares(weighted);
  ASSERT_TRUE(exact);
  EXPECT_NEAR(fit->coefficients[1] / exact->coefficients[1], 1.0, 1e-13);
  EXPECT_NEAR(fit->covariance[3] / exact->covariance[3], 1.0, 1e-13);
  EXPECT_NEAR(fit->residual_ss / exact->residual_ss, 1.0, 1e-13);
}

TEST(TallLeastSquares, LeavesToTheGeneralMethodWhatItCannotProve) {
  EXPECT_FALSE(detail::solve_tall(related_data(6, 1e4).problem()));  // nearly dependent
  Data dependent = walsh_data();
  for (std::size_t i = 0; i < kRows; ++i)
    dependent.design[kRows + i] = 2.0 * dependent.design[i] + 1.0;
  EXPECT_FALSE(detail::solve_tall(dependent.problem()));
  Data constant = walsh_data();
  for (std::size_t i = 0; i < kRows; ++i) constant.design[i] = 3.0;
  EXPECT_FALSE(detail::solve_tall(constant.problem()));
  Data missing = walsh_data();
  missing.design[5] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(detail::solve_tall(missing.problem()));
  Data infinite = walsh_data();
  infinite.response[5] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(detail::solve_tall(infinite.problem()));
  Data tiny = walsh_data();
  for (double& value : tiny.design) value *= 1e-100;
  EXPECT_FALSE(detail::solve_tall(tiny.problem()));
  Data narrow = walsh_data();  // a spread of 1 on a level of 1e13: three digits of it are data
  for (std::size_t i = 0; i < kRows; ++i) narrow.design[i] += 1e13;
  EXPECT_FALSE(detail::solve_tall(narrow.problem()));
  Data exact = walsh_data();
  for (std::size_t i = 0; i < kRows; ++i)
    exact.response[i] = 1.0 + exact.design[i] + exact.design[kRows + i];
  EXPECT_FALSE(detail::solve_tall(exact.problem()));
  const Data kept = walsh_data();
  LeastSquaresProblem cancelled = kept.problem();
  cancelled.cancelled = [] { return true; };
  EXPECT_FALSE(detail::solve_tall(cancelled));
}

TEST(TallLeastSquares, TakesRowsOfAnyStride) {
  const Data data = walsh_data();
  std::vector<double> rows(2 * kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    rows[2 * i] = data.design[i];
    rows[2 * i + 1] = data.design[kRows + i];
  }
  LeastSquaresProblem problem = data.problem();
  problem.design = MatrixView(rows.data(), kRows, 2);
  const auto by_rows = detail::solve_tall(problem);
  const auto by_columns = detail::solve_tall(data.problem());
  ASSERT_TRUE(by_rows && by_columns);
  EXPECT_EQ(by_rows->coefficients, by_columns->coefficients);
  EXPECT_EQ(by_rows->residuals, by_columns->residuals);
}

// A multiple of every variant's tile.
constexpr std::size_t kColumns = 12;

// All that the kernels give for one panel; products below the diagonal only, since each variant
// fills as much above it as its tiles reach.
std::vector<double> all_of(const CrossProductTable& kernels, const std::vector<double>& panel) {
  std::vector<double> copy(kPanelRows);
  std::vector<double> out = {
      kernels.take(panel.data(), 1, kPanelRows, 0.3, copy.data()),
      kernels.take(panel.data(), 2, kPanelRows - 3, 0.3, copy.data()),
  };
  out.insert(out.end(), copy.begin(), copy.end());

  std::vector<double> lanes(kColumns * (kColumns + kernels.tile) / 2 * kSumLanes, 0.0);
  std::vector<double> high(kColumns * kColumns, 0.1);
  std::vector<double> low(kColumns * kColumns, 0.0);
  for (int twice = 0; twice < 2; ++twice)
    kernels.products(panel.data(), kColumns, lanes.data(), nullptr, 0);
  kernels.collect(lanes.data(), kColumns, high.data(), low.data());
  for (std::size_t i = 0; i < kColumns; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      out.insert(out.end(), {high[i * kColumns + j], low[i * kColumns + j]});
  for (const double lane : lanes) EXPECT_EQ(lane, 0.0);

  const std::vector<double> slopes = {1.5, -0.25, 3.7, 0.1, 2.2, -9.1, 0.7, 1.0 / 3.0};
  std::vector<const double*> columns;
  std::vector<double> shifts;
  for (std::size_t j = 0; j <= slopes.size(); ++j) {
    columns.push_back(panel.data() + j * kPanelRows);
    shifts.push_back(0.01 * static_cast<double>(j));
  }
  std::vector<double> residual(kPanelRows);
  std::vector<double> explained(slopes.size() + 2);
  kernels.residuals({columns.data(), shifts.data(), slopes.size(), false}, kPanelRows - 5,
                    slopes.data(), 0.3, residual.data(), explained.data());
  out.insert(out.end(), residual.begin(), residual.end());
  out.insert(out.end(), explained.begin(), explained.end());
  return out;
}

TEST(CrossProducts, GiveTheSameBitsOnEveryInstructionSet) {
  Sequence random;
  std::vector<double> panel(kColumns * kPanelRows);
  for (std::size_t i = 0; i < panel.size(); ++i)
    panel[i] = std::ldexp(random.next(), static_cast<int>(i % 5));
  const std::vector<double> baseline = all_of(cross_products(0), panel);
  for (int variant = 1; variant <= widest_variant(); ++variant) {
    const std::vector<double> wide = all_of(cross_products(variant), panel);
    EXPECT_EQ(std::memcmp(baseline.data(), wide.data(), wide.size() * sizeof(double)), 0)
        << "variant " << variant;
  }
}

// Sums of small integers are exact: 128 rows of column j hold j + 1 or its negative.
TEST(CrossProducts, AddUpWhatTheySay) {
  std::vector<double> panel(kColumns * kPanelRows);
  for (std::size_t j = 0; j < kColumns; ++j)
    for (std::size_t i = 0; i < kPanelRows; ++i)
      panel[j * kPanelRows + i] = static_cast<double>(j + 1) * walsh(i, j % 4);
  const CrossProductTable& kernels = cross_products();
  std::vector<double> lanes(kColumns * (kColumns + kernels.tile) / 2 * kSumLanes, 0.0);
  std::vector<double> high(kColumns * kColumns, 0.0);
  std::vector<double> low(kColumns * kColumns, 0.0);
  kernels.products(panel.data(), kColumns, lanes.data(), nullptr, 0);
  kernels.collect(lanes.data(), kColumns, high.data(), low.data());
  for (std::size_t i = 0; i < kColumns; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      EXPECT_EQ(high[i * kColumns + j],
                i % 4 == j % 4 ? 128.0 * static_cast<double>((i + 1) * (j + 1)) : 0.0)
          << i << " " << j;
}

}  // namespace
}  // namespace steppe::numerics
