// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <fstream>

#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

TrendModel seasonal_naive(std::int64_t season) {
  return open_trend("trend.seasonal_naive", {{"season_length", season}});
}

// By hand: the differences over two are 1, 3, 4, with the mean square 26/3; FPP3 5.5 gives the
// standard error sigma in the first season ahead, sigma sqrt(2) in the second, sigma sqrt(3) in the
// third. The normal 97.5 % quantile is 1.959963984540054.
TEST(SeasonalNaive, SolvesACaseByHand) {
  const TrendRun run = run_trend(seasonal_naive(2), {1, 3, 2, 6, 6}, {6, 7, 8, 9, 10});
  EXPECT_THAT(run.mean, ElementsAre(6, 6, 6, 6, 6));
  const TrendRun other = run_trend(seasonal_naive(2), {1, 3, 2, 6}, {5, 6, 7, 8, 9});
  EXPECT_THAT(other.mean, ElementsAre(2, 6, 2, 6, 2));
  const double variance = 26.0 / 3;
  EXPECT_DIGITS(run.standard_error[0], std::sqrt(variance), 15);
  EXPECT_DIGITS(run.standard_error[1], std::sqrt(variance), 15);
  EXPECT_DIGITS(run.standard_error[2], std::sqrt(2 * variance), 15);
  EXPECT_DIGITS(run.standard_error[4], std::sqrt(3 * variance), 15);
  EXPECT_DIGITS(run.upper[2], 6 + 1.959963984540054 * std::sqrt(2 * variance), 14);
  EXPECT_DIGITS(run.lower[0], 6 - 1.959963984540054 * std::sqrt(variance), 13);
  EXPECT_TRUE(std::isnan(run.fitted_values[0]));
  EXPECT_TRUE(std::isnan(run.fitted_values[1]));
  EXPECT_EQ(run.fitted_values[2], 1);
  EXPECT_EQ(run.fitted_values[4], 2);
  EXPECT_EQ(equation(run), "y(t) = y(t - 2)");
  EXPECT_EQ(run.scalars.at("sse"), 26);
  EXPECT_EQ(run.scalars.at("season_length"), 2);
  EXPECT_EQ(run.scalars.at("observations"), 3);
}

// Values of tests/reference/seasonal_naive.csv, made by arima of R; see the script beside it.
std::vector<double> of_r(const std::string& kind, const std::string& quantity) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/seasonal_naive.csv");
  const std::string start = kind + ',' + quantity + ',';
  std::vector<double> out;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(start)) continue;
    double value = kNan;
    std::from_chars(line.data() + line.rfind(',') + 1, line.data() + line.size(), value);
    out.push_back(value);
  }
  return out;
}

void expect_forecasts_of_r(const std::string& kind, std::int64_t season) {
  const std::vector<double> y = of_r(kind, "y");
  const std::vector<double> mean = of_r(kind, "mean");
  const std::vector<double> error = of_r(kind, "se");
  ASSERT_GT(mean.size(), 9u);
  std::vector<double> future;
  for (std::size_t h = 1; h <= mean.size(); ++h) {
    future.push_back(static_cast<double>(y.size() + h));
  }
  const TrendRun run = run_trend(seasonal_naive(season), y, future);
  for (std::size_t h = 0; h < mean.size(); ++h) {
    EXPECT_DIGITS(run.mean[h], mean[h], 14);
    EXPECT_DIGITS(run.standard_error[h], error[h], 14);
  }
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), std::sqrt(of_r(kind, "sigma2")[0]), 14);
}

TEST(SeasonalNaive, AgreesWithTheSeasonalRandomWalkOfR) {
  expect_forecasts_of_r("air_passengers_12", 12);
  expect_forecasts_of_r("uk_gas_4", 4);
}

TEST(SeasonalNaive, TakesTheSeasonOfTheSeriesWhenNoneIsGiven) {
  const std::vector<double> time = {1, 2, 3, 4};
  const std::vector<double> values = {1, 3, 2, 6};
  const auto fit = open_trend("trend.seasonal_naive")
                       .fit({.time = time,
                             .values = values.data(),
                             .series_count = 1,
                             .stride = 1,
                             .season_length = 2});
  ASSERT_TRUE(fit.ok());
  const std::vector<double> future = {5, 6};
  const std::vector<double> levels = {0.5};
  EXPECT_THAT(fit->predict(future, levels)->mean, ElementsAre(2, 6));
}

TEST(SeasonalNaive, RefusesASeriesWithoutSeason) {  // N13
  const TrendRun run = run_trend(open_trend("trend.seasonal_naive"), {1, 3, 2, 6});
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidConfig);
  EXPECT_EQ(run.error.fault, "N13");
  EXPECT_EQ(run.error.message,
            "the series has no season of its own; set season_length, such as 12 for monthly data "
            "with a yearly rhythm");
}

TEST(SeasonalNaive, RefusesLessThanTwoSeasons) {  // N13
  const TrendRun run = run_trend(seasonal_naive(4), {1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(run.error.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(run.error.fault, "N13");
  EXPECT_EQ(run.error.message, "7 observations; a season of 4 needs two seasons, at least 8");
  EXPECT_TRUE(run_trend(seasonal_naive(4), {1, 2, 3, 4, 5, 6, 7, 9}).fitted);
}

TEST(SeasonalNaive, FlagsASeriesThatRepeatsItself) {  // N9
  const TrendRun run = run_trend(seasonal_naive(2), {0.3, 0.1, 0.3, 0.1, 0.3, 0.1}, {7, 8});
  EXPECT_THAT(run.mean, ElementsAre(0.3, 0.1));
  EXPECT_EQ(run.standard_error[1], 0.0);
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit", "undefined_statistics"));
}

TEST(SeasonalNaive, FlagsAConstantSeries) {  // N2
  const TrendRun run = run_trend(seasonal_naive(2), {0.3, 0.3, 0.3, 0.3}, {5});
  EXPECT_EQ(run.mean[0], 0.3);
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit", "undefined_statistics"));
}

TEST(SeasonalNaive, DoesNotCareForTheScaleOfTheData) {  // N8
  const TrendRun plain = run_trend(seasonal_naive(3), kMining, {11, 14});
  const TrendRun large =
      run_trend(seasonal_naive(3), times(std::ldexp(1.0, 960), kMining), {11, 14});
  EXPECT_DIGITS(large.upper[1], std::ldexp(plain.upper[1], 960), 14);
}

}  // namespace
}  // namespace steppe
