// SPDX-License-Identifier: Apache-2.0
#pragma once

// The honest fake trend with one function of its C table replaced: for rules that the SDK's C++
// layer keeps by itself.

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "conformance/fake_trends.hpp"

namespace steppe::conformance::fakes {

using Honest = FakeTrend<Flaw::kNone>;

inline const steppe_component& honest() { return *detail::ComponentTable<Honest>::get(); }
inline const steppe_trend_model& honest_table() {
  return *static_cast<const steppe_trend_model*>(honest().query(&honest(), STEPPE_TREND_MODEL));
}

// The component of the honest fake that offers `table` instead.
template <const steppe_trend_model* (*Table)()>
const steppe_component* with_table() {
  static const steppe_component component = [] {
    steppe_component out = honest();
    out.query = [](const steppe_component*, const char* id) -> const void* {
      return std::string_view(id) == STEPPE_TREND_MODEL ? Table() : nullptr;
    };
    return out;
  }();
  return &component;
}

// Every tag but `name`.
inline const steppe_component* without_tag(const steppe_component& of, std::string_view name) {
  static std::vector<const steppe_tag*> tags;
  static steppe_component component;
  tags.clear();
  for (std::uint32_t i = 0; i < of.tag_count; ++i) {
    if (name != of.tags[i]->name) tags.push_back(of.tags[i]);
  }
  component = of;
  component.tags = tags.data();
  component.tag_count = static_cast<std::uint32_t>(tags.size());
  return &component;
}

// The honest predict; then `spoil` has its way with what came out.
// spoil: void(const steppe_trend_request&, const steppe_trend_forecast&)
template <auto spoil>
const steppe_trend_model* spoilt_predict() {
  static steppe_trend_model table = honest_table();
  table.predict = [](const void* fit, const steppe_trend_request* request,
                     const steppe_trend_forecast* forecast, const steppe_host* host,
                     steppe_error* error) {
    const steppe_status status = honest_table().predict(fit, request, forecast, host, error);
    spoil(*request, *forecast);
    return status;
  };
  return &table;
}

inline void add_to_each(const steppe_output& out, double what) {
  for (std::uint64_t i = 0; out.data != nullptr && i < out.rows * out.columns; ++i)
    out.data[i] += what;
}

// The mean depends on how many steps are wanted.
inline const steppe_trend_model* horizon_matters() {
  return spoilt_predict<[](const steppe_trend_request& request, const steppe_trend_forecast& out) {
    add_to_each(*out.mean, 1e-9 * static_cast<double>(request.time->length));
  }>();
}

// Quantiles depend on how many are wanted.
inline const steppe_trend_model* probabilities_matter() {
  return spoilt_predict<[](const steppe_trend_request& request, const steppe_trend_forecast& out) {
    add_to_each(*out.quantiles, 1e-9 * static_cast<double>(request.probabilities->length));
  }>();
}

// Forecasts of a failed series are 0.
inline const steppe_trend_model* failed_is_zero() {
  return spoilt_predict<[](const steppe_trend_request&, const steppe_trend_forecast& out) {
    const steppe_output& mean = *out.mean;
    for (std::uint64_t i = 0; i < mean.rows * mean.columns; ++i) {
      if (std::isnan(mean.data[i])) mean.data[i] = 0;
    }
  }>();
}

// One failed series fails the block.
inline const steppe_trend_model* failure_spreads() {
  static steppe_trend_model table = honest_table();
  table.fit = [](const void* instance, const steppe_trend_block* block, const steppe_host* host,
                 void** fit, steppe_status* statuses, steppe_error* error) -> steppe_status {
    const steppe_status status = honest_table().fit(instance, block, host, fit, statuses, error);
    for (std::uint64_t s = 0; status == STEPPE_OK && s < block->values->columns; ++s) {
      if (statuses[s] == STEPPE_OK) continue;
      honest_table().destroy(*fit);
      *fit = nullptr;
      return statuses[s];
    }
    return status;
  };
  return &table;
}

// Strides are taken for those of a dense block.
inline const steppe_trend_model* strides_ignored() {
  static steppe_trend_model table = honest_table();
  table.fit = [](const void* instance, const steppe_trend_block* block, const steppe_host* host,
                 void** fit, steppe_status* statuses, steppe_error* error) {
    steppe_matrix values = *block->values;
    values.row_stride = static_cast<std::int64_t>(values.columns);
    values.column_stride = 1;
    steppe_trend_block dense = *block;
    dense.values = &values;
    return honest_table().fit(instance, &dense, host, fit, statuses, error);
  };
  return &table;
}

// The first series of a block lends 0.1 % of itself to its forecasts.
inline const steppe_trend_model* place_matters() {
  static steppe_trend_model table = honest_table();
  table.fitted = [](const void* fit, const steppe_output* out, steppe_error* error) {
    const steppe_status status = honest_table().fitted(fit, out, error);
    for (std::uint64_t r = 0; r < out->rows; ++r) {
      out->data[static_cast<std::int64_t>(r) * out->row_stride] *= 1 + 1e-3 * double(out->columns);
    }
    return status;
  };
  return &table;
}

// R squared is a little better than it is.
inline const steppe_trend_model* r_squared_flattered() {
  static steppe_trend_model table = honest_table();
  table.statistics = [](const void* fit, const char* const* names, std::uint64_t count,
                        const steppe_output* out, steppe_error* error) {
    const steppe_status status = honest_table().statistics(fit, names, count, out, error);
    for (std::uint64_t i = 0; i < out->rows * out->columns; ++i) out->data[i] += 0.01;
    return status;
  };
  return &table;
}

}  // namespace steppe::conformance::fakes
