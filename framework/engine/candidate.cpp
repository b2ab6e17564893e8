// SPDX-License-Identifier: Apache-2.0
#include "engine/candidate.hpp"

#include <cmath>

#include "engine/series_error.hpp"
#include "evaluation/accuracy.hpp"
#include "evaluation/rolling_origin.hpp"

namespace steppe {
namespace {

std::vector<double> times_after(std::size_t n, std::int64_t steps) {
  std::vector<double> out;
  for (std::int64_t h = 1; h <= steps; ++h) {
    out.push_back(static_cast<double>(n) + static_cast<double>(h));
  }
  return out;
}

}  // namespace

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
    : model_(model), part_(part), settings_(settings) {
  usable_.assign(part.series_count(), false);
  overflow_step_.assign(part.series_count(), 0);
  Outcome<TrendFit> fit = model.fit(part.head(part.rows()));
  if (!fit) {
    block_error_ = error_of(fit.error());
    return;
  }
  fit_.emplace(std::move(*fit));
  forecast();
}

void Candidate::forecast() {
  Outcome<BlockForecast> made =
      fit_->predict(times_after(part_.rows(), part_.horizon), settings_.probabilities);
  if (!made) {
    block_error_ = error_of(made.error());
    return;
  }
  forecast_ = std::move(*made);
  const std::size_t m = part_.series_count();
  for (std::size_t s = 0; s < m; ++s) {
    usable_[s] = fit_->fitted(s);
    for (std::int64_t h = 0; usable_[s] && h < part_.horizon; ++h) {
      if (std::isfinite(forecast_.mean[static_cast<std::size_t>(h) * m + s])) continue;
      usable_[s] = false;
      overflow_step_[s] = h + 1;
    }
  }
}

Error Candidate::error(std::size_t series) const {
  if (block_error_) return *block_error_;
  if (overflow_step_[series] == 0) return with_date(fit_->explain(series), part_);
  const std::int64_t last = part_.first + static_cast<std::int64_t>(part_.rows()) - 1;
  const std::int64_t step = overflow_step_[series];
  return {ErrorKind::kDomainError,
          "overflow: the forecast leaves the range of double at step " + std::to_string(step) +
              "; shorten the horizon or choose another model",
          label_of(last + step, *part_.calendar), "N7"};
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

std::vector<ForecastRow> Candidate::rows(std::size_t series, std::vector<Warning>& warnings) const {
  const std::size_t m = part_.series_count();
  const auto steps = static_cast<std::size_t>(part_.horizon);
  const std::int64_t last = part_.first + static_cast<std::int64_t>(part_.rows()) - 1;
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
    row.ordinal = last + row.step;
    row.mean = forecast_.mean[h * m + series];
    row.standard_error = forecast_.standard_error[h * m + series];
    if (!std::isfinite(row.standard_error)) row.standard_error = kUndefined;
    for (std::size_t c = 0; c < settings_.coverage.size(); ++c) {
      row.lower.push_back(quantile(settings_.lower_row(c), h));
      row.upper.push_back(quantile(settings_.upper_row(c), h));
    }
  }
  if (missing) {
    warnings.push_back({"no_interval", model_.label() + " gives no prediction interval here"});
  }
  if (overflow) {
    warnings.push_back({"interval_overflow",
                        "an interval bound leaves the range of double and is left undefined"});
  }
  return rows;
}

FitReport Candidate::report(std::size_t series) const {
  Outcome<FitReport> report = fit_->report(series);
  if (report) return std::move(*report);
  FitReport failed;
  failed.warnings.push_back({"no_report", report.error().message});
  return failed;
}

std::vector<double> Candidate::fitted_values() const {
  Outcome<std::vector<double>> values = fit_->fitted_values();
  return values ? std::move(*values) : std::vector<double>();
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
