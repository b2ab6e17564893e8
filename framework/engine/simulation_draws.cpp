// SPDX-License-Identifier: Apache-2.0
#include "engine/simulation_draws.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "engine/history.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe {
namespace {

// What is no number, or beyond the range of double, stands at the end of the range.
constexpr double kBound = 1e308;

// A place among sorted draws: between two neighbours.
struct Rank {
  std::size_t below = 0;
  double part = 0;
};

Rank rank_of(double rank, std::size_t count) {
  rank = std::clamp(rank, 0.0, static_cast<double>(count - 1));
  const auto below = static_cast<std::size_t>(rank);
  return {below, rank - static_cast<double>(below)};
}

// Puts the draws of these ranks, which rise, where a sort would put them, within a range. The
// widest gap between ranks goes first: what lies in it is looked at no more.
void select_ranks(std::vector<double>& draws, std::span<const std::size_t> ranks,
                  std::pair<std::size_t, std::size_t> range) {
  if (ranks.empty()) return;
  const auto at = [&](std::size_t i) { return draws.begin() + static_cast<std::ptrdiff_t>(i); };
  std::size_t gap = 0;
  for (std::size_t i = 0; i + 1 < ranks.size(); ++i) {
    if (ranks[i + 1] - ranks[i] > ranks[gap + 1] - ranks[gap]) gap = i;
  }
  std::nth_element(at(range.first), at(ranks[gap]), at(range.second));
  select_ranks(draws, ranks.first(gap), {range.first, ranks[gap]});
  if (gap + 1 == ranks.size()) return;
  std::nth_element(at(ranks[gap] + 1), at(ranks[gap + 1]), at(range.second));
  select_ranks(draws, ranks.subspan(gap + 2), {ranks[gap + 1] + 1, range.second});
}

// The gap in the middle of ranks, which rise: ranks[gap] and ranks[gap + 1] stand far apart.
struct MiddleGap {
  std::size_t gap = 0;
  double low = 0;  // draws at or below belong to the lower ranks
  double high = 0;
};

// Where a few of the draws say that the gap is. Nothing when there are too few draws.
std::optional<MiddleGap> guess_gap(const std::vector<double>& draws,
                                   std::span<const std::size_t> ranks) {
  constexpr std::size_t kSample = 256;
  constexpr double kDeviations = 3;
  if (draws.size() < 4 * kSample) return std::nullopt;
  MiddleGap out;
  for (std::size_t i = 0; i + 1 < ranks.size(); ++i) {
    if (ranks[i + 1] - ranks[i] > ranks[out.gap + 1] - ranks[out.gap]) out.gap = i;
  }
  if (out.gap + 1 >= ranks.size()) return std::nullopt;
  const std::size_t stride = draws.size() / kSample;
  std::vector<double> sample(kSample);
  for (std::size_t i = 0; i < kSample; ++i) sample[i] = draws[i * stride];
  std::sort(sample.begin(), sample.end());
  const auto place = [&](std::size_t rank, double side) {
    const double p = static_cast<double>(rank) / static_cast<double>(draws.size());
    const double away = kDeviations * std::sqrt(double{kSample} * p * (1 - p)) + 1;
    return std::clamp(double{kSample} * p + side * away, 0.0, double{kSample - 1});
  };
  const double low = std::ceil(place(ranks[out.gap], 1));
  const double high = std::floor(place(ranks[out.gap + 1], -1));
  if (!(low < high)) return std::nullopt;
  out.low = sample[static_cast<std::size_t>(low)];
  out.high = sample[static_cast<std::size_t>(high)];
  if (!(out.low < out.high)) return std::nullopt;
  return out;
}

// Leaves the draws in the gap out of the search: they are most of all. False, and nothing done,
// when the guess was wrong.
bool drop_middle(std::vector<double>& draws, std::span<const std::size_t> ranks) {
  const auto guess = guess_gap(draws, ranks);
  if (!guess) return false;
  const std::size_t count = draws.size();
  std::vector<double> low(count);
  std::vector<double> high(count);
  std::size_t lows = 0;
  std::size_t highs = 0;
  const double* const value = draws.data();
  double* const below = low.data();
  double* const above = high.data();
  const double low_end = guess->low;
  const double high_end = guess->high;
  for (std::size_t d = 0; d < count; ++d) {
    const double one = value[d];
    below[lows] = one;
    lows += one <= low_end;
    above[highs] = one;
    highs += one >= high_end;
  }
  if (lows <= ranks[guess->gap] || count - highs > ranks[guess->gap + 1]) return false;
  std::copy_n(low.begin(), lows, draws.begin());
  std::copy_n(high.begin(), highs, draws.end() - static_cast<std::ptrdiff_t>(highs));
  select_ranks(draws, ranks.first(guess->gap + 1), {0, lows});
  select_ranks(draws, ranks.subspan(guess->gap + 1), {count - highs, count});
  return true;
}

double value_of(const std::vector<double>& draws, const Rank& rank) {
  const std::size_t above = std::min(rank.below + 1, draws.size() - 1);
  return draws[rank.below] + rank.part * (draws[above] - draws[rank.below]);
}

}  // namespace

