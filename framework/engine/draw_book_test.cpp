// SPDX-License-Identifier: Apache-2.0

// The shared random numbers of a simulation, the moments of what they are turned into, and the
// order statistics read from it.
#include "engine/draw_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/driver_moments.hpp"
#include "engine/path_simulation.hpp"
#include "engine/simulation_draws.hpp"
#include "engine/uncertainty_testing.hpp"

namespace steppe::testing {
namespace {

constexpr double kInfiniteDegrees = std::numeric_limits<double>::infinity();

// mpmath: tests/reference/student_scales.py.
TEST(StudentScale, IsExactToSevenDigits) {
  struct Known {
    double degrees, normal, scale;
  };
  const std::vector<Known> known = {
      {1, -6.3, 5361305135.4317},    {1, -2.05, 39.529826190236},   {1, 0.31, 1.1349848957273},
      {1, 3.3, 0.28655127818265},    {1, 6.9, 0.14290205279811},    {2.5, -6.3, 9071.8268401915},
      {2.5, -2.05, 5.0117393447286}, {2.5, 0.31, 0.99618854539384}, {2.5, 3.3, 0.38832998415943},
      {2.5, 6.9, 0.21276757706646},  {8, -6.3, 22.729175423185},    {8, -2.05, 1.9811611086558},
      {8, 0.31, 0.96518843187865},   {8, 3.3, 0.53497936663115},    {8, 6.9, 0.33476008054906},
      {40, -6.3, 2.5384473172578},   {40, -2.05, 1.2947443585769},  {40, 0.31, 0.97421534748126},
      {40, 3.3, 0.72441196624686},   {40, 6.9, 0.54328263835543}};
  for (const Known& one : known) {
    EXPECT_NEAR(StudentScale(one.degrees).at(one.normal), one.scale, 1e-7 * one.scale)
        << one.degrees << " degrees at " << one.normal;
  }
}

TEST(DrawBook, GivesTheSameNumbersWhetherTheyAreKeptOrDrawnAgain) {
  DrawBook keeps(7, 1000);
  DrawBook forgets(7, 1000, 0);
  const DrawStream stream{DrawPurpose::kDriver, 2, 3};
  const auto kept = keeps.normals(stream);
  EXPECT_EQ(kept, keeps.normals(stream)) << "the very same column";
  EXPECT_NE(forgets.normals(stream), forgets.normals(stream));
  EXPECT_EQ(*kept, *forgets.normals(stream));
  EXPECT_EQ(*keeps.scales(stream, 5), *forgets.scales(stream, 5));
  for (DrawBook* book : {&keeps, &forgets}) {
    std::vector<double> part(10);
    book->read_normals(stream, 501, part);
    EXPECT_EQ(part, std::vector<double>(kept->begin() + 501, kept->begin() + 511));
  }
}

TEST(DrawBook, GivesEachPurposeDriverAndStepItsOwnNumbers) {
  DrawBook book(7, 1000);
  const auto first = book.normals({DrawPurpose::kDriver, 0, 1});
  EXPECT_NE(*first, *book.normals({DrawPurpose::kResidual, 0, 1}));
  EXPECT_NE(*first, *book.normals({DrawPurpose::kDriver, 1, 1}));
  EXPECT_NE(*first, *book.normals({DrawPurpose::kDriver, 0, 2}));
  EXPECT_NE(*first, *DrawBook(8, 1000).normals({DrawPurpose::kDriver, 0, 1}));
  EXPECT_NE(*make_draw_book(7, "a", 1000)->normals({DrawPurpose::kDriver, 0, 1}),
            *make_draw_book(7, "b", 1000)->normals({DrawPurpose::kDriver, 0, 1}));
}

TEST(DrawBook, HasNoScalesForInfiniteDegrees) {
  DrawBook book(7, 1000);
  EXPECT_EQ(book.scales({DrawPurpose::kDriverScale, 0, 0}, kInfiniteDegrees), nullptr);
}

// Two drivers whose errors correlate by 0.6: the residuals' cosine.
struct TwoMargins {
  std::unique_ptr<SeriesResult> first = driver_series(3, 3, 2, 8, {1, -1, 0});
  std::unique_ptr<SeriesResult> second = driver_series(3, 1, 0.5, 8, {1, -1, 0});
  std::vector<Driver> drivers = std::vector<Driver>(2);

