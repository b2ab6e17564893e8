// SPDX-License-Identifier: Apache-2.0
#pragma once

// A trend model under test, called through its C table: blocks of sample data in any memory layout
// go in, what the plugin wrote comes out as it is. Calls that should succeed leave by fail() when
// they do not; try_fit and try_predict hand their answer back instead.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "conformance/harness.hpp"
#include "conformance/sample_data.hpp"
#include "core/fit_report.hpp"

namespace steppe::conformance {

// How a block lies in memory.
enum class Layout {
  kNeighbours,  // the series of one time next to each other: what the host does
  kSeries,      // the times of one series next to each other
  kSpaced,      // as kNeighbours, with junk between all elements
  kReversed,    // both strides negative
};

// A block view with its memory. `seeds` null when the data have none.
class BlockMemory {
 public:
  BlockMemory(const TrendData& data, Layout layout);
  BlockMemory(const BlockMemory&) = delete;
  BlockMemory& operator=(const BlockMemory&) = delete;
  const steppe_trend_block* view() const { return &block_; }

 private:
  std::vector<double> cells_;
  std::vector<double> times_;
  std::vector<std::uint8_t> validity_;
  std::vector<std::uint64_t> seeds_;
  steppe_vector time_{};
  steppe_matrix values_{};
  steppe_trend_block block_{};
};

// What predict wrote: mean and standard_error H x m, quantiles (K * H) x m.
struct TrendPrediction {
  std::size_t horizon = 0;
  std::size_t count = 0;
  std::vector<double> mean;
  std::vector<double> standard_error;
  std::vector<double> quantiles;

  double mean_at(std::size_t h, std::size_t s) const { return mean[h * count + s]; }
  double error_at(std::size_t h, std::size_t s) const { return standard_error[h * count + s]; }
  double quantile_at(std::size_t k, std::size_t h, std::size_t s) const {
    return quantiles[(k * horizon + h) * count + s];
  }
};

class TrendFit {
 public:
  TrendFit(const steppe_trend_model* table, const Instance& instance, void* fit, std::size_t rows,
           std::vector<steppe_status> statuses);
  ~TrendFit();
  TrendFit(TrendFit&& other) noexcept;
  TrendFit& operator=(TrendFit&&) = delete;

  const void* get() const { return fit_; }
  std::size_t count() const { return statuses_.size(); }
  std::size_t rows() const { return rows_; }
  const std::vector<steppe_status>& statuses() const { return statuses_; }
  bool ok(std::size_t series) const { return statuses_[series] == STEPPE_OK; }

  std::vector<double> fitted() const;                      // n x m
  std::vector<double> statistics(const char* name) const;  // m
  Error explain(std::size_t series) const;
  FitReport report(std::size_t series) const;
  Answer try_predict(std::span<const double> time, std::span<const double> probabilities,
                     TrendPrediction& out) const;
  TrendPrediction predict(std::span<const double> time,
                          std::span<const double> probabilities = {}) const;
  // All that can be asked of the fit of one series, as numbers: fitted values, predictions, their
  // quantiles and statistics. For comparisons of bits.
  std::vector<double> everything(std::size_t series, std::span<const double> time) const;

 private:
  const steppe_trend_model* table_;
  const Instance* instance_;
  void* fit_;
  std::size_t rows_;
  std::vector<steppe_status> statuses_;
};

class TrendSubject {
 public:
  explicit TrendSubject(const CaseContext& context);

  const Instance& instance() const { return instance_; }
  const steppe_trend_model* table() const { return table_; }
  // Null when it is not offered.
  const steppe_saved_fit* saved_fit() const;

  // Null when fit answered with an error, which is in `answer`.
  std::unique_ptr<TrendFit> try_fit(const TrendData& data, Layout layout, Answer& answer) const;
  TrendFit fit(const TrendData& data, Layout layout = Layout::kNeighbours) const;
  TrendFit fit_one(const TrendData& data, std::size_t series) const;

  // Sizes of sample data that suit the component: its minimum, two seasons and more.
  std::size_t length() const;
  std::uint32_t season_length() const;
  TrendData sample(std::size_t m) const;
  // A sample of m series; leaves by fail() when not one of the shapes can be fitted.
  TrendData fittable(std::size_t m) const;

 private:
  Instance instance_;
  const steppe_trend_model* table_;
  std::uint64_t seed_;
};

// The probabilities that cases ask for.
constexpr double kProbabilities[] = {0.025, 0.1, 0.5, 0.9, 0.975};
// The block with one series alone.
TrendData only(const TrendData& data, std::size_t series);
// "the mean", ...: what everything() holds at index `i`, for verdicts.
std::string part_name(std::size_t i, std::size_t rows, std::size_t horizon);

}  // namespace steppe::conformance
