// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trend models for the tests of the suite: an honest one, and ones that break one rule each. They
// are made by the SDK's C++ layer, so that only the flaw is wrong.

#include <unistd.h>

#include <cmath>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

#include "steppe/trend_model.hpp"

namespace steppe::conformance::fakes {

enum class Flaw {
  kNone,
  kRemembers,        // the level leans towards that of the series fitted before
  kNarrow,           // intervals 20 % too narrow
  kBiased,           // the level is 0.4 standard deviations too high
  kErrorFloor,       // sigma is never below 1 % of the level
  kCrossed,          // quantiles fall with their probability
  kNegativeError,    // standard errors below 0
  kCountsCalls,      // every call of predict moves the level
  kUsesProcess,      // the level depends on the number of the process
  kSharesMemory,     // predict keeps its level in memory that all threads share
  kUsesSeason,       // the level depends on the season length, and no tag says so
  kNotScaled,        // the level is 1 too high
  kNotShifted,       // the level leans towards 0
  kNeedsFive,        // refuses fewer than five, and claims two
  kTakesNone,        // takes any number, and claims two
  kMissingIsZero,    // claims handles_missing and takes missing values for 0
  kTakesMissing,     // leaves out missing values
  kGapsBreak,        // claims handles_gaps and refuses gaps
  kUndefinedMean,    // a constant series gives NaN with the status ok
  kNoEquation,       // the report lacks its equation
  kUndefinedScalar,  // a scalar of the report is NaN, without a warning
  kWideError,        // the reported standard error of the parameter is 20 % too large
  kForecastError,    // the standard error of forecasts is 20 % too large
  kNoQuantiles,      // claims intervals and gives none
};

template <Flaw kFlaw>
struct FakeTrend {
  static constexpr ComponentInfo kInfo{"trend.fake", "1.0.0", "The mean, with one thing wrong"};
  static constexpr bool kHandlesMissing =
      kFlaw == Flaw::kMissingIsZero || kFlaw == Flaw::kTakesMissing;
  // A tag that a fake does not claim has the value 0.
  static constexpr Tag kTags[] = {{"intervals"},
                                  {"handles_gaps"},
                                  {"minimum_observations", 2},
                                  {"deterministic"},
                                  {"concurrent_predict"},
                                  {"scale_equivariant"},
                                  {"shift_equivariant"},
                                  {"additive_errors"},
                                  {kHandlesMissing ? "handles_missing" : "unused"}};

  struct Fit {
    std::size_t n = 0;
    double level = 0;
    double sigma = 0;
    mutable int calls = 0;

    double shared_level() const {
      static double memory;
      memory = level;
      std::this_thread::yield();
      return memory;
    }
    double mean() const {
      if (kFlaw == Flaw::kCountsCalls) return level * (1 + 1e-9 * ++calls);
      if (kFlaw == Flaw::kSharesMemory) return shared_level();
      return level;
    }
    double error() const {
      if (kFlaw == Flaw::kNegativeError) return -sigma;
      const double factor = kFlaw == Flaw::kForecastError ? 1.2 : 1;
      return factor * sigma * std::sqrt(1 + 1 / double(n));
    }
    Prediction predict(double t) const {
      const double shift = kFlaw == Flaw::kSharesMemory ? 1e-6 * t : 0;
      return {.mean = mean() + shift, .standard_error = error()};
    }
    double quantile(double, double p) const {
      if (kFlaw == Flaw::kNoQuantiles) return kUndefined;
      const double reach = sigma * std::sqrt(1 + 1 / double(n)) * normal_quantile(p);
      if (kFlaw == Flaw::kCrossed) return level - reach;
      return level + (kFlaw == Flaw::kNarrow ? 0.8 : 1) * reach;
    }
    std::vector<double> fitted() const { return std::vector<double>(n, level); }
    int parameter_count() const { return 1; }
    void report(Report& report) const {
      if (kFlaw != Flaw::kNoEquation) report.text("equation", "y = a");
      if (kFlaw == Flaw::kUndefinedScalar) report.scalar("odd", kUndefined);
      Table table{.name = "parameters", .columns = {"estimate", "standard_error"}};
      const double factor = kFlaw == Flaw::kWideError ? 1.2 : 1;
      table.add_row("a", {level, factor * sigma / std::sqrt(double(n))});
      report.table(table);
    }
  };

  static double value_of(double y) {
    return kFlaw == Flaw::kMissingIsZero && std::isnan(y) ? 0 : y;
  }

  static double spoiled(double level, double sigma, const Series& series) {
    static double before = 0;
    switch (kFlaw) {
      case Flaw::kRemembers: {
        const double out = level + 1e-6 * before;
        before = level;
        return out;
      }
      case Flaw::kBiased:
        return level + 0.4 * sigma;
      case Flaw::kUsesProcess:
        return level * (1 + 1e-12 * getpid());
      case Flaw::kUsesSeason:
        return level * (1 + 1e-6 * series.season_length);
      case Flaw::kNotScaled:
        return level + 1;
      case Flaw::kNotShifted:
        return 0.999 * level;
      default:
        return level;
    }
  }

  static std::optional<Error> refusal(const Series& series) {
    const std::size_t n = series.y.size();
    const std::size_t needed = kFlaw == Flaw::kNeedsFive ? 5 : kFlaw == Flaw::kTakesNone ? 1 : 2;
    if (n < needed) return Error{ErrorKind::kInsufficientData, "too few observations", "", ""};
    if (kFlaw == Flaw::kGapsBreak && series.t.back() - series.t.front() != double(n - 1)) {
      return Error{ErrorKind::kInvalidData, "the times have gaps", "", ""};
    }
    return std::nullopt;
  }

  Result<Fit> fit(const Series& series) const {
    if (auto error = refusal(series)) return *std::move(error);
    const std::size_t n = series.y.size();
    double sum = 0;
    std::size_t used = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double y = value_of(series.y[i]);
      if (std::isnan(y)) continue;
      sum += y / double(n);
      ++used;
    }
    if (used == 0) return Error{ErrorKind::kInsufficientData, "no observations", "", ""};
    Fit out{.n = n, .level = sum * (double(n) / double(used))};
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double y = value_of(series.y[i]);
      if (!std::isnan(y)) squares = std::hypot(squares, y - out.level);
    }
    out.sigma = used < 2 ? 0 : squares / std::sqrt(double(used - 1));
    if (kFlaw == Flaw::kErrorFloor) out.sigma = std::fmax(out.sigma, 0.01 * out.level);
    if (kFlaw == Flaw::kUndefinedMean && !(out.sigma > 1e-12)) out.level = kUndefined;
    out.level = spoiled(out.level, out.sigma, series);
    return out;
  }
};

}  // namespace steppe::conformance::fakes
