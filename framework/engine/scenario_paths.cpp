// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario_paths.hpp"

#include <algorithm>
#include <cmath>

#include "engine/simulation_draws.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe {
namespace {

Error refused(std::string message) { return {ErrorKind::kInvalidData, std::move(message)}; }

// How a change acts on a forecast: value * factor + amount; the factor is not negative.
struct AffineChange {
  double factor = 1;
  double amount = 0;
  double of(double value) const { return value * factor + amount; }
};

AffineChange change_of(const Shock& shock, double standard_error) {
  constexpr double kPerCent = 100;
  switch (shock.kind) {
    case ShockKind::kPerCent:
      return {1 + shock.amount / kPerCent, 0};
    case ShockKind::kStandardDeviations:
      return {1, shock.amount * standard_error};
    default:
      return {1, shock.amount};
  }
}

void change_row(const AffineChange& change, ForecastRow& row) {
  row.mean = change.of(row.mean);
  row.standard_error *= change.factor;
  for (auto* ends : {&row.lower, &row.upper}) {
    for (double& end : *ends) end = change.of(end);
  }
}

// A log Student t that is moved has no such form any more: its quantiles stand for it.
void write_as_table(DriverForecast& errors) {
  const std::vector<double>& probabilities = table_probabilities();
  std::vector<double> nodes;
  for (const double p : probabilities) {
    nodes.push_back(numerics::student_t_quantile(p, errors.degrees));
  }
  const std::size_t middle = probabilities.size() / 2;
  for (std::size_t h = 0; h < errors.steps(); ++h) {
    std::vector<double> values;
    for (const double node : nodes) {
      values.push_back(std::exp(errors.location[h] + errors.scale[h] * node));
    }
    errors.location[h] = values[middle];
    errors.scale[h] = (values[middle + 2] - values[middle - 2]) / 2;
    errors.table.insert(errors.table.end(), values.begin(), values.end());
  }
  errors.family = ErrorFamily::kTable;
}

// The distribution of a driver at one date, changed as its forecast is; factor > 0.
void change_errors(const AffineChange& change, std::int64_t date, DriverForecast& errors) {
  if (!errors.holds(date)) return;
  const std::size_t h = errors.step_of(date);
  if (errors.family == ErrorFamily::kLogStudent && change.amount == 0) {
    errors.location[h] += std::log(change.factor);
    return;
  }
  if (errors.family == ErrorFamily::kLogStudent) write_as_table(errors);
  errors.location[h] = change.of(errors.location[h]);
  errors.scale[h] *= change.factor;
  constexpr std::size_t kNodes = DriverForecast::kTableNodes;
  for (std::size_t k = 0; k < kNodes && !errors.table.empty(); ++k) {
    errors.table[h * kNodes + k] = change.of(errors.table[h * kNodes + k]);
  }
}

// Where a log Student t has become a table, the noise of its residuals goes with its scale.
void scale_noise(const SeriesResult* before, const SeriesResult* after,
                 RegressionOutlook& outlook) {
  if (before == nullptr || after == before || before->driver == nullptr || !outlook.correlation) {
    return;
  }
  const DriverForecast& old = *before->driver;
  const bool became_table = old.family == ErrorFamily::kLogStudent &&
                            after->driver->family == ErrorFamily::kTable && old.steps() > 0;
  if (!became_table || !(old.scale.front() > 0)) return;
  std::vector<const SeriesResult*> different;  // in the order of DriverCorrelation
  for (const Driver& driver : outlook.drivers) {
    if (driver.forecast == nullptr) continue;
    if (std::find(different.begin(), different.end(), driver.forecast) == different.end()) {
      different.push_back(driver.forecast);
    }
  }
  const auto place = std::find(different.begin(), different.end(), before) - different.begin();
  const double ratio = after->driver->scale.front() / old.scale.front();
  outlook.correlation->noise[static_cast<std::size_t>(place)] *= ratio * ratio;
}

const ForecastRow* row_at(const SeriesResult* forecast, std::int64_t date) {
  if (forecast == nullptr) return nullptr;
  for (const ForecastRow& row : forecast->rows) {
    if (row.ordinal == date) return &row;
  }
  return nullptr;
}

}  // namespace

DriverValue driver_value(const Driver& driver, std::int64_t date) {
  const double known = driver.observed.at(date);
  if (!std::isnan(known)) return {known, kUndefined, false};
  const ForecastRow* row = row_at(driver.forecast, date);
  if (row == nullptr) return {};
  return {row->mean, row->standard_error, true};
}

std::string ChangedDrivers::text_of(DateSpan span) const {
  return span.first == span.last ? label(span.first)
                                 : label(span.first) + " to " + label(span.last);
}

