// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of the penalised regressions share. Test support only.

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe::penalized_cases {

inline RegressionInput input_of(std::vector<double> x, std::vector<double> y,
                                std::vector<std::string> names) {
  RegressionInput input;
  input.regressors = std::move(x);
  input.target = std::move(y);
  input.regressor_names = std::move(names);
  input.target_name = "y";
  return input;
}

// A data set of tests/reference/penalized/penalized_r.csv, its columns named x1, x2, ...
inline RegressionInput reference_input(const std::string& name) {
  RegressionInput input;
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/penalized/penalized_r.csv");
  for (std::string line; std::getline(file, line);) {
    const std::string value = line.substr(line.rfind(',') + 1);
    double number = std::numeric_limits<double>::quiet_NaN();
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (line.rfind(name + ",x,", 0) == 0) input.regressors.push_back(number);
    if (line.rfind(name + ",y,", 0) == 0) input.target.push_back(number);
  }
  for (std::size_t j = 0; j < input.regressors.size() / input.target.size(); ++j)
    input.regressor_names.push_back(std::string("x").append(std::to_string(j + 1)));
  input.target_name = "y";
  return input;
}

inline RegressionFit fit_of(const std::string& id, const RegressionInput& input,
                            Options options = {}) {
  auto fit = testing::open_regression(id, std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

inline Fault refusal_of(const std::string& id, const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression(id, std::move(options)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "the fit was not refused";
  return {};
}

inline double scalar_of(const FitReport& report, const std::string& name) {
  const double* value = report.scalar(name);
  if (value == nullptr) ADD_FAILURE() << "no scalar " << name;
  return value == nullptr ? std::numeric_limits<double>::quiet_NaN() : *value;
}

inline std::vector<double> column_of(const FitReport& report, const std::string& table_name,
                                     const std::string& column) {
  std::vector<double> out;
  const ReportTable* table = report.table(table_name);
  for (std::size_t c = 0; table != nullptr && c < table->columns.size(); ++c)
    if (table->columns[c] == column)
      for (std::size_t i = c; i < table->values.size(); i += table->columns.size())
        out.push_back(table->values[i]);
  if (out.empty()) ADD_FAILURE() << "no column " << table_name << "." << column;
  return out;
}

// The text of the first warning of a code, or nothing.
inline std::string warning_of(const FitReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings)
    if (warning.code == code) return warning.text;
  return {};
}

}  // namespace steppe::penalized_cases