  DriverMoments moments() {
    drivers[0].forecast = first.get();
    drivers[1].forecast = second.get();
    const DriverErrors errors(drivers, {{1, 0.6, 0.6, 1}, {0, 0}});
    return driver_moments(errors, {{3, 2}, {errors.place(0, 4), errors.place(1, 4)}});
  }
  static void make_table(DriverForecast& driver, bool exponential) {
    driver.family = ErrorFamily::kTable;
    for (std::size_t k = 0; k < DriverForecast::kTableNodes; ++k) {
      const double value =
          driver.location[0] + driver.scale[0] * (0.5 * static_cast<double>(k) - 4);
      driver.table.push_back(exponential ? std::exp(value) : value);
    }
  }
};

// A normal of mean 3 and deviation 2, a lognormal of 1 and 1/2: mean e^(9/8), variance
// e^(9/4) (e^(1/4) - 1), covariance 0.6 * 2 * 0.5 e^(9/8).
TEST(DriverMoments, OfANormalAndALognormalAreThoseOfABook) {
  TwoMargins two;
  two.second->driver->family = ErrorFamily::kLogStudent;
  const DriverMoments moments = two.moments();
  EXPECT_DOUBLE_EQ(moments.mean[0], 3);
  EXPECT_NEAR(moments.mean[1], 3.080216848918031, 1e-14);
  EXPECT_NEAR(moments.covariance[0], 4, 1e-14);
  EXPECT_NEAR(moments.covariance[1], 1.8481301093508186, 1e-14);
  EXPECT_EQ(moments.covariance[1], moments.covariance[2]);
  EXPECT_NEAR(moments.covariance[3], 2.6947581243449474, 1e-13);
}

TEST(DriverMoments, OfTablesAreThoseOfWhatTheTablesHold) {
  TwoMargins two;
  TwoMargins::make_table(*two.first->driver, false);
  TwoMargins::make_table(*two.second->driver, true);
  const DriverMoments both = two.moments();
  // A line is read exactly, a curve between its nodes to a thousandth.
  EXPECT_NEAR(both.mean[0], 3, 1e-12);
  EXPECT_NEAR(both.covariance[0], 4, 1e-6);
  EXPECT_NEAR(both.mean[1], 3.080216848918031, 3e-3);
  EXPECT_NEAR(both.covariance[1], 1.8481301093508186, 4e-3);
  EXPECT_NEAR(both.covariance[3], 2.6947581243449474, 6e-3);
  TwoMargins one;
  TwoMargins::make_table(*one.first->driver, false);
  EXPECT_NEAR(one.moments().covariance[1], 0.6, 1e-6);
  one.second->driver->family = ErrorFamily::kLogStudent;
  EXPECT_NEAR(one.moments().covariance[1], 1.8481301093508186, 1e-6);
}

TEST(DriverMoments, OfAKnownRegressorAreItsValue) {
  TwoMargins two;
  const DriverErrors errors(two.drivers, {});
  const DriverMoments moments = driver_moments(errors, {{3, 2}, {std::nullopt, std::nullopt}});
  EXPECT_THAT(moments.mean, ::testing::ElementsAre(3, 2));
  EXPECT_THAT(moments.covariance, ::testing::Each(0));
}

// Between neighbours of the sorted draws.
double by_sorting(std::vector<double> draws, double p) {
  std::sort(draws.begin(), draws.end());
  const double rank = p * static_cast<double>(draws.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const double next = draws[std::min(below + 1, draws.size() - 1)];
  return draws[below] + (rank - static_cast<double>(below)) * (next - draws[below]);
}

TEST(DrawnQuantiles, AreThoseOfSortedDraws) {
  const std::vector<double> ends = {0.005, 0.025, 0.1, 0.9, 0.975, 0.995};
  const std::vector<double> middle = {0.4, 0.45, 0.5, 0.55};
  for (const std::size_t count : {1000u, 1024u, 10'000u, 50'001u}) {
    DrawBook book(count, count);
    const auto normals = book.normals({});
    std::vector<double> rising = *normals;
    std::sort(rising.begin(), rising.end());
    std::vector<double> heavy = *book.scales({DrawPurpose::kDriver, 0, 0}, 0.5);
    std::vector<double> ties = *normals;
    for (double& value : ties) value = std::round(value);
    for (const std::vector<double>& draws :
         {*normals, rising, heavy, ties, std::vector<double>(count, 3)}) {
      for (const auto& probabilities : {ends, middle, std::vector<double>{0.5}}) {
        std::vector<double> used = draws;
        const DrawnQuantiles out = quantiles_of(used, probabilities);
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
          EXPECT_EQ(out.quantiles[i], by_sorting(draws, probabilities[i])) << count;
        }
      }
    }
  }
}

TEST(DrawnQuantiles, AreUndefinedBeyondTheRangeOfDouble) {
  std::vector<double> draws(1000, 1);
  for (std::size_t i = 0; i < 200; ++i) draws[i * 5] = i % 2 == 0 ? kUndefined : INFINITY;
  const DrawnQuantiles out = quantiles_of(draws, {0.1, 0.95});
  EXPECT_EQ(out.quantiles[0], 1);
  EXPECT_TRUE(std::isnan(out.quantiles[1]));
  EXPECT_TRUE(std::isnan(out.monte_carlo_error[1]));
}

TEST(PathSimulation, MayNotTakeAllMemory) {
  EXPECT_EQ(too_many_paths(3355, 10'000), "");
  EXPECT_EQ(too_many_paths(5000, 10'000),
            "10000 draws of paths of 5000 dates take 382 MiB of memory, and at most 256 MiB are "
            "allowed");
}

}  // namespace
}  // namespace steppe::testing
