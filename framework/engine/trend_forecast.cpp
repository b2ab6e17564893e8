// SPDX-License-Identifier: Apache-2.0
#include "engine/trend_forecast.hpp"

#include <bit>
#include <cmath>

namespace steppe {

std::vector<double> times_after(std::size_t observations, std::int64_t steps) {
  std::vector<double> out;
  for (std::int64_t h = 1; h <= steps; ++h) {
    out.push_back(static_cast<double>(observations) + static_cast<double>(h));
  }
  return out;
}

Outcome<TrendForecast> TrendForecast::make(const TrendFit& fit, const ForecastSpan& span,
                                           const EngineSettings& settings,
                                           const std::string& label) {
  Outcome<BlockForecast> made =
      fit.predict(times_after(span.observations, span.horizon), settings.probabilities);
  if (!made) return std::move(made).error();
  TrendForecast out(span, settings, label);
  out.forecast_ = std::move(*made);
  const std::size_t m = fit.series_count();
  out.overflow_step_.assign(m, 0);
  for (std::size_t s = 0; s < m; ++s) {
    if (!fit.fitted(s)) continue;
    for (std::int64_t h = 0; h < span.horizon; ++h) {
      if (std::isfinite(out.forecast_.mean[static_cast<std::size_t>(h) * m + s])) continue;
      out.overflow_step_[s] = h + 1;
      break;
    }
  }
  return out;
}

Error TrendForecast::overflow(std::size_t series) const {
  const std::int64_t step = overflow_step_[series];
  return {ErrorKind::kDomainError,
          "overflow: the forecast leaves the range of double at step " + std::to_string(step) +
              "; shorten the horizon or choose another model",
          label_of(span_.last + step, *span_.calendar), "N7"};
}

std::vector<ForecastRow> TrendForecast::rows(std::size_t series,
                                             std::vector<Warning>& warnings) const {
  const std::size_t m = overflow_step_.size();
  const auto steps = static_cast<std::size_t>(span_.horizon);
  bool missing = false;
  bool overflow = false;
  const auto quantile = [&](std::size_t row, std::size_t h) {
    const double value = forecast_.quantiles[(row * steps + h) * m + series];
    overflow = overflow || std::isinf(value);
    missing = missing || std::isnan(value);
    return std::isfinite(value) ? value : kUndefined;
  };
  std::vector<ForecastRow> rows(steps);
  for (std::size_t h = 0; h < steps; ++h) {
    ForecastRow& row = rows[h];
    row.step = static_cast<std::int64_t>(h) + 1;
    row.ordinal = span_.last + row.step;
    row.mean = forecast_.mean[h * m + series];
    row.standard_error = forecast_.standard_error[h * m + series];
    if (!std::isfinite(row.standard_error)) row.standard_error = kUndefined;
    for (std::size_t c = 0; c < settings_->coverage.size(); ++c) {
      row.lower.push_back(quantile(settings_->lower_row(c), h));
      row.upper.push_back(quantile(settings_->upper_row(c), h));
    }
  }
  if (missing) warnings.push_back({"no_interval", label_ + " gives no prediction interval here"});
  if (overflow) {
    warnings.push_back({"interval_overflow",
                        "an interval bound leaves the range of double and is left undefined"});
  }
  return rows;
}

bool TrendForecast::same_bits(std::size_t series, const TrendForecast& other,
                              std::size_t other_series) const {
  const std::size_t m = overflow_step_.size();
  const std::size_t other_m = other.overflow_step_.size();
  const auto same = [&](const std::vector<double>& own, const std::vector<double>& others) {
    if (own.size() / m != others.size() / other_m) return false;
    for (std::size_t row = 0; row < own.size() / m; ++row) {
      const double a = own[row * m + series];
      const double b = others[row * other_m + other_series];
      const bool both_undefined = std::isnan(a) && std::isnan(b);
      if (!both_undefined && std::bit_cast<std::uint64_t>(a) != std::bit_cast<std::uint64_t>(b)) {
        return false;
      }
    }
    return true;
  };
  return same(forecast_.mean, other.forecast_.mean) &&
         same(forecast_.standard_error, other.forecast_.standard_error) &&
         same(forecast_.quantiles, other.forecast_.quantiles);
}

FitReport report_of(const FittedSeries& fitted) {
  Outcome<FitReport> report = fitted.fit.report(fitted.series);
  if (report) return std::move(*report);
  FitReport failed;
  failed.warnings.push_back({"no_report", report.error().message});
  return failed;
}

CandidateResult candidate_result(const FittedSeries& fitted, std::string label,
                                 std::string plugin) {
  CandidateResult out;
  out.label = std::move(label);
  out.plugin = std::move(plugin);
  out.fitted = true;
  out.report = report_of(fitted);
  out.forecast = fitted.forecast.rows(fitted.series, out.report.warnings);
  return out;
}

void write_forecast(const FittedSeries& fitted, const CandidateResult* kept, SeriesResult& result) {
  const auto warn = [&](const std::vector<Warning>& said) {
    result.warnings.insert(result.warnings.end(), said.begin(), said.end());
  };
  if (kept != nullptr) {
    result.rows = kept->forecast;
    warn(kept->report.warnings);
  } else {
    result.rows = fitted.forecast.rows(fitted.series, result.warnings);
    warn(report_of(fitted).warnings);
  }
  const ForecastSpan& span = fitted.forecast.span();
  if (span.horizon > static_cast<std::int64_t>(span.observations)) {
    result.warnings.push_back(
        {"long_extrapolation", std::to_string(span.horizon) + " steps ahead from " +
                                   std::to_string(span.observations) + " observations"});
  }
}

}  // namespace steppe
