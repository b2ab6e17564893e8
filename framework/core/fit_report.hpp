// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a model says of one fitted series or regression, as it put it into the sink.

#include <cstddef>
#include <string>
#include <vector>

#include "core/warning.hpp"

namespace steppe {

struct ReportScalar {
  std::string name;
  double value;  // NaN: undefined
  std::string unit;
};

struct ReportText {
  std::string name;
  std::string value;
};

// values row by row, rows.size() or values.size() / columns.size() rows.
struct ReportTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> rows;   // row names; empty for none
  std::vector<std::string> units;  // one per column; empty for none
  std::vector<double> values;      // NaN: undefined

  std::size_t row_count() const { return columns.empty() ? 0 : values.size() / columns.size(); }
};

struct FitReport {
  std::vector<ReportScalar> scalars;
  std::vector<ReportText> texts;
  std::vector<ReportTable> tables;
  std::vector<Warning> warnings;

  // Null when there is none of that name.
  const double* scalar(const std::string& name) const;
  const std::string* text(const std::string& name) const;
  const ReportTable* table(const std::string& name) const;
};

}  // namespace steppe
