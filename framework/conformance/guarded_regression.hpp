// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fit of a regression with everything it reads and writes in guarded memory.

#include <memory>

#include "conformance/guarded_call.hpp"
#include "conformance/regression_subject.hpp"

namespace steppe::conformance {

class GuardedRegression {
 public:
  // Fits; leaves by fail() when that fails.
  GuardedRegression(const RegressionSubject& subject, const RegressionSample& data,
                    const GuardSettings& settings);
  ~GuardedRegression();
  GuardedRegression(const GuardedRegression&) = delete;
  GuardedRegression& operator=(const GuardedRegression&) = delete;

  const void* get() const { return fit_; }
  std::vector<double> fitted() const;

  struct Request {
    std::size_t rows = 4;
    std::span<const double> probabilities;
    // Bits 0 to 5: mean, se_mean, se_prediction, mean_quantiles, prediction_quantiles, degrees.
    unsigned wanted = 0x3F;
  };
  // The six outputs one after another; what was not wanted is left out.
  std::vector<double> predict(const Request& request) const;
  std::vector<double> everything() const;
  void spoil_inputs();

 private:
  const RegressionSubject& subject_;
  GuardSettings settings_;
  std::size_t rows_;
  std::size_t columns_;
  std::unique_ptr<GuardedInput> regressors_;
  std::unique_ptr<GuardedInput> target_;
  std::unique_ptr<GuardedInput> weights_;
  std::unique_ptr<GuardedArray<const char*>> names_;
  void* fit_ = nullptr;
};

}  // namespace steppe::conformance
