// SPDX-License-Identifier: Apache-2.0
#include "engine/candidate.hpp"

#include <algorithm>
#include <cmath>

#include "engine/series_error.hpp"
#include "evaluation/accuracy.hpp"
#include "evaluation/rolling_origin.hpp"

namespace steppe {

Error with_date(Error error, const TrendPart& part) {
  constexpr std::string_view kRow = "row ";
  if (!error.where.starts_with(kRow)) return error;
  std::int64_t row = 0;
  for (char c : std::string_view(error.where).substr(kRow.size())) {
    if (c < '0' || c > '9' || row > 1'000'000'000) return error;
    row = row * 10 + (c - '0');
  }
  error.where = label_of(part.first + row - 1, *part.calendar) + " (" + error.where + ")";
  return error;
}

Candidate::Candidate(const TrendModel& model, const TrendPart& part, const EngineSettings& settings)
    : part_(part) {
  usable_.assign(part.series_count(), false);
  Outcome<TrendFit> fit = model.fit(part.head(part.rows()));
  if (!fit) {
    block_error_ = error_of(fit.error());
    return;
  }
  fit_.emplace(std::move(*fit));
  auto forecast = TrendForecast::make(*fit_, part.span(), settings, model.label());
  if (!forecast) {
    block_error_ = error_of(forecast.error());
    return;
  }
  forecast_.emplace(std::move(*forecast));
  for (std::size_t s = 0; s < usable_.size(); ++s) {
    usable_[s] = fit_->fitted(s) && forecast_->overflow_step(s) == 0;
  }
}

Error Candidate::error(std::size_t series) const {
  if (block_error_) return *block_error_;
  if (forecast_->overflow_step(series) != 0) return forecast_->overflow(series);
  return with_date(fit_->explain(series), part_);
}

std::vector<double> Candidate::statistic(const char* name) const {
  std::vector<double> values(part_.series_count(), kUndefined);
  if (!fit_ || block_error_) return values;
  const char* names[] = {name};
  Outcome<std::vector<double>> row = fit_->statistics(names);
  if (!row) return values;
  for (std::size_t s = 0; s < values.size(); ++s) {
    if (usable_[s]) values[s] = (*row)[s];
  }
  return values;
}

std::vector<double> Candidate::fitted_values() const {
  if (!fit_) return {};
  Outcome<std::vector<double>> values = fit_->fitted_values();
  return values ? std::move(*values) : std::vector<double>();
}

std::vector<DriverForecast> Candidate::driver_forecasts(const TrendModel& model) const {
  const ForecastSpan span = part_.span();
  return steppe::driver_forecasts({*fit_, span, model.has_tag("random_walk_errors"), part_.values});
}

std::vector<double> one_step_forecasts(const TrendModel& model, const TrendPart& part,
                                       std::size_t fewest) {
  const std::size_t m = part.series_count();
  std::vector<double> out(part.values.size(), kUndefined);
  for (const OriginSplit& split : rolling_origins(part.rows(), fewest, part.rows(), 1)) {
    const Outcome<TrendFit> fit = model.fit(part.head(split.train));
    if (!fit) continue;
    const auto forecast = fit->predict(times_after(split.train, 1), {});
    if (!forecast) continue;
    std::copy(forecast->mean.begin(), forecast->mean.end(),
              out.begin() + static_cast<std::ptrdiff_t>(split.train * m));
  }
  return out;
}

OutOfSample judge_out_of_sample(const TrendModel& model, const TrendPart& part,
                                std::span<const OriginSplit> splits) {
  const std::size_t m = part.series_count();
  std::vector<ErrorTally> tallies(m);
  for (const OriginSplit& split : splits) {
    const Outcome<TrendFit> fit = model.fit(part.head(split.train));
    const auto forecast =
        fit ? fit->predict(times_after(split.train, static_cast<std::int64_t>(split.test)), {})
            : Outcome<BlockForecast>(fit.error());
    for (std::size_t h = 0; h < split.test; ++h) {
      for (std::size_t s = 0; s < m; ++s) {
        tallies[s].add(part.value(split.train + h, s),
                       forecast ? forecast->mean[h * m + s] : kUndefined);
      }
    }
  }
  OutOfSample out;
  for (const ErrorTally& tally : tallies) {
    out.mae.push_back(tally.mae());
    out.rmse.push_back(tally.rmse());
  }
  return out;
}

}  // namespace steppe
