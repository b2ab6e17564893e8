// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the tests of the linear regressions: reads reference files, finds numbers in reports, saves
// and loads a fit.

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe::linear_plugins {

inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

inline double number_in(const std::string& text) {
  double value = kNoNumber;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The rows of a file under tests/reference/.
inline std::vector<std::vector<std::string>> reference_rows(const std::string& name) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',')
        cells.emplace_back();
      else
        cells.back() += c;
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

inline double report_scalar(const FitReport& report, const std::string& name) {
  const double* value = report.scalar(name);
  if (value == nullptr) ADD_FAILURE() << "no scalar " << name;
  return value == nullptr ? kNoNumber : *value;
}

inline double report_cell(const FitReport& report, const std::string& table_name,
                          const std::string& row, const std::string& column) {
  const ReportTable* table = report.table(table_name);
  for (std::size_t r = 0; table != nullptr && r < table->rows.size(); ++r)
    for (std::size_t c = 0; c < table->columns.size(); ++c)
      if (table->rows[r] == row && table->columns[c] == column)
        return table->values[r * table->columns.size() + c];
  ADD_FAILURE() << "no cell " << table_name << "." << row << "." << column;
  return kNoNumber;
}

inline std::vector<std::string> warnings_in(const FitReport& report, const std::string& code) {
  std::vector<std::string> texts;
  for (const Warning& warning : report.warnings)
    if (warning.code == code) texts.push_back(warning.text);
  return texts;
}

inline bool same_numbers(const std::vector<double>& a, const std::vector<double>& b) {
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i)
    same = a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i]));
  return same;
}

// Saves the fit of `rows` rows, loads it, and compares what both say: a forecast, fitted values,
// the report.
inline void expect_same_after_loading(const RegressionModel& model, const RegressionFit& fit,
                                      const RegressionShape& shape) {
  const auto saved = fit.save();
  ASSERT_TRUE(saved.ok()) << saved.error().message;
  const auto loaded = model.load({saved->schema, saved->bytes, shape.rows, shape.columns});
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  std::vector<double> row(shape.columns, 9.5);
  const std::vector<double> levels = {0.1, 0.9};
  const auto before = fit.predict(row, 1, levels).value();
  const auto after = loaded->predict(row, 1, levels).value();
  EXPECT_TRUE(same_numbers(before.mean, after.mean));
  EXPECT_TRUE(same_numbers(before.se_mean, after.se_mean));
  EXPECT_TRUE(same_numbers(before.se_prediction, after.se_prediction));
  EXPECT_TRUE(same_numbers(before.mean_quantiles, after.mean_quantiles));
  EXPECT_TRUE(same_numbers(before.prediction_quantiles, after.prediction_quantiles));
  EXPECT_TRUE(same_numbers(fit.fitted_values().value(), loaded->fitted_values().value()));
  const FitReport first = fit.report().value();
  const FitReport second = loaded->report().value();
  ASSERT_EQ(first.scalars.size(), second.scalars.size());
  for (std::size_t i = 0; i < first.scalars.size(); ++i)
    EXPECT_TRUE(same_numbers({first.scalars[i].value}, {second.scalars[i].value}))
        << first.scalars[i].name;
  ASSERT_EQ(first.tables.size(), second.tables.size());
  for (std::size_t i = 0; i < first.tables.size(); ++i)
    EXPECT_TRUE(same_numbers(first.tables[i].values, second.tables[i].values));
  ASSERT_EQ(first.warnings.size(), second.warnings.size());
  for (std::size_t i = 0; i < first.warnings.size(); ++i)
    EXPECT_EQ(first.warnings[i].text, second.warnings[i].text);
}

}  // namespace steppe::linear_plugins