std::vector<double> lower_triangle(const std::vector<double>& matrix, std::size_t q) {
  std::vector<double> out(q * q, 0);
  for (std::size_t j = 0; j < q; ++j) {
    double pivot = matrix[j * q + j];
    for (std::size_t l = 0; l < j; ++l) pivot -= out[j * q + l] * out[j * q + l];
    if (!(pivot > 1e-15 * matrix[j * q + j])) continue;
    out[j * q + j] = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < q; ++i) {
      double sum = matrix[i * q + j];
      for (std::size_t l = 0; l < j; ++l) sum -= out[i * q + l] * out[j * q + l];
      out[i * q + j] = sum / out[j * q + j];
    }
  }
  return out;
}

VarianceSplit spread_of(const RegressionPrediction& prediction) {
  VarianceSplit out;
  out.residual = out.coefficients = 0;
  const auto n = static_cast<double>(prediction.mean.size());
  for (std::size_t d = 0; d < prediction.mean.size(); ++d) {
    const double all = prediction.se_prediction[d];
    const double mean = std::isnan(prediction.se_mean[d]) ? 0 : prediction.se_mean[d];
    out.coefficients += mean * mean / n;
    out.residual += std::max(all * all - mean * mean, 0.0) / n;
  }
  return out;
}

const std::vector<double>& table_probabilities() {
  static const std::vector<double> probabilities = [] {
    std::vector<double> out;
    for (std::size_t k = 0; k < DriverForecast::kTableNodes; ++k) {
      out.push_back(numerics::normal_cdf(0.5 * static_cast<double>(k) - 4));
    }
    return out;
  }();
  return probabilities;
}

double table_value(const double* table, double z) {
  constexpr std::size_t kLast = DriverForecast::kTableNodes - 1;
  const double place = (z + 4) * 2;
  if (place <= 0) return table[0] + place * (table[1] - table[0]);
  if (place >= double{kLast}) {
    return table[kLast] + (place - double{kLast}) * (table[kLast] - table[kLast - 1]);
  }
  const auto i = std::min(static_cast<std::size_t>(place), kLast - 1);
  const double t = place - static_cast<double>(i);
  const double low = table[i];
  const double high = table[i + 1];
  const double before = i > 0 ? table[i - 1] : 2 * low - high;
  const double after = i + 1 < kLast ? table[i + 2] : 2 * high - low;
  const double left = (high - before) / 2;
  const double right = (after - low) / 2;
  return low + t * (left + t * (3 * (high - low) - 2 * left - right +
                                t * (2 * (low - high) + left + right)));
}

double value_at(const DriverForecast& driver, std::size_t step, double error) {
  if (driver.family == ErrorFamily::kTable) {
    return table_value(&driver.table[step * DriverForecast::kTableNodes], error);
  }
  const double value = driver.location[step] + driver.scale[step] * error;
  return driver.family == ErrorFamily::kLogStudent ? std::exp(value) : value;
}

DrawnQuantiles quantiles_of(std::vector<double>& draws, const std::vector<double>& probabilities) {
  double* const value = draws.data();
  const std::size_t count = draws.size();
  for (std::size_t d = 0; d < count; ++d) {
    if (!(value[d] <= kBound)) {
      value[d] = kBound;
    } else if (value[d] < -kBound) {
      value[d] = -kBound;
    }
  }
  const auto n = static_cast<double>(count);
  std::vector<Rank> places;  // quantile, above, below
  std::vector<std::size_t> ranks;
  for (const double p : probabilities) {
    const double rank = p * (n - 1);
    const double spread = std::sqrt(n * p * (1 - p));
    for (const double one : {rank, rank + spread, rank - spread}) {
      places.push_back(rank_of(one, count));
      ranks.push_back(places.back().below);
      ranks.push_back(std::min(ranks.back() + 1, count - 1));
    }
  }
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  if (!drop_middle(draws, ranks)) select_ranks(draws, ranks, {0, count});
  DrawnQuantiles out;
  for (std::size_t i = 0; i < places.size(); i += 3) {
    const double quantile = value_of(draws, places[i]);
    const double error = (value_of(draws, places[i + 1]) - value_of(draws, places[i + 2])) / 2;
    const bool inside = std::fabs(quantile) < kBound && std::isfinite(error);
    out.quantiles.push_back(inside ? quantile : kUndefined);
    out.monte_carlo_error.push_back(inside ? error : kUndefined);
  }
  return out;
}

}  // namespace steppe
