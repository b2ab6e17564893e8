// SPDX-License-Identifier: Apache-2.0
#pragma once

// The drivers of a regression as a scenario wants them. Given values (a list, a column) are known:
// they have no error. A forecast that is changed by per cent, an amount or standard deviations
// remains a forecast: its error goes with it, in proportion where the change is in per cent.

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/results.hpp"
#include "engine/regression_forecast.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

// A driver's value at one date.
struct DriverValue {
  double value = kUndefined;           // NaN: none
  double standard_error = kUndefined;  // of a forecast; NaN: known, or none
  bool forecast = false;
};
DriverValue driver_value(const Driver& driver, std::int64_t date);

// Dates ahead, both ends included.
struct DateSpan {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::size_t count() const { return static_cast<std::size_t>(last - first + 1); }
};

// The observations of a source's column for the key at hand; nothing when it has no rows for it.
using ColumnPath = std::function<std::optional<History>(const ColumnRef&)>;

// Copies of drivers with changes. Outlives what `apply` has changed.
class ChangedDrivers {
 public:
  // `ahead`: the dates of the forecast of step `of`, for messages.
  ChangedDrivers(const std::string& of, DateSpan ahead, const Calendar& calendar)
      : of_(of), ahead_(ahead), calendar_(calendar) {}

  // Changes each driver of `outlook` whose index is in `regressors`: one driver at its lags.
  // Errors: dates outside the forecast, values of the wrong number, a column without a value, no
  // forecast error to count in, a value beyond the range of doubles.
  Result<void> apply(const Shock& shock, const std::vector<std::size_t>& regressors,
                     const ColumnPath& path, RegressionOutlook& outlook);

 private:
  Result<DateSpan> dates_of(const Shock& shock) const;
  Result<std::vector<double>> given_values(const Shock& shock, DateSpan span,
                                           const ColumnPath& path) const;
  SeriesResult& copy_of(const Driver& driver);
  Result<void> change(const Shock& shock, DateSpan span, Driver& driver);
  void set_known(Driver& driver, DateSpan span, const std::vector<double>& values);
  std::string label(std::int64_t date) const { return label_of(date, calendar_); }
  std::string text_of(DateSpan span) const;

  const std::string& of_;
  DateSpan ahead_;
  const Calendar& calendar_;
  std::deque<std::vector<double>> histories_;
  std::deque<SeriesResult> forecasts_;
};

}  // namespace steppe
