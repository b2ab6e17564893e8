// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fit of a trend model with everything it reads and writes in guarded memory.

#include <memory>

#include "conformance/guarded_call.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance {

class GuardedTrend {
 public:
  // Fits; leaves by fail() when the whole block fails.
  GuardedTrend(const TrendSubject& subject, const TrendData& data, const GuardSettings& settings);
  ~GuardedTrend();
  GuardedTrend(const GuardedTrend&) = delete;
  GuardedTrend& operator=(const GuardedTrend&) = delete;

  const void* get() const { return fit_; }
  std::vector<double> fitted() const;
  std::vector<double> statistics() const;

  struct Request {
    std::size_t horizon = 3;
    std::span<const double> probabilities = kProbabilities;
    bool mean = true;
    bool standard_error = true;
    bool quantiles = true;
  };
  // Mean, standard errors, quantiles, one after another; what was not wanted is left out.
  std::vector<double> predict(const Request& request) const;
  // Fitted values, statistics and predictions.
  std::vector<double> everything() const;
  // Overwrites and hides every input of fit.
  void spoil_inputs();

 private:
  const TrendSubject& subject_;
  GuardSettings settings_;
  std::size_t rows_;
  std::size_t count_;
  double last_time_;
  std::unique_ptr<GuardedInput> time_;
  std::unique_ptr<GuardedInput> values_;
  std::unique_ptr<GuardedArray<std::uint64_t>> seeds_;
  std::unique_ptr<GuardedStruct<steppe_trend_block>> block_;
  void* fit_ = nullptr;
};

}  // namespace steppe::conformance