Result<DateSpan> ChangedDrivers::dates_of(const Shock& shock) const {
  DateSpan span = ahead_;
  if (shock.dates.from) {
    const auto from = ordinal_of(*shock.dates.from, calendar_);
    if (!from) return from.error();
    span.first = *from;
  }
  if (shock.dates.to) {
    const auto to = ordinal_of(*shock.dates.to, calendar_);
    if (!to) return to.error();
    span.last = *to;
  }
  if (span.first >= ahead_.first && span.last <= ahead_.last && span.first <= span.last) {
    return span;
  }
  const std::int64_t outside =
      span.first < ahead_.first || span.first > ahead_.last ? span.first : span.last;
  return refused("\"" + shock.driver + "\" cannot be changed at " + label(outside) +
                 ": the forecast of \"" + of_ + "\" is for " + text_of(ahead_));
}

Result<std::vector<double>> ChangedDrivers::given_values(const Shock& shock, DateSpan span,
                                                         const ColumnPath& path) const {
  if (shock.kind == ShockKind::kValues) {
    if (shock.values.size() == span.count()) return shock.values;
    return refused("\"" + shock.driver + "\" is given " + std::to_string(shock.values.size()) +
                   " values for " + std::to_string(span.count()) + " dates, " + text_of(span) +
                   "; give one for each");
  }
  const std::optional<History> column = path(*shock.column);
  if (!column) {
    return refused("source \"" + shock.column->step + "\" has no rows for this key");
  }
  std::vector<double> out;
  for (std::int64_t date = span.first; date <= span.last; ++date) {
    out.push_back(column->at(date));
    if (std::isnan(out.back())) {
      return refused("\"" + shock.column->text() + "\" has no value for " + label(date) +
                     "; it needs one for each of " + text_of(span));
    }
  }
  return out;
}

void ChangedDrivers::set_known(Driver& driver, DateSpan span, const std::vector<double>& values) {
  const History old = driver.observed;
  const auto size = static_cast<std::int64_t>(old.values.size());
  const std::int64_t first = size == 0 ? span.first : std::min(old.first, span.first);
  const std::int64_t last = std::max(size == 0 ? span.last : old.first + size - 1, span.last);
  std::vector<double>& all = histories_.emplace_back();
  for (std::int64_t date = first; date <= last; ++date) {
    const bool given = date >= span.first && date <= span.last;
    all.push_back(given ? values[static_cast<std::size_t>(date - span.first)] : old.at(date));
  }
  driver.observed = {first, all};
}

// The copy of a driver's forecast that changes go into.
SeriesResult& ChangedDrivers::copy_of(const Driver& driver) {
  SeriesResult& copy = forecasts_.emplace_back();
  if (driver.forecast == nullptr) return copy;
  copy.status = driver.forecast->status;
  copy.error = driver.forecast->error;
  copy.model = driver.forecast->model;
  copy.rows = driver.forecast->rows;
  if (driver.forecast->driver != nullptr) {
    copy.driver = std::make_unique<DriverForecast>(*driver.forecast->driver);
  }
  return copy;
}

Result<void> ChangedDrivers::change(const Shock& shock, DateSpan span, Driver& driver) {
  SeriesResult& forecast = copy_of(driver);
  for (std::int64_t date = span.first; date <= span.last; ++date) {
    const DriverValue base = driver_value(driver, date);
    if (std::isnan(base.value)) continue;  // only its lags are used, and this one by none of them
    if (shock.kind == ShockKind::kStandardDeviations && std::isnan(base.standard_error)) {
      return refused("\"" + shock.driver + "\" has no forecast error at " + label(date) +
                     (base.forecast ? "" : ", where it is known") +
                     ": standard deviations of it cannot be counted; change it by per cent or by "
                     "an amount");
    }
    const AffineChange change = change_of(shock, base.standard_error);
    if (!std::isfinite(change.of(base.value))) {
      return refused("\"" + shock.driver + "\" changed by " + shock.text + " at " + label(date) +
                     " is beyond the range of numbers");
    }
    if (!base.forecast || change.factor == 0) {
      set_known(driver, {date, date}, {change.of(base.value)});
      continue;
    }
    if (forecast.driver != nullptr) change_errors(change, date, *forecast.driver);
    for (ForecastRow& row : forecast.rows) {
      if (row.ordinal == date) change_row(change, row);
    }
  }
  if (driver.forecast != nullptr) driver.forecast = &forecast;
  return {};
}

Result<void> ChangedDrivers::apply(const Shock& shock, const std::vector<std::size_t>& regressors,
                                   const ColumnPath& path, RegressionOutlook& outlook) {
  const auto span = dates_of(shock);
  if (!span) return span.error();
  Driver changed = outlook.drivers[regressors.front()];
  const SeriesResult* const before = changed.forecast;
  if (shock.kind == ShockKind::kValues || shock.kind == ShockKind::kColumn) {
    const auto values = given_values(shock, *span, path);
    if (!values) return values.error();
    set_known(changed, *span, *values);
  } else if (auto done = change(shock, *span, changed); !done) {
    return done.error();
  }
  scale_noise(before, changed.forecast, outlook);
  for (const std::size_t i : regressors) {
    outlook.drivers[i].observed = changed.observed;
    outlook.drivers[i].forecast = changed.forecast;
  }
  return {};
}

}  // namespace steppe
