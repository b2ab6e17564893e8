// SPDX-License-Identifier: Apache-2.0

// Buffers, handles and errors used against the rules of memory.

#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "act.hpp"

namespace torture {
namespace {

constexpr std::size_t kPage = 4096 / sizeof(double);

// The cell behind the last one, by `distance`.
void write_behind(const steppe_output* out, std::size_t distance) {
  if (out->data == nullptr || out->rows * out->columns == 0) return;
  (&cell(out, out->rows - 1, out->columns - 1))[distance] = 0;
}

// A prediction for one time less than asked.
steppe_status predict_less(const void* fit, const steppe_trend_request* request,
                           const steppe_trend_forecast* forecast, const steppe_host* host,
                           steppe_error* error) {
  if (request->time->length == 0) return sound.trend->predict(fit, request, forecast, host, error);
  steppe_vector time = *request->time;
  time.length -= 1;
  steppe_output mean = *forecast->mean;
  if (mean.rows > 0) mean.rows -= 1;
  steppe_trend_request less = *request;
  less.time = &time;
  steppe_trend_forecast part = *forecast;
  part.mean = &mean;
  return sound.trend->predict(fit, &less, &part, host, error);
}

// Takes every view for one whose rows are packed.
steppe_status fit_packed(const void* instance, const steppe_trend_block* block,
                         const steppe_host* host, void** fit, steppe_status* statuses,
                         steppe_error* error) {
  steppe_matrix values = *block->values;
  values.row_stride = static_cast<std::int64_t>(values.columns);
  values.column_stride = 1;
  steppe_trend_block packed = *block;
  packed.values = &values;
  return sound.trend->fit(instance, &packed, host, fit, statuses, error);
}

void write_inputs(const steppe_trend_block& block, const steppe_host*) {
  const steppe_matrix& values = *block.values;
  if (values.rows * values.columns == 0) return;
  const_cast<double*>(values.data)[0] += 1;
}

void free_the_hosts_buffer(const void*, const steppe_trend_request&,
                           const steppe_trend_forecast& forecast) {
  std::free(forecast.mean->data);
}

void keep_every_fit(void*) {}

void destroy_null_badly(void* fit) {
  volatile char first = *static_cast<char*>(fit);
  (void)first;
  sound.trend->destroy(fit);
}

void destroy_twice(void* fit) {
  sound.trend->destroy(fit);
  sound.trend->destroy(fit);
}

void fill_to_the_brim(steppe_error* error) {
  if (error != nullptr) std::memset(error->message, 'x', sizeof(error->message));
}

// clang-format off: a table
constexpr Act kActs[] = {
    {"writes_past_by_one", [] {
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast& f) {
        write_behind(f.mean, 1);
      }>();
    }},
    {"writes_past_by_a_page", [] {
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast& f) {
        write_behind(f.mean, kPage);
      }>();
    }},
    {"writes_absent_buffer", [] {
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast& f) {
        f.standard_error->data[0] = 1;
      }>();
    }},
    {"fills_fewer_cells", [] { spoilt.trend.predict = &predict_less; }},
    {"writes_its_inputs", [] { before_fit<&write_inputs>(); }},
    {"takes_rows_for_packed", [] { spoilt.trend.fit = &fit_packed; }},
    {"frees_the_hosts_buffer", [] { after_predict<&free_the_hosts_buffer>(); }},
    {"leaks_its_fits", [] { spoilt.trend.destroy = &keep_every_fit; }},
    {"destroys_null_badly", [] { spoilt.trend.destroy = &destroy_null_badly; }},
    {"destroys_twice", [] { spoilt.trend.destroy = &destroy_twice; }},
    {"error_without_end", [] {
      spoilt.trend.explain = [](const void*, std::uint64_t, steppe_error* error) {
        fill_to_the_brim(error);
      };
    }},
    {"error_without_text", [] {
      spoilt.trend.explain = [](const void*, std::uint64_t, steppe_error*) {};
    }},
    {"throws_in_create", [] {
      spoilt.component.create = [](const steppe_component*, const steppe_argument* const*,
                                   std::uint64_t, const steppe_host*, void**,
                                   steppe_error*) -> steppe_status {
        throw std::runtime_error("out of create");
      };
    }},
    {"throws_in_fit", [] {
      before_fit<[](const steppe_trend_block&, const steppe_host*) {
        throw std::runtime_error("out of fit");
      }>();
    }},
    {"throws_in_predict", [] {
      after_predict<[](const void*, const steppe_trend_request&, const steppe_trend_forecast&) {
        throw 7;
      }>();
    }},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> memory_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
