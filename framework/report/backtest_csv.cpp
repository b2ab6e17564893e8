// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/backtest_outputs.hpp"
#include "report/csv_text.hpp"
#include "report/outcome_text.hpp"

namespace steppe {
namespace {

// The key columns of all steps, in order of first use.
std::vector<std::string> backtest_keys(const BacktestResult& result) {
  std::vector<std::string> keys;
  for (const BacktestStep& step : result.steps) {
    for (const std::string& key : step.key_columns) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

void write_backtest_header(CsvText& csv, const BacktestResult& result,
                           const std::vector<std::string>& keys) {
  std::vector<std::string> names = {"series", "origin",   "time",  "step",
                                    "actual", "forecast", "error", "naive"};
  for (const double coverage : result.coverage) {
    names.push_back("lower_" + percent_text(coverage));
    names.push_back("upper_" + percent_text(coverage));
  }
  for (const std::string& key : keys) {
    const bool taken = std::find(names.begin(), names.end(), key) != names.end();
    csv.text(taken ? "key_" + key : key);
  }
  for (const std::string& name : names) csv.cell(name);
  csv.end_row();
}

void write_backtest_keys(CsvText& csv, const BacktestStep& step, const std::string& key,
                         const std::vector<std::string>& keys) {
  const std::vector<std::string> parts = key_parts(key);
  for (const std::string& name : keys) {
    const auto found = std::find(step.key_columns.begin(), step.key_columns.end(), name);
    const auto index = static_cast<std::size_t>(found - step.key_columns.begin());
    csv.text(index < parts.size() ? parts[index] : "");
  }
}

void write_backtest_row(CsvText& csv, const BacktestStep& step, const BacktestRow& row) {
  csv.text(step.id);
  csv.cell(label_of(row.origin, step.calendar));
  csv.cell(label_of(row.origin + row.step, step.calendar));
  csv.cell(std::to_string(row.step));
  csv.number(row.actual);
  csv.number(row.forecast);
  csv.number(row.actual - row.forecast);
  csv.number(row.naive);
  for (std::size_t c = 0; c < row.lower.size(); ++c) {
    csv.number(row.lower[c]);
    csv.number(row.upper[c]);
  }
  csv.end_row();
}

}  // namespace

std::string backtest_csv(const BacktestResult& result) {
  const std::vector<std::string> keys = backtest_keys(result);
  CsvText csv;
  write_backtest_header(csv, result, keys);
  for (const BacktestStep& step : result.steps) {
    for (const BacktestSeries& series : step.results) {
      for (const BacktestRow& row : series.rows) {
        write_backtest_keys(csv, step, series.key, keys);
        write_backtest_row(csv, step, row);
      }
    }
  }
  return std::move(csv).take();
}

}  // namespace steppe
