// SPDX-License-Identifier: Apache-2.0

// Estimators that answer, and answer wrongly.

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "act.hpp"

namespace torture {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Request = steppe_trend_request;
using Forecast = steppe_trend_forecast;

int fits = 0;         // made so far
int predictions = 0;  // made so far

// Adds the same to everything that has a place on the scale of the data.
void shift(const Forecast& forecast, double by) {
  for (const steppe_output* out : {forecast.mean, forecast.quantiles}) {
    change_all(out, [by](double x) { return x + by; });
  }
}

void first_mean(const Forecast& forecast, double value) {
  if (forecast.mean->data == nullptr || forecast.mean->rows * forecast.mean->columns == 0) return;
  cell(forecast.mean, 0, 0) = value;
}

// The lowest quantile above the highest.
void cross(const void*, const Request& request, const Forecast& forecast) {
  const std::uint64_t steps = request.time->length;
  const std::uint64_t last = request.probabilities->length;
  if (forecast.quantiles->data == nullptr || last < 2) return;
  for (std::uint64_t h = 0; h < steps; ++h) {
    for (std::uint64_t s = 0; s < forecast.quantiles->columns; ++s) {
      double& low = cell(forecast.quantiles, h, s);
      low = cell(forecast.quantiles, (last - 1) * steps + h, s) + 1;
    }
  }
}

// Quantiles at half their distance from the mean.
void narrow(const void*, const Request& request, const Forecast& forecast) {
  const steppe_output* const out = forecast.quantiles;
  const std::uint64_t steps = request.time->length;
  if (out->data == nullptr || forecast.mean->data == nullptr) return;
  for (std::uint64_t r = 0; r < out->rows; ++r) {
    for (std::uint64_t s = 0; s < out->columns; ++s) {
      const double mean = cell(forecast.mean, r % steps, s);
      cell(out, r, s) = mean + (cell(out, r, s) - mean) / 2;
    }
  }
}

void time_of_day(const void*, const Request&, const Forecast& forecast) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  shift(forecast, static_cast<double>(now % 1000 + 1) * 1e-9);
}

// A scratch place for all calls, with time for another thread to come in between.
void share_scratch(const void*, const Request&, const Forecast& forecast) {
  static volatile double scratch = 0;
  if (forecast.mean->data == nullptr) return;
  for (std::uint64_t r = 0; r < forecast.mean->rows; ++r) {
    for (std::uint64_t s = 0; s < forecast.mean->columns; ++s) {
      scratch = cell(forecast.mean, r, s);
      std::this_thread::yield();
      cell(forecast.mean, r, s) = scratch;
    }
  }
}

// What a failed series has for a mean must be NaN.
void number_for_failed(const void*, const Request&, const Forecast& forecast) {
  change_all(forecast.mean, [](double x) { return std::isnan(x) ? 0 : x; });
}

double value_at(const steppe_matrix& m, std::uint64_t r, std::uint64_t c) {
  return m.data[static_cast<std::int64_t>(r) * m.row_stride +
                static_cast<std::int64_t>(c) * m.column_stride];
}

void crash_on_huge(const steppe_trend_block& block, const steppe_host*) {
  for (std::uint64_t i = 0; i < block.values->rows * block.values->columns; ++i) {
    const std::uint64_t m = block.values->columns;
    if (std::fabs(value_at(*block.values, i / m, i % m)) > 1e200) raise(SIGFPE);
  }
}

void hang_on_constant(const steppe_trend_block& block, const steppe_host*) {
  const steppe_matrix& values = *block.values;
  for (std::uint64_t s = 0; s < values.columns; ++s) {
    bool constant = values.rows > 1;
    for (std::uint64_t i = 1; i < values.rows; ++i) {
      constant = constant && value_at(values, i, s) == value_at(values, 0, s);
    }
    while (constant) usleep(1000);
  }
}

steppe_status fit_and_count(const void* instance, const steppe_trend_block* block,
                            const steppe_host* host, void** fit, steppe_status* statuses,
                            steppe_error* error) {
  ++fits;
  return sound.trend->fit(instance, block, host, fit, statuses, error);
}

// One series that fails takes all with it.
steppe_status fit_all_or_none(const void* instance, const steppe_trend_block* block,
                              const steppe_host* host, void** fit, steppe_status* statuses,
                              steppe_error* error) {
  const steppe_status status = sound.trend->fit(instance, block, host, fit, statuses, error);
  for (std::uint64_t s = 0; status == STEPPE_OK && s < block->values->columns; ++s) {
    if (statuses[s] == STEPPE_OK) continue;
    const steppe_status reason = statuses[s];
    sound.trend->explain(*fit, s, error);
    sound.trend->destroy(*fit);
    *fit = nullptr;
    return reason;
  }
  return status;
}

steppe_status fitted_beside(const void* fit, const steppe_output* out, steppe_error* error) {
  const steppe_status status = sound.trend->fitted(fit, out, error);
  change_all(out, [](double x) { return x + 1; });
  return status;
}

// A hundred thousandth too high, everywhere.
double above(double x) { return x * (1 + 1e-5); }

steppe_status fitted_above(const void* fit, const steppe_output* out, steppe_error* error) {
  const steppe_status status = sound.trend->fitted(fit, out, error);
  change_all(out, &above);
  return status;
}

// R squared that is always good news.
steppe_status flatter(const void* fit, const char* const* names, std::uint64_t count,
                      const steppe_output* out, steppe_error* error) {
  const steppe_status status = sound.trend->statistics(fit, names, count, out, error);
  for (std::uint64_t i = 0; i < count && out->data != nullptr; ++i) {
    if (std::string_view(names[i]).find("r_squared") == std::string_view::npos) continue;
    for (std::uint64_t s = 0; s < out->columns; ++s) cell(out, i, s) = 0.99;
  }
  return status;
}

