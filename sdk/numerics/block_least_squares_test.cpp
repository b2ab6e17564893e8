// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/block_least_squares.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "kernels/kernels.hpp"
#include "steppe/numerics/equation.hpp"
#include "testing_values.hpp"

namespace steppe::numerics {
namespace {

using test::same_bits;

// Columns t, t^2, ... at t = 1..n.
BlockDesign powers_of_time(std::size_t n, std::size_t order, bool intercept = true) {
  std::vector<double> columns;
  for (std::size_t i = 1; i <= n; ++i) {
    double power = 1;
    for (std::size_t k = 0; k < order; ++k) columns.push_back(power *= static_cast<double>(i));
  }
  return BlockDesign::make(columns, n, order, intercept).value();
}

// Positive values without a pattern.
std::vector<double> some_values(std::size_t count) {
  std::vector<double> out;
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    out.push_back(1 + static_cast<double>(state >> 40));
  }
  return out;
}

std::vector<double> all_numbers(const BlockFit& fit, std::size_t columns, std::size_t series) {
  std::vector<double> out = {fit.level()[series], fit.sse()[series], fit.sst()[series],
                             fit.unit(series)};
  for (std::size_t k = 0; k < columns; ++k) out.push_back(fit.coordinate(k)[series]);
  if (fit.sse_original() != nullptr) {
    out.push_back(fit.sse_original()[series]);
    out.push_back(fit.sst_original()[series]);
  }
  return out;
}

void expect_same(const BlockFit& a, std::size_t i, const BlockFit& b, std::size_t j,
                 std::size_t columns) {
  const std::vector<double> x = all_numbers(a, columns, i);
  const std::vector<double> y = all_numbers(b, columns, j);
  for (std::size_t k = 0; k < x.size(); ++k) EXPECT_TRUE(same_bits(x[k], y[k])) << i << " " << k;
}

// By hand: y = 1, 3, 2, 6 at t = 1..4: -0.5 + 1.4 t, SSE 4.2, SST 14, (X'X)^-1 = {1.5, -0.5; -0.5,
// 0.2}, leverage at t = 5: 1/4 + 2.5^2 / 5.
TEST(BlockLeastSquares, SolvesALineByHand) {
  const BlockDesign design = powers_of_time(4, 1);
  const double y[] = {1, 3, 2, 6};
  const auto fit = fit_block(design, MatrixView(y, 4, 1));
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit->level()[0], 3.0);
  EXPECT_NEAR(fit->sse()[0], 4.2, 1e-14);
  EXPECT_EQ(fit->sst()[0], 14.0);
  const auto b = design.coefficients(fit->level()[0], std::span(fit->coordinate(0), 1));
  EXPECT_NEAR(b[0], -0.5, 1e-14);
  EXPECT_NEAR(b[1], 1.4, 1e-15);
  const auto covariance = design.unscaled_covariance();
  const double expected[] = {1.5, -0.5, -0.5, 0.2};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(covariance[i], expected[i], 1e-14);
  const double x0[] = {5};
  EXPECT_NEAR(design.leverage_at(x0), 0.25 + 1.25, 1e-14);
  EXPECT_EQ(design.rank(), 2u);
}

TEST(BlockLeastSquares, HasAnOrthonormalBasisOfTheSixthDegree) {
  const BlockDesign design = powers_of_time(20, 6);
  for (std::size_t j = 0; j < 6; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < 20; ++i) sum += design.basis()[i * 6 + j];
    EXPECT_NEAR(sum, 0.0, 2e-15) << j;
    for (std::size_t k = 0; k < 6; ++k) {
      double dot = 0;
      for (std::size_t i = 0; i < 20; ++i) {
        dot += design.basis()[i * 6 + j] * design.basis()[i * 6 + k];
      }
      EXPECT_NEAR(dot, j == k ? 1.0 : 0.0, 2e-15) << j << k;
    }
  }
}

TEST(BlockLeastSquares, NamesTheColumnThatDependsOnOthers) {  // N3, N4
  const std::vector<double> columns = {1, 2, 2, 4, 3, 6, 5, 10};
  const auto twice = BlockDesign::make(columns, 4, 2, true);
  EXPECT_EQ(twice.error().kind, ErrorKind::kRankDeficient);
  EXPECT_EQ(twice.error().message, "column 2 of the design depends on those before it");
  const std::vector<double> constant = {7, 7, 7, 7};
  EXPECT_EQ(BlockDesign::make(constant, 4, 1, true).error().message,
            "column 1 of the design depends on those before it");
}

TEST(BlockLeastSquares, RefusesFewerRowsThanParameters) {  // N1
  const std::vector<double> columns = {1, 1, 2, 4};
  EXPECT_EQ(BlockDesign::make(columns, 2, 2, true).error().message,
            "2 observations for 3 parameters");
}

// The block as it is, each series alone, and the block transposed in memory: the same bits (N21).
TEST(BlockLeastSquares, BitsDependOnNeitherNeighboursNorLayout) {
  for (const bool ln_scale : {false, true}) {
    for (const std::size_t n : {3u, 10u, 77u}) {
      const BlockDesign design = powers_of_time(n, n == 3 ? 1 : 2);
      const std::size_t m = 53;
      std::vector<double> values = some_values(n * m);
      values[2 * m + 17] = 1e-200;
      std::vector<double> transposed(n * m);
      for (std::size_t i = 0; i < n * m; ++i) transposed[(i % m) * n + i / m] = values[i];
      const steppe_matrix other = {sizeof(steppe_matrix),        0,      transposed.data(), n, m, 1,
                                   static_cast<std::int64_t>(n), nullptr};
      const BlockFitOptions options{.ln_scale = ln_scale};
      const auto block = fit_block(design, MatrixView(values.data(), n, m), options);
      const auto across = fit_block(design, MatrixView(other), options);
      for (std::size_t s = 0; s < m; ++s) {
        expect_same(*block, s, *across, s, design.columns());
        std::vector<double> alone(n);
        for (std::size_t i = 0; i < n; ++i) alone[i] = values[i * m + s];
        const auto one = fit_block(design, MatrixView(alone.data(), n, 1), options);
        expect_same(*block, s, *one, 0, design.columns());
      }
    }
  }
}

