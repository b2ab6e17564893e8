// SPDX-License-Identifier: Apache-2.0
#include "conformance/report_rules.hpp"

#include <algorithm>
#include <cmath>

#include "conformance/harness.hpp"

namespace steppe::conformance {

namespace {

bool starts(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }

void check_cell(const std::string& place, const std::string& column, double value,
                double estimate) {
  const auto wrong = [&](const char* rule) {
    fail(place + column + " is " + number(value) + rule);
  };
  if (starts(column, "standard_error") && value < 0) wrong(", a standard error below 0");
  if (column == "p" && (value < 0 || value > 1)) wrong(", not a probability");
  if (starts(column, "lower_") && value > estimate) wrong(", above the estimate");
  if (starts(column, "upper_") && value < estimate) wrong(", below the estimate");
}

}  // namespace

std::vector<std::string> report_lines(const FitReport& report) {
  std::vector<std::string> lines;
  for (const ReportText& text : report.texts) lines.push_back(text.name + " = " + text.value);
  for (const ReportScalar& scalar : report.scalars) {
    lines.push_back(scalar.name + " = " + number(scalar.value));
  }
  for (const ReportTable& table : report.tables) {
    for (std::size_t i = 0; i < table.values.size(); ++i) {
      lines.push_back(table.name + "[" + std::to_string(i / table.columns.size() + 1) + ", " +
                      table.columns[i % table.columns.size()] + "] = " + number(table.values[i]));
    }
  }
  for (const Warning& warning : report.warnings) {
    lines.push_back("warning " + warning.code + " = " + warning.text);
  }
  return lines;
}

std::string first_difference_of(const std::vector<std::string>& a,
                                const std::vector<std::string>& b, const char* first,
                                const char* second) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string one = i < a.size() ? a[i] : "nothing";
    const std::string other = i < b.size() ? b[i] : "nothing";
    if (one == other) continue;
    return "the report says \"" + one + "\" " + first + ", \"" + other + "\" " + second;
  }
  return {};
}

void check_undefined_scalars(const FitReport& report) {
  for (const ReportScalar& scalar : report.scalars) {
    if (std::isnan(scalar.value) && report.warnings.empty()) {
      fail("the report says that " + scalar.name + " is undefined, and has no warning");
    }
  }
}

std::optional<std::vector<double>> column_of(const ReportTable& table, const std::string& name) {
  const auto at = std::ranges::find(table.columns, name);
  if (at == table.columns.end()) return std::nullopt;
  std::vector<double> out;
  const auto first = static_cast<std::size_t>(at - table.columns.begin());
  for (std::size_t i = first; i < table.values.size(); i += table.columns.size()) {
    out.push_back(table.values[i]);
  }
  return out;
}

void check_parameters(const ReportTable& table) {
  const auto estimates = column_of(table, "estimate");
  if (!estimates) fail("the table " + table.name + " has no column estimate");
  if (table.rows.size() != table.row_count()) fail("the rows of " + table.name + " have no names");
  for (std::size_t r = 0; r < table.row_count(); ++r) {
    const std::string place = table.name + ", row " + table.rows[r] + ": ";
    if (table.rows[r].empty()) fail("a row of " + table.name + " has an empty name");
    if (std::count(table.rows.begin(), table.rows.end(), table.rows[r]) > 1) {
      fail(place + "the name is there twice");
    }
    const double estimate = (*estimates)[r];
    if (!std::isfinite(estimate)) fail(place + "the estimate is " + number(estimate));
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      check_cell(place, table.columns[c], table.values[r * table.columns.size() + c], estimate);
    }
  }
}

}  // namespace steppe::conformance
