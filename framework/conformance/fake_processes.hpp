// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trend models of other kinds than the mean, for the tests of the suite: a random walk, growth with
// multiplicative errors, a season, and a fit that can be saved; each honest or with one flaw.

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "steppe/trend_model.hpp"

namespace steppe::conformance::fakes {

// A random walk with drift. Flawed: the error does not grow with the horizon.
template <bool kFlawed>
struct Walk {
  static constexpr ComponentInfo kInfo{"trend.walk", "1.0.0", "A random walk with drift"};
  static constexpr Tag kTags[] = {{"intervals"}, {"random_walk_errors"}};
  struct Fit {
    double n = 0;
    double last = 0;
    double drift = 0;
    double sigma = 0;
    std::vector<double> before = {};
    Prediction predict(double t) const {
      const double h = t - n;
      const double growth = kFlawed ? 1 : h * (1 + h / (n - 1));
      return {.mean = last + h * drift, .standard_error = sigma * std::sqrt(growth)};
    }
    std::vector<double> fitted() const { return before; }
    void report(Report& report) const {
      report.text("equation", "y = y + b");
      Table table{.name = "parameters", .columns = {"estimate", "standard_error"}};
      table.add_row("b", {drift, sigma / std::sqrt(n - 1)});
      report.table(table);
    }
  };
  static Result<Fit> fit(const Series& series) {
    const std::size_t n = series.y.size();
    if (n < 3) return Error{ErrorKind::kInsufficientData, "too few observations", "", ""};
    Fit out{.n = double(n), .last = series.y.back()};
    out.drift = (series.y.back() - series.y.front()) / double(n - 1);
    out.before.push_back(kUndefined);
    double squares = 0;
    for (std::size_t i = 1; i < n; ++i) {
      out.before.push_back(series.y[i - 1] + out.drift);
      squares = std::hypot(squares, series.y[i] - out.before[i]);
    }
    out.sigma = squares / std::sqrt(double(n - 2));
    return out;
  }
};

// A level with multiplicative errors: the mean of ln y. Flawed: the forecast is the mean of y where
// the median is meant, and its spread is that of y.
template <bool kFlawed>
struct Ratio {
  static constexpr ComponentInfo kInfo{"trend.ratio", "1.0.0", "A level with relative errors"};
  static constexpr Tag kTags[] = {{"intervals"}, {"multiplicative_errors"}, {"scale_equivariant"}};
  struct Fit {
    double n = 0;
    double level = 0;  // of ln y
    double sigma = 0;
    double reach() const { return sigma * std::sqrt(1 + 1 / n); }
    Prediction predict(double) const {
      const double v = reach() * reach();
      return {.mean = std::exp(level + (kFlawed ? 0.5 * sigma : 0)),
              .standard_error = std::exp(level + v / 2) * std::sqrt(std::expm1(v))};
    }
    double quantile(double, double p) const {
      return std::exp(level + reach() * normal_quantile(p));
    }
    std::vector<double> fitted() const {
      return std::vector<double>(static_cast<std::size_t>(n), std::exp(level));
    }
    void report(Report& report) const { report.text("equation", "y = a"); }
  };
  static Result<Fit> fit(const Series& series) {
    const std::size_t n = series.y.size();
    if (n < 2) return Error{ErrorKind::kInsufficientData, "too few observations", "", ""};
    Fit out{.n = double(n)};
    for (std::size_t i = 0; i < n; ++i) {
      if (!(series.y[i] > 0)) return Error{ErrorKind::kDomainError, "not positive", "", ""};
      out.level += std::log(series.y[i]) / double(n);
    }
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      squares += std::pow(std::log(series.y[i]) - out.level, 2);
    }
    out.sigma = std::sqrt(squares / double(n - 1));
    return out;
  }
};

// A mean for each place in the season. Flawed: one mean for all.
template <bool kFlawed>
struct Season {
  static constexpr ComponentInfo kInfo{"trend.season", "1.0.0", "A mean for each season"};
  static constexpr Tag kTags[] = {{"seasonal"}, {"deterministic"}};
  struct Fit {
    std::vector<double> means = {};
    Prediction predict(double t) const {
      return {.mean = means[static_cast<std::size_t>(t - 1) % means.size()]};
    }
    void report(Report& report) const { report.text("equation", "y = a(season)"); }
  };
  static Result<Fit> fit(const Series& series) {
    const std::size_t period = kFlawed ? 1 : series.season_length;
    if (series.y.size() < period) {
      return Error{ErrorKind::kInsufficientData, "less than a season", "", ""};
    }
    Fit out{.means = std::vector<double>(period, 0)};
    std::vector<double> counts(period, 0);
    for (std::size_t i = 0; i < series.y.size(); ++i) counts[i % period] += 1;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      out.means[i % period] += series.y[i] / counts[i % period];
    }
    return out;
  }
};

enum class SaveFlaw {
  kNone,
  kForgets,  // the standard error is not saved
  kCounts,   // every saving gives other bytes
  kRounds,   // saved in single precision
};

// The mean, which can be saved.
template <SaveFlaw kFlaw>
struct Kept {
  static constexpr ComponentInfo kInfo{"trend.kept", "1.0.0", "The mean, which can be saved"};
  static constexpr Tag kTags[] = {{"intervals"}};
  static constexpr std::uint32_t kSavedSchema = 1;
  struct Fit {
    double level = 0;
    double sigma = 0;
    Prediction predict(double) const { return {.mean = level, .standard_error = sigma}; }
    void report(Report& report) const { report.text("equation", "y = a"); }
    void save(Writer& writer) const {
      static double count = 0;
      writer.f64(kFlaw == SaveFlaw::kRounds ? double(float(level)) : level);
      writer.f64(kFlaw == SaveFlaw::kForgets ? 0 : sigma);
      if (kFlaw == SaveFlaw::kCounts) writer.f64(count += 1);
    }
  };
  static Result<Fit> fit(const Series& series) {
    if (series.y.size() < 2) return Error{ErrorKind::kInsufficientData, "too few", "", ""};
    Fit out;
    for (std::size_t i = 0; i < series.y.size(); ++i)
      out.level += series.y[i] / double(series.y.size());
    double squares = 0;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      squares = std::hypot(squares, series.y[i] - out.level);
    }
    out.sigma = squares / std::sqrt(double(series.y.size() - 1));
    return out;
  }
  static Result<Fit> load(std::uint32_t, Reader& reader) {
    Fit out{reader.f64(), reader.f64()};
    if (kFlaw == SaveFlaw::kCounts) reader.f64();
    reader.must(std::isfinite(out.level) && out.sigma >= 0, "the level is no number");
    return out;
  }
};

}  // namespace steppe::conformance::fakes
