// SPDX-License-Identifier: Apache-2.0

// Fits that are saved, and loaded wrongly.

#include <string>

#include "act.hpp"

namespace torture {
namespace {

std::string last_saved;             // bytes of the last fit that was saved
const void* last_loaded = nullptr;  // the last fit that was loaded

// The longest front of the bytes that the sound load takes.
steppe_status load_the_front(const void* instance, std::uint32_t schema, const void* bytes,
                             std::uint64_t count, const steppe_host* host, void** fit,
                             steppe_error* error) {
  steppe_status status = STEPPE_INVALID_DATA;
  for (std::uint64_t size = count; status != STEPPE_OK && size > 0; --size) {
    status = sound.saved->load(instance, schema, bytes, size, host, fit, error);
  }
  return status;
}

struct Both {
  const steppe_writer* to;
};

steppe_status write_and_keep(void* self, const void* bytes, std::uint64_t count) {
  last_saved.append(static_cast<const char*>(bytes), count);
  const steppe_writer* const to = static_cast<Both*>(self)->to;
  return to->write(to->self, bytes, count);
}

steppe_status save_and_keep(const void* fit, const steppe_writer* writer, steppe_error* error) {
  last_saved.clear();
  Both both{writer};
  const steppe_writer own{sizeof(own), 0, &both, &write_and_keep};
  return sound.saved->save(fit, &own, error);
}

// Of bytes that are none of a fit, the fit that was saved last.
steppe_status load_anything(const void* instance, std::uint32_t schema, const void* bytes,
                            std::uint64_t count, const steppe_host* host, void** fit,
                            steppe_error* error) {
  const steppe_status status = sound.saved->load(instance, schema, bytes, count, host, fit, error);
  if (status == STEPPE_OK) return status;
  return sound.saved->load(instance, sound.saved->schema, last_saved.data(), last_saved.size(),
                           host, fit, error);
}

steppe_status load_and_remember(const void* instance, std::uint32_t schema, const void* bytes,
                                std::uint64_t count, const steppe_host* host, void** fit,
                                steppe_error* error) {
  const steppe_status status = sound.saved->load(instance, schema, bytes, count, host, fit, error);
  if (status == STEPPE_OK) last_loaded = *fit;
  return status;
}

// One part in a thousand million.
void drift_when_loaded(const void* fit, const steppe_trend_request&,
                       const steppe_trend_forecast& forecast) {
  if (fit != last_loaded) return;
  for (const steppe_output* out : {forecast.mean, forecast.quantiles}) {
    change_all(out, [](double x) { return x * (1 + 1e-9); });
  }
}

// clang-format off: a table
constexpr Act kActs[] = {
    {"saved_fit_ignores_the_rest", [] { spoilt.saved.load = &load_the_front; }},
    {"saved_fit_takes_garbage", [] {
      spoilt.saved.save = &save_and_keep;
      spoilt.saved.load = &load_anything;
    }},
    {"saved_fit_predicts_otherwise", [] {
      spoilt.saved.load = &load_and_remember;
      after_predict<&drift_when_loaded>();
    }},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> saved_fit_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