steppe_status report_bad_name(const void* fit, std::uint64_t series, const steppe_sink* sink,
                              steppe_error* error) {
  sink->scalar(sink->self, "R-squared", 0.5, "");
  return sound.trend->report(fit, series, sink, error);
}

steppe_status report_name_twice(const void* fit, std::uint64_t series, const steppe_sink* sink,
                                steppe_error* error) {
  sink->scalar(sink->self, "level", 1, "");
  sink->scalar(sink->self, "level", 2, "");
  return sound.trend->report(fit, series, sink, error);
}

steppe_status report_nothing(const void*, std::uint64_t, const steppe_sink*, steppe_error*) {
  return STEPPE_OK;
}

// A million entries, which is endless for a reader.
steppe_status report_endlessly(const void* fit, std::uint64_t series, const steppe_sink* sink,
                               steppe_error* error) {
  for (int i = 0; i < 1000000; ++i) {
    sink->scalar(sink->self, ("entry_" + std::to_string(i)).c_str(), i, "");
  }
  return sound.trend->report(fit, series, sink, error);
}

// Regression

steppe_status predict_crossed(const void* fit, const steppe_matrix* rows,
                              const steppe_vector* probabilities,
                              const steppe_regression_forecast* forecast, const steppe_host* host,
                              steppe_error* error) {
  const steppe_status status =
      sound.regression->predict(fit, rows, probabilities, forecast, host, error);
  const steppe_output* const out = forecast->prediction_quantiles;
  if (status == STEPPE_OK && out->data != nullptr && out->rows > 1 && out->columns > 0) {
    std::swap(cell(out, 0, 0), cell(out, out->rows - 1, 0));
  }
  return status;
}

steppe_status other_coefficients(const void* fit, const steppe_output* out, steppe_error* error) {
  const steppe_status status = sound.linear->coefficients(fit, out, error);
  change_all(out, [](double x) { return 1.01 * x; });
  return status;
}

// clang-format off: a table
constexpr Act kActs[] = {
    {"mean_is_nan", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) { first_mean(f, kNan); }>();
    }},
    {"mean_is_infinite", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) { first_mean(f, kInfinity); }>();
    }},
    {"error_is_negative", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) {
        change_all(f.standard_error, [](double x) { return -x - 1; });
      }>();
    }},
    {"quantiles_cross", [] { after_predict<&cross>(); }},
    {"intervals_too_narrow", [] { after_predict<&narrow>(); }},
    {"prefix_broken", [] {
      after_predict<[](const void*, const Request& request, const Forecast& f) {
        shift(f, 1e-6 * static_cast<double>(request.time->length));
      }>();
    }},
    {"predict_changes_the_fit", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) { shift(f, 1e-6 * ++predictions); }>();
    }},
    {"keeps_state_between_fits", [] {
      spoilt.trend.fit = &fit_and_count;
      after_predict<[](const void*, const Request&, const Forecast& f) { shift(f, 1e-6 * fits); }>();
    }},
    {"depends_on_neighbours", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) {
        shift(f, 1e-6 * static_cast<double>(f.mean->columns - 1));
      }>();
    }},
    {"asks_the_time", [] { after_predict<&time_of_day>(); }},
    {"not_deterministic", [] { after_predict<&time_of_day>(); }},
    {"shares_scratch", [] { after_predict<&share_scratch>(); }},
    {"number_for_failed_series", [] { after_predict<&number_for_failed>(); }},
    {"fails_the_block", [] { spoilt.trend.fit = &fit_all_or_none; }},
    {"crashes_on_huge_values", [] { before_fit<&crash_on_huge>(); }},
    {"hangs_on_constant", [] { before_fit<&hang_on_constant>(); }},
    {"claims_more_observations", [] { spoilt.claim("minimum_observations", 5); }},
    {"claims_missing", [] { spoilt.claim("handles_missing"); }},
    {"claims_simulation", [] { spoilt.claim("simulates"); }},
    {"claims_seasons", [] { spoilt.claim("seasonal"); }},
    {"adds_a_constant", [] {
      after_predict<[](const void*, const Request&, const Forecast& f) { shift(f, 1); }>();
    }},
    {"misses_its_curve", [] {
      spoilt.trend.fitted = &fitted_above;
      after_predict<[](const void*, const Request&, const Forecast& f) {
        for (const steppe_output* out : {f.mean, f.quantiles}) change_all(out, &above);
      }>();
    }},
    {"fitted_beside", [] { spoilt.trend.fitted = &fitted_beside; }},
    {"flatters_itself", [] { spoilt.trend.statistics = &flatter; }},
    {"report_with_bad_name", [] { spoilt.trend.report = &report_bad_name; }},
    {"report_with_name_twice", [] { spoilt.trend.report = &report_name_twice; }},
    {"report_without_equation", [] { spoilt.trend.report = &report_nothing; }},
    {"endless_report", [] { spoilt.trend.report = &report_endlessly; }},
    {"regression_quantiles_cross", [] { spoilt.regression.predict = &predict_crossed; }, Kind::kRegression},
    {"coefficients_disagree", [] { spoilt.linear.coefficients = &other_coefficients; }, Kind::kRegression},
};
// clang-format on

}  // namespace

std::pair<const Act*, const Act*> estimator_acts() { return {std::begin(kActs), std::end(kActs)}; }

}  // namespace torture
