// SPDX-License-Identifier: Apache-2.0
#include "engine/keep_fits.hpp"

#include <bit>
#include <cmath>
#include <utility>

#include "engine/series_error.hpp"
#include "plugin_host/plugin_call.hpp"

namespace steppe {
namespace {

Fault other_forecast(const std::string& label) {
  return broken_contract(label, "F14",
                         "a saved fit, read back, gives another forecast than before");
}

TrendPart part_of(const TrendPart& part, const std::vector<std::size_t>& series) {
  TrendPart out;
  out.calendar = part.calendar;
  out.first = part.first;
  out.time = part.time;
  out.horizon = part.horizon;
  for (const std::size_t s : series) {
    out.members.push_back(part.members[s]);
    out.seeds.push_back(part.seeds[s]);
  }
  out.values.reserve(part.rows() * series.size());
  for (std::size_t row = 0; row < part.rows(); ++row) {
    for (const std::size_t s : series) out.values.push_back(part.value(row, s));
  }
  return out;
}

// The fit of the series of a part that chose one candidate.
class GroupKeeper {
 public:
  GroupKeeper(const KeepTask& task, std::size_t candidate) : task_(task), candidate_(candidate) {
    for (std::size_t s = 0; s < task.chosen.size(); ++s) {
      if (task.chosen[s].candidate == candidate) series_.push_back(s);
    }
  }

  const std::vector<std::size_t>& series() const { return series_; }

  Outcome<std::shared_ptr<const SavedFit>> keep() const {
    const TrendModel& model = task_.models[candidate_];
    auto bytes = series_.size() == task_.part.series_count() ? first().fit.save() : fitted_alone();
    if (!bytes) return std::move(bytes).error();
    auto saved = std::make_shared<SavedFit>();
    saved->component = candidate_;
    saved->schema = bytes->schema;
    saved->observations = task_.part.rows();
    saved->columns = series_.size();
    saved->last = task_.part.span().last;
    saved->bytes = std::move(bytes->bytes);
    const auto loaded =
        model.load({saved->schema, saved->bytes, saved->observations, saved->columns});
    if (!loaded) return loaded.error();
    const auto forecast =
        TrendForecast::make(*loaded, task_.part.span(), task_.settings, model.label());
    if (!forecast) return forecast.error();
    for (std::size_t i = 0; i < series_.size(); ++i) {
      const FittedSeries own = task_.candidates[candidate_]->fitted(series_[i]);
      if (!own.forecast.same_bits(own.series, *forecast, i)) return other_forecast(model.label());
    }
    return std::shared_ptr<const SavedFit>(std::move(saved));
  }

 private:
  FittedSeries first() const { return task_.candidates[candidate_]->fitted(series_.front()); }

  // A fit without the neighbours: the same bits, since a series does not know them (R30).
  Outcome<FitBytes> fitted_alone() const {
    const TrendModel& model = task_.models[candidate_];
    const TrendPart own = part_of(task_.part, series_);
    const auto fit = model.fit(own.head(own.rows()));
    if (!fit) return fit.error();
    for (std::size_t i = 0; i < series_.size(); ++i) {
      if (!fit->fitted(i)) return other_forecast(model.label());
    }
    return fit->save();
  }

  const KeepTask& task_;
  std::size_t candidate_;
  std::vector<std::size_t> series_;
};

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool both_undefined = std::isnan(a[i]) && std::isnan(b[i]);
    if (!both_undefined &&
        std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) {
      return false;
    }
  }
  return true;
}

bool same_rows(const std::vector<ForecastRow>& a, const std::vector<ForecastRow>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_bits({a[i].mean, a[i].standard_error}, {b[i].mean, b[i].standard_error}) ||
        !same_bits(a[i].lower, b[i].lower) || !same_bits(a[i].upper, b[i].upper)) {
      return false;
    }
  }
  return true;
}