// Every number of a raw kernel pass, for each instruction set this machine has.
TEST(BlockLeastSquares, EveryInstructionSetGivesTheSameBits) {
  const std::size_t n = 23;
  const std::size_t m = 2 * kKernelLanes;
  const std::vector<double> values = some_values(n * m);
  for (std::size_t order = 0; order <= 6; ++order) {
    for (const bool intercept : {true, false}) {
      for (const bool ln_scale : {true, false}) {
        if (order == 0 && !intercept) continue;
        std::vector<double> columns;
        for (std::size_t i = 0; i < n; ++i) {
          double power = 1;
          for (std::size_t k = 0; k < order; ++k) {
            columns.push_back(power *= static_cast<double>(i) / 11 - 1);
          }
        }
        const BlockDesign design = BlockDesign::make(columns, n, order, intercept).value();
        std::vector<std::vector<double>> results;
        for (const KernelTable* table : available_kernels()) {
          std::vector<double> out((5 + order) * m);
          std::vector<double> scratch(3 * n * kKernelLanes);
          std::vector<std::int64_t> suspect(m);
          FitTask task;
          task.values = values.data();
          task.row_stride = static_cast<std::ptrdiff_t>(m);
          task.rows = n;
          task.groups = m / kKernelLanes;
          task.basis = design.basis();
          task.columns = order;
          task.intercept = intercept;
          task.ln_scale = ln_scale;
          task.offset = 0.5;
          task.scratch = scratch.data();
          task.level = out.data();
          task.sse = out.data() + m;
          task.sst = out.data() + 2 * m;
          task.sse_original = out.data() + 3 * m;
          task.sst_original = out.data() + 4 * m;
          task.coordinates = out.data() + 5 * m;
          task.coordinate_stride = static_cast<std::ptrdiff_t>(m);
          task.suspect = suspect.data();
          EXPECT_FALSE(table->fit(task)) << table->name;
          results.push_back(out);
        }
        for (const std::vector<double>& other : results) {
          for (std::size_t i = 0; i < other.size(); ++i) {
            ASSERT_TRUE(same_bits(other[i], results.front()[i])) << order << " " << i;
          }
        }
      }
    }
  }
}

TEST(BlockLeastSquares, ReportsEachSeriesThatCannotBeFitted) {  // N6, N16, N18
  const BlockDesign design = powers_of_time(4, 1);
  const double nan = std::nan("");
  const double y[] = {1, 2, 3,  4,    //
                      2, 0, 5,  nan,  //
                      3, 4, 9,  1,    //
                      5, 8, 17, 2};
  const auto fit = fit_block(design, MatrixView(y, 4, 4), {.ln_scale = true});
  ASSERT_EQ(fit->failures().size(), 2u);
  EXPECT_EQ(fit->failures()[0].series, 1u);
  EXPECT_EQ(fit->failures()[0].fault, SeriesFault::kNotPositive);
  EXPECT_EQ(fit->failures()[0].row, 1u);
  EXPECT_EQ(fit->failures()[1].series, 3u);
  EXPECT_EQ(fit->failures()[1].fault, SeriesFault::kNotFinite);
  EXPECT_TRUE(std::isnan(fit->level()[1]));
  EXPECT_TRUE(std::isfinite(fit->level()[0]));
}

TEST(BlockLeastSquares, TreatsAMissingElementAsMissing) {  // N16
  const BlockDesign design = powers_of_time(4, 1);
  const double y[] = {1, 2, 3, 4, 5, 6, 7, 9};
  const std::uint8_t validity[] = {0b1111'1011};  // row 1, series 0
  const steppe_matrix matrix = {sizeof(steppe_matrix), 0, y, 4, 2, 2, 1, validity};
  const auto fit = fit_block(design, MatrixView(matrix));
  ASSERT_EQ(fit->failures().size(), 1u);
  EXPECT_EQ(fit->failures()[0].series, 0u);
  EXPECT_EQ(fit->failures()[0].row, 1u);
}

TEST(BlockLeastSquares, StopsWhenCancelled) {
  const BlockDesign design = powers_of_time(4, 1);
  const std::vector<double> y = some_values(4 * 100);
  const auto fit =
      fit_block(design, MatrixView(y.data(), 4, 100), {.cancelled = [] { return true; }});
  EXPECT_EQ(fit.error().kind, ErrorKind::kCancelled);
}

TEST(Equation, WritesSumsWithTheirSigns) {
  const Term terms[] = {{-0.5, ""}, {1.4, "t"}, {-3e300, "t^2"}};
  EXPECT_EQ(sum_text(terms), "-0.5 + 1.4 t - 3e+300 t^2");
  EXPECT_EQ(number_text(1.0 / 3), "0.333333333333333");
  EXPECT_EQ(number_text(1872842.3), "1872842.3");
}

}  // namespace
}  // namespace steppe::numerics
