// SPDX-License-Identifier: Apache-2.0
#pragma once

// The frame of the torture set: every bad plugin is a sound one with one thing spoilt. `spoilt`
// holds copies of the sound plugin's tables, which an act may change before the entry gives them
// out; `sound` is what they were copied from. All modules are made of the same objects and differ
// in their name alone, by which they find their act.

#include <array>
#include <string_view>
#include <utility>

#include "steppe/abi/abi.h"

namespace torture {

enum class Kind { kTrend, kRegression, kSource };

struct Act {
  const char* name;  // of the module; its component is "trend.<name>"
  void (*spoil)();   // changes `spoilt`; null: nothing
  Kind kind = Kind::kTrend;
  void (*at_load)() = nullptr;  // runs in a constructor
  // Stands for the entry; null: gives out `spoilt`.
  steppe_status (*entry)(const steppe_plugin** out, steppe_error* error) = nullptr;
};

// The acts, a file each for the time at which they act.
std::pair<const Act*, const Act*> load_acts();
std::pair<const Act*, const Act*> memory_acts();
std::pair<const Act*, const Act*> behaviour_acts();
std::pair<const Act*, const Act*> estimator_acts();
std::pair<const Act*, const Act*> source_acts();
std::pair<const Act*, const Act*> saved_fit_acts();

struct Tables {
  steppe_plugin plugin{};
  steppe_component component{};
  std::array<const steppe_component*, 2> components{};
  std::array<steppe_tag, 32> tags{};
  std::array<const steppe_tag*, 32> tag_pointers{};
  steppe_trend_model trend{};
  steppe_regression regression{};
  steppe_linear_model linear{};
  steppe_data_source source{};
  steppe_saved_fit saved{};

  // Changes the value of a tag, or adds it.
  void claim(const char* name, std::int64_t value = 1);
};
extern Tables spoilt;

struct Sound {
  const steppe_component* component = nullptr;
  const steppe_trend_model* trend = nullptr;
  const steppe_regression* regression = nullptr;
  const steppe_linear_model* linear = nullptr;
  const steppe_data_source* source = nullptr;
  const steppe_saved_fit* saved = nullptr;
};
extern Sound sound;

// The sound source begins again at its end.
extern bool source_never_ends;

// Element (row, column) of a buffer that is there.
inline double& cell(const steppe_output* out, std::uint64_t row, std::uint64_t column) {
  return out->data[static_cast<std::int64_t>(row) * out->row_stride +
                   static_cast<std::int64_t>(column) * out->column_stride];
}

// Replaces every number x of a wanted buffer by change(x).
template <typename Change>
void change_all(const steppe_output* out, Change&& change) {
  if (out->data == nullptr) return;
  for (std::uint64_t r = 0; r < out->rows; ++r) {
    for (std::uint64_t c = 0; c < out->columns; ++c) cell(out, r, c) = change(cell(out, r, c));
  }
}

// A sound prediction, then Spoil(fit, request, forecast).
template <auto Spoil>
void after_predict() {
  spoilt.trend.predict = [](const void* fit, const steppe_trend_request* request,
                            const steppe_trend_forecast* forecast, const steppe_host* host,
                            steppe_error* error) -> steppe_status {
    const steppe_status status = sound.trend->predict(fit, request, forecast, host, error);
    if (status == STEPPE_OK) Spoil(fit, *request, *forecast);
    return status;
  };
}

// Act(block, host), then a sound fit.
template <auto Act>
void before_fit() {
  spoilt.trend.fit = [](const void* instance, const steppe_trend_block* block,
                        const steppe_host* host, void** fit, steppe_status* statuses,
                        steppe_error* error) -> steppe_status {
    Act(*block, host);
    return sound.trend->fit(instance, block, host, fit, statuses, error);
  };
}

}  // namespace torture
