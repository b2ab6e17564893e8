// SPDX-License-Identifier: Apache-2.0
#pragma once

// A trend model as the engine sees it: the C table behind a C++ class. Every call checks what came
// back (shapes, statuses, NaN where a number was promised, quantile order: N19) and that the
// floating-point state and locale are as before (P9). A broken contract is a Fault of kind
// plugin_fault that names the plugin.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/fit_report.hpp"
#include "plugin_host/library.hpp"
#include "plugin_host/saved_fit.hpp"
#include "steppe/abi/trend_model.h"

namespace steppe {

// m series on one time axis. values is time-major: element (i, s) is values[i * stride + s], all of
// them finite unless the model handles missing values (NaN then).
struct BlockView {
  std::span<const double> time;  // n
  const double* values = nullptr;
  std::size_t series_count = 0;  // m
  std::size_t stride = 0;        // at least m
  std::uint32_t season_length = 1;
  std::span<const std::uint64_t> seeds = {};  // empty or m
};

// Forecasts of a block: mean and standard_error H x m, quantiles (K * H) x m with row k * H + h;
// all row-major with m columns. NaN for failed series and where undefined.
struct BlockForecast {
  std::vector<double> mean;
  std::vector<double> standard_error;
  std::vector<double> quantiles;
};

class TrendFit {
 public:
  TrendFit(std::shared_ptr<Component> component, const steppe_trend_model* table, void* fit,
           std::size_t rows, std::vector<steppe_status> statuses, const steppe_host* host);
  ~TrendFit();
  TrendFit(TrendFit&& other) noexcept;
  TrendFit& operator=(TrendFit&&) = delete;

  std::size_t series_count() const { return statuses_.size(); }
  bool fitted(std::size_t series) const { return statuses_[series] == STEPPE_OK; }
  Error explain(std::size_t series) const;  // why a series was not fitted

  Outcome<std::vector<double>> fitted_values() const;  // n x m, row-major
  // One row of m values per name.
  Outcome<std::vector<double>> statistics(std::span<const char* const> names) const;
  // quantiles empty when no probabilities are asked. Infinite means stay infinite: the caller
  // reports the overflow.
  Outcome<BlockForecast> predict(std::span<const double> time,
                                 std::span<const double> probabilities) const;
  Outcome<FitReport> report(std::size_t series) const;
  // For models that save their fits, of a block whose series were all fitted: see saved_fit.hpp.
  Outcome<FitBytes> save() const { return save_fit(*component_, fit_); }

 private:
  std::shared_ptr<Component> component_;
  const steppe_trend_model* table_;
  void* fit_;
  std::size_t rows_;
  std::vector<steppe_status> statuses_;
  const steppe_host* host_;
};

class TrendModel {
 public:
  // Errors: the component offers no steppe.trend_model/1, or its table is broken.
  static Outcome<TrendModel> open(std::shared_ptr<Component> component, const steppe_host* host);

  // Fails only when nothing could be done at all; a failed series is in the fit's statuses.
  Outcome<TrendFit> fit(const BlockView& block) const;

  // A fit of this model, with the same options, from what TrendFit::save gave. Every series of it
  // counts as fitted.
  Outcome<TrendFit> load(const FitRecord& record) const;
  Outcome<SavedSchemas> saved_schemas() const { return saved_schemas_of(*component_); }

  bool has_tag(std::string_view name) const;
  const std::string& label() const { return component_->label(); }

 private:
  TrendModel(std::shared_ptr<Component> component, const steppe_trend_model* table,
             const steppe_host* host)
      : component_(std::move(component)), table_(table), host_(host) {}

  std::shared_ptr<Component> component_;
  const steppe_trend_model* table_;
  const steppe_host* host_;
};

}  // namespace steppe
