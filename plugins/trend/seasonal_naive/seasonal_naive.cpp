// SPDX-License-Identifier: Apache-2.0

// Seasonal naive forecast.
//
// Model        y_t = y_{t-m} + e_t, e independent, normal with mean 0, m observations in a season.
// Estimates    sigma^2, the mean of the n - m squared residuals y_t - y_{t-m}; no parameter of the
//              mean.
// Inputs       a series of n consecutive observations; y any finite numbers, in any unit; m from
//              the option season_length, else the series' own.
// Outputs      mean: the last observation at the same place of the season; standard error
//              sigma sqrt(k), k the seasons that the horizon has begun; normal quantiles; fitted
//              values y_{t-m} (undefined in the first season); statistics. In the unit of y. A time
//              between two steps is given the forecast of the later one.
// Assumptions  uncorrelated residuals of one variance; normal ones for intervals. sigma is taken as
//              known, as the book does: on few seasons the intervals are too narrow.
// Degenerate   a series that repeats itself exactly: sigma is 0 and every interval a point; AICc
//              and BIC undefined, warning exact_fit.
// Errors       invalid_config without a season, insufficient_data for n < 2 m, invalid_data for a
//              missing or infinite value.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2
//              (method) and 5.5, equation 5.1 and the table of benchmark methods (intervals; sigma
//              has divisor T - K - M with K = 0 parameters and M = m missing values). Departure: R
//              squared and the information criteria are those of the n - m residuals there are.

#include <limits>

#include "steppe/numerics/benchmark_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

class SeasonalNaive {
 public:
  static constexpr steppe::ComponentInfo kInfo{"trend.seasonal_naive", "1.0.0",
                                               "Repeats the last season"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "season_length",
       .type = steppe::OptionType::kInt64,
       .help = "Observations in one season: 12 for monthly data with a yearly rhythm, 4 for "
               "quarterly, 7 for daily with a weekly one.",
       .unit = "observations",
       .minimum = 2,
       .maximum = 10000},
  };
  static constexpr steppe::Tag kTags[] = {{"intervals"},         {"seasonal"},
                                          {"deterministic"},     {"concurrent_predict"},
                                          {"scale_equivariant"}, {"shift_equivariant"}};

  explicit SeasonalNaive(const steppe::Arguments& arguments)
      : season_length_(static_cast<std::size_t>(arguments.integer("season_length"))) {}

  struct Fit : numerics::BenchmarkFit {
    using BenchmarkFit::BenchmarkFit;
    std::size_t season = 1;

    // Steps ahead of the last observation, the one in hand counted as begun. Times are multiples of
    // `step` up to rounding.
    double begun(double t) const {
      const double ahead = steps(t);
      const double nearest = std::nearbyint(ahead);
      return std::fabs(ahead - nearest) < 1e-6 ? nearest : std::ceil(ahead);
    }
    double last_alike(double t) const {
      const auto length = static_cast<double>(season);
      double place = std::fmod(begun(t) - 1, length);
      if (place < 0) place += length;
      if (!(place >= 0 && place < length)) return steppe::kUndefined;
      return y[y.size() - season + static_cast<std::size_t>(place)];
    }
    double error(double t) const {
      return sigma * std::sqrt(std::ceil(begun(t) / static_cast<double>(season)));
    }

    steppe::Prediction predict(double t) const {
      return {.mean = last_alike(t) * unit, .standard_error = error(t) * unit};
    }
    double quantile(double t, double p) const {
      return (last_alike(t) + error(t) * numerics::normal_quantile(p)) * unit;
    }
    int parameter_count() const { return 0; }
    void report(steppe::Report& report) const {
      report.text("equation", "y(t) = y(t - " + std::to_string(season) + ")");
      report.scalar("season_length", static_cast<double>(season), "observations");
      report_residuals(report);
    }
    void save(steppe::Writer& writer) const {
      BenchmarkFit::save(writer);
      writer.u64(season);
    }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    const std::size_t season = season_length_ != 0 ? season_length_ : series.season_length;
    if (season < 2) {
      return steppe::Error{steppe::ErrorKind::kInvalidConfig,
                           "the series has no season of its own; set season_length, such as 12 for "
                           "monthly data with a yearly rhythm",
                           "option season_length", "N13"};
    }
    if (series.y.size() < 2 * season) {
      return steppe::Error{steppe::ErrorKind::kInsufficientData,
                           std::to_string(series.y.size()) + " observations; a season of " +
                               std::to_string(season) + " needs two seasons, at least " +
                               std::to_string(2 * season),
                           "", "N13"};
    }
    Fit fit(series);
    fit.season = season;
    for (std::size_t i = season; i < fit.y.size(); ++i) fit.add(i, fit.y[i - season]);
    fit.sigma = std::sqrt(fit.sse / static_cast<double>(fit.residuals));
    return fit;
  }

  static constexpr std::uint32_t kSavedSchema = 1;
  static steppe::Result<Fit> load(std::uint32_t, steppe::Reader& reader) {
    Fit fit(reader);
    const std::uint64_t season = reader.u64();
    reader.must(season >= 2 && season <= fit.y.size() / 2,
                "the season does not fit the observations twice");
    if (reader.ok()) fit.season = static_cast<std::size_t>(season);
    return fit;
  }

 private:
  std::size_t season_length_;  // 0: that of the series
};

}  // namespace

STEPPE_PLUGIN(SeasonalNaive);
