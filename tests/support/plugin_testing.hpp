// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the unit tests of plugins: opens a shipped plugin through the host's own adapters and runs it
// on small data. A failure to open fails the test at once.

#include <map>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/fit_report.hpp"
#include "core/option_value.hpp"
#include "plugin_host/data_source.hpp"
#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe::testing {

// A component of the build tree's plugins by id ("trend.linear"); options that are not given get
// the defaults of its table.
TrendModel open_trend(const std::string& id, Options options = {});
RegressionModel open_regression(const std::string& id, Options options = {});
DataSource open_source(const std::string& id, Options options = {});

// One series at t = 1..n (or at the given times), forecast at the given future times.
struct TrendRun {
  bool fitted = false;
  Error error;                            // when not fitted
  std::vector<double> fitted_values;      // n
  std::vector<double> mean;               // H
  std::vector<double> standard_error;     // H
  std::vector<double> lower, upper;       // H, at `coverage`
  std::map<std::string, double> scalars;  // of the report
  FitReport report;

  // Estimate of a row of the table `parameters`, by column ("estimate", "standard_error", ...).
  double parameter(const std::string& row, const std::string& column = "estimate") const;
};
TrendRun run_trend(const TrendModel& model, const std::vector<double>& y,
                   const std::vector<double>& future = {}, double coverage = 0.95,
                   std::vector<double> t = {});

// Log relative error: the number of correct decimal digits, at most 16.
double correct_digits(double value, double expected);

}  // namespace steppe::testing
