// SPDX-License-Identifier: Apache-2.0
#include "evaluation/forecast_accuracy.hpp"

#include <cmath>
#include <map>

#include "evaluation/accuracy.hpp"

namespace steppe {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

// Sums over the forecasts of one horizon.
class HorizonTally {
 public:
  explicit HorizonTally(std::size_t coverages) : inside_(coverages), width_(coverages) {}

  void add(const BacktestRow& row) {
    errors_.add(row.actual, row.forecast);
    naive_.add(row.actual, row.naive);
    signed_sum_ += row.actual - row.forecast;
    percent_sum_ += std::fabs((row.actual - row.forecast) / row.actual);
    actual_is_zero_ |= row.actual == 0;
    add_intervals(row);
  }

  HorizonAccuracy result(std::int64_t step) const {
    const double n = static_cast<double>(errors_.count());
    HorizonAccuracy out;
    out.step = step;
    out.count = errors_.count();
    out.mean_error = signed_sum_ / n;
    out.mae = errors_.mae();
    out.rmse = errors_.rmse();
    out.mape = actual_is_zero_ ? kNoValue : percent_sum_ / n;
    out.relative_mae = naive_.mae() > 0 ? out.mae / naive_.mae() : kNoValue;
    out.with_interval = with_interval_;
    for (std::size_t c = 0; c < inside_.size(); ++c) {
      const double m = static_cast<double>(with_interval_);
      out.covered.push_back(with_interval_ == 0 ? kNoValue : inside_[c] / m);
      out.width.push_back(with_interval_ == 0 ? kNoValue : width_[c] / m);
    }
    return out;
  }

 private:
  void add_intervals(const BacktestRow& row) {
    for (std::size_t c = 0; c < inside_.size(); ++c) {
      if (std::isnan(row.lower[c]) || std::isnan(row.upper[c])) return;
    }
    ++with_interval_;
    for (std::size_t c = 0; c < inside_.size(); ++c) {
      inside_[c] += row.lower[c] <= row.actual && row.actual <= row.upper[c] ? 1 : 0;
      width_[c] += row.upper[c] - row.lower[c];
    }
  }

  ErrorTally errors_;
  ErrorTally naive_;
  double signed_sum_ = 0;
  double percent_sum_ = 0;
  bool actual_is_zero_ = false;
  std::size_t with_interval_ = 0;
  std::vector<double> inside_;
  std::vector<double> width_;
};

}  // namespace

std::vector<HorizonAccuracy> forecast_accuracy(std::span<const BacktestSeries> series,
                                               std::size_t coverages) {
  std::map<std::int64_t, HorizonTally> by_step;
  HorizonTally all(coverages);
  for (const BacktestSeries& one : series) {
    for (const BacktestRow& row : one.rows) {
      by_step.try_emplace(row.step, coverages).first->second.add(row);
      all.add(row);
    }
  }
  std::vector<HorizonAccuracy> out;
  for (const auto& [step, tally] : by_step) out.push_back(tally.result(step));
  if (!out.empty()) out.push_back(all.result(0));
  return out;
}

}  // namespace steppe