bool same_rows(const std::vector<RegressionRow>& a, const std::vector<RegressionRow>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_bits(a[i].mean_lower, b[i].mean_lower) ||
        !same_bits(a[i].mean_upper, b[i].mean_upper) ||
        !same_bits(a[i].known_lower, b[i].known_lower) ||
        !same_bits(a[i].known_upper, b[i].known_upper)) {
      return false;
    }
  }
  return true;
}

bool forecasts_the_same(const RegressionFit& loaded, const FittedRegression& fitted,
                        const EngineSettings& settings, const SeriesResult& result) {
  SeriesResult again;
  forecast_regression(loaded, fitted.model.label(), fitted.outlook, settings, again);
  return again.regression != nullptr && same_rows(result.rows, again.rows) &&
         same_rows(result.regression->rows, again.regression->rows);
}

}  // namespace

void fail_to_keep(SeriesResult& result, Error error) {
  result.rows.clear();
  result.regression.reset();
  fail(result, std::move(error));
}

void keep_trends(const KeepTask& task, std::span<SeriesResult* const> results,
                 std::span<SavedSeries* const> kept) {
  for (std::size_t c = 0; c < task.models.size(); ++c) {
    const GroupKeeper group(task, c);
    if (group.series().empty()) continue;
    const auto saved = group.keep();
    for (std::size_t i = 0; i < group.series().size(); ++i) {
      const std::size_t s = group.series()[i];
      SeriesResult& result = *results[task.part.members[s]];
      if (!saved) {
        fail_to_keep(result, error_of(saved.error()));
        continue;
      }
      SavedSeries& out = *kept[task.part.members[s]];
      const auto& warnings = result.warnings;
      const auto at = [&](std::size_t index) {
        return warnings.begin() + static_cast<std::ptrdiff_t>(index);
      };
      out.warnings_before.assign(warnings.begin(), at(task.chosen[s].warnings_begin));
      out.warnings_after.assign(at(task.chosen[s].warnings_end), warnings.end());
      out.fit = *saved;
      out.column = i;
    }
  }
}

Outcome<std::shared_ptr<const SavedFit>> saved_regression(const FittedRegression& fitted,
                                                          const EngineSettings& settings,
                                                          const SeriesResult& result) {
  auto bytes = fitted.fit.save();
  if (!bytes) return std::move(bytes).error();
  auto saved = std::make_shared<SavedFit>();
  saved->schema = bytes->schema;
  saved->observations = fitted.observations;
  saved->columns = fitted.outlook.drivers.size();
  saved->last = fitted.outlook.last;
  saved->bytes = std::move(bytes->bytes);
  const auto loaded =
      fitted.model.load({saved->schema, saved->bytes, saved->observations, saved->columns});
  if (!loaded) return loaded.error();
  if (!forecasts_the_same(*loaded, fitted, settings, result)) {
    return other_forecast(fitted.model.label());
  }
  return std::shared_ptr<const SavedFit>(std::move(saved));
}

Outcome<PooledBytes> PooledBytes::make(const RegressionFit& fit, const RegressionModel& model,
                                       std::size_t rows, std::span<const std::int64_t> last) {
  auto bytes = fit.save();
  if (!bytes) return std::move(bytes).error();
  auto loaded = model.load({bytes->schema, bytes->bytes, rows, fit.columns()});
  if (!loaded) return std::move(loaded).error();
  PooledBytes out(std::move(*loaded));
  for (const std::int64_t date : last) {
    auto& saved = out.by_last_[date];
    if (saved != nullptr) continue;
    auto one = std::make_shared<SavedFit>();
    one->schema = bytes->schema;
    one->observations = rows;
    one->columns = fit.columns();
    one->last = date;
    one->bytes = bytes->bytes;
    saved = std::move(one);
  }
  return out;
}

Outcome<std::shared_ptr<const SavedFit>> PooledBytes::of(const FittedRegression& fitted,
                                                         const EngineSettings& settings,
                                                         const SeriesResult& result) const {
  const RegressionFit own = loaded_.like(fitted.fit);
  if (!forecasts_the_same(own, fitted, settings, result)) {
    return other_forecast(fitted.model.label());
  }
  return by_last_.at(fitted.outlook.last);
}

}  // namespace steppe
