// SPDX-License-Identifier: Apache-2.0

// Trend and regression tables written without the SDK's C++ layer, which break the rule named by
// the option `fault`: for the host's checks of what comes back. `thrower` and `logger` use the
// layer.
#include <xmmintrin.h>
#include <clocale>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

#include "steppe/abi/abi.h"
#include "steppe/trend_model.hpp"

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Unruly {
  std::string fault;
  bool is(const char* name) const { return fault == name; }
};

struct Fit {
  const Unruly* owner;
  std::uint64_t rows;
  std::uint64_t series;
};

const Fit& of(const void* fit) { return *static_cast<const Fit*>(fit); }

void fill(const steppe_output* out, double value) {
  if (out->data == nullptr) return;
  for (std::uint64_t i = 0; i < out->rows * out->columns; ++i) out->data[i] = value;
}

double& cell(const steppe_output* out, std::uint64_t row, std::uint64_t column) {
  return out
      ->data[static_cast<std::int64_t>(row) * out->row_stride + static_cast<std::int64_t>(column)];
}

steppe_status say(steppe_error* error, steppe_status code, const char* message) {
  error->code = code;
  std::strcpy(error->message, message);
  return code;
}

steppe_status fit_block(const void* instance, const steppe_trend_block* block, const steppe_host*,
                        void** out, steppe_status* statuses, steppe_error* error) {
  const auto* owner = static_cast<const Unruly*>(instance);
  *out = nullptr;
  if (owner->is("throws")) throw std::runtime_error("no \x1b[31mred");
  if (owner->is("throws_int")) throw 7;
  if (owner->is("returns_minus")) return -3;
  if (owner->is("returns_unknown")) return say(error, 4711, "from the future");
  if (owner->is("no_reason")) return STEPPE_DOMAIN_ERROR;
  if (owner->is("unterminated")) {
    std::memset(error->message, 'x', sizeof(error->message));
    return STEPPE_INTERNAL;
  }
  if (owner->is("no_handle")) return STEPPE_OK;
  for (std::uint64_t s = 0; s < block->values->columns; ++s) {
    if (!owner->is("no_status")) statuses[s] = STEPPE_OK;
  }
  if (owner->is("bad_status")) statuses[1] = -1;
  if (owner->is("failed_has_number")) statuses[1] = STEPPE_DOMAIN_ERROR;
  if (owner->is("flush_to_zero")) _mm_setcsr(_mm_getcsr() | 0x8040);
  if (owner->is("rounding")) _mm_setcsr(_mm_getcsr() | 0x6000);
  if (owner->is("locale")) std::setlocale(LC_ALL, "C.UTF-8");
  *out = new Fit{owner, block->values->rows, block->values->columns};
  return STEPPE_OK;
}

void explain(const void*, std::uint64_t, steppe_error* error) {
  say(error, STEPPE_DOMAIN_ERROR, "line one\nline two");
}

steppe_status fitted(const void* fit, const steppe_output* out, steppe_error*) {
  if (of(fit).owner->is("fitted_unfilled")) return STEPPE_OK;
  fill(out, 1);
  return STEPPE_OK;
}

steppe_status statistics(const void* fit, const char* const*, std::uint64_t,
                         const steppe_output* out, steppe_error*) {
  if (of(fit).owner->is("statistics_added")) {  // reads before it writes
    for (std::uint64_t i = 0; i < out->rows * out->columns; ++i) out->data[i] += 1;
    return STEPPE_OK;
  }
  fill(out, kNan);
  return STEPPE_OK;
}

steppe_status predict(const void* fit, const steppe_trend_request* request,
                      const steppe_trend_forecast* forecast, const steppe_host*, steppe_error*) {
  const Unruly& owner = *of(fit).owner;
  const std::uint64_t steps = request->time->length;
  if (owner.is("unfilled")) return STEPPE_OK;
  fill(forecast->mean, 1);
  fill(forecast->standard_error, 1);
  for (std::uint64_t row = 0; row < forecast->quantiles->rows; ++row) {
    for (std::uint64_t s = 0; s < of(fit).series; ++s) {
      cell(forecast->quantiles, row, s) = static_cast<double>(row / steps);
    }
  }
  if (owner.is("nan_mean")) cell(forecast->mean, 1, 0) = kNan;
  if (owner.is("infinite_mean")) cell(forecast->mean, 1, 0) = HUGE_VAL;
  if (owner.is("negative_error")) cell(forecast->standard_error, 0, 1) = -1;
  if (owner.is("crossed_quantiles")) cell(forecast->quantiles, steps, 0) = -5;
  if (owner.is("past_the_end")) forecast->mean->data[steps * of(fit).series] = 0;
  return STEPPE_OK;
}

steppe_status report(const void* fit, std::uint64_t, const steppe_sink* sink, steppe_error*) {
  const Unruly& owner = *of(fit).owner;
  sink->scalar(sink->self, owner.is("bad_name") ? "R-squared" : "r_squared", 0.5, nullptr);
  if (owner.is("twice")) sink->scalar(sink->self, "r_squared", 0.5, "");
  if (owner.is("null_name")) sink->text(sink->self, nullptr, "x");
  sink->text(sink->self, "equation", "y = \x1b[2J1\n");
  sink->warning(sink->self, "odd", nullptr);
  steppe_table table{};
  table.struct_size = sizeof(table);
  table.name = "parameters";
  table.row_count = 1;
  table.column_count = 1;
  const char* const columns[] = {"estimate"};
  const double value = 3;
  table.column_names = columns;
  table.values = owner.is("no_values") ? nullptr : &value;
  sink->table(sink->self, &table);
  return STEPPE_OK;
}

void destroy_fit(void* fit) { delete static_cast<Fit*>(fit); }

const steppe_trend_model kTrend = {sizeof(steppe_trend_model),
                                   0,
                                   &fit_block,
                                   &explain,
                                   &fitted,
                                   &statistics,
                                   &predict,
                                   &report,
                                   &destroy_fit};

// The regression keeps the same kind of fit; its rows are those of the data.
steppe_status fit_regression(const void* instance, const steppe_regression_data* data,
                             const steppe_host*, void** out, steppe_error* error) {
  const auto* owner = static_cast<const Unruly*>(instance);
  *out = nullptr;
  if (owner->is("rank")) return say(error, STEPPE_RANK_DEFICIENT, "x2 = 2 x1");
  if (owner->is("no_handle")) return STEPPE_OK;
  *out = new Fit{owner, data->target->length, 1};
  return STEPPE_OK;
}

steppe_status predict_regression(const void* fit, const steppe_matrix*, const steppe_vector*,
                                 const steppe_regression_forecast* forecast, const steppe_host*,
                                 steppe_error*) {
  const Unruly& owner = *of(fit).owner;
  for (const steppe_output* out :
       {forecast->mean, forecast->se_mean, forecast->se_prediction, forecast->mean_quantiles,
        forecast->prediction_quantiles, forecast->degrees_of_freedom}) {
    fill(out, 2);
  }
  if (owner.is("nan_mean")) cell(forecast->mean, 0, 0) = kNan;
  if (owner.is("negative_error")) cell(forecast->se_prediction, 0, 0) = -2;
  if (owner.is("crossed_quantiles")) cell(forecast->prediction_quantiles, 1, 0) = 1;
  return STEPPE_OK;
}

steppe_status report_regression(const void* fit, const steppe_sink* sink, steppe_error* error) {
  return report(fit, 0, sink, error);
}

const steppe_regression kRegression = {
    sizeof(steppe_regression), 0,           &fit_regression, &fitted, &predict_regression,
    &report_regression,        &destroy_fit};

// y = 1 + 2 x, with the covariance matrix [4 -1; -1 9].
std::uint64_t linear_size(const void* fit) {
  const Unruly& owner = *of(fit).owner;
  return owner.is("linear_none") ? 0 : owner.is("linear_size") ? 3 : 2;
}

std::int32_t linear_intercept(const void*) { return 1; }

steppe_status linear_coefficients(const void* fit, const steppe_output* out, steppe_error* error) {
  const Unruly& owner = *of(fit).owner;
  if (owner.is("linear_refuses")) return say(error, STEPPE_NOT_SUPPORTED, "not today");
  cell(out, 0, 0) = owner.is("linear_infinite") ? HUGE_VAL : 1;
  if (owner.is("linear_unfilled")) return STEPPE_OK;
  cell(out, 1, 0) = owner.is("linear_dropped") || owner.is("linear_not_dropped") ? kNan : 2;
  return STEPPE_OK;
}

steppe_status linear_covariance(const void* fit, const steppe_output* out, steppe_error*) {
  const Unruly& owner = *of(fit).owner;
  const bool dropped = owner.is("linear_dropped");
  cell(out, 0, 0) = 4;
  cell(out, 0, 1) = dropped ? 0 : owner.is("linear_too_large") ? -7 : -1;
  cell(out, 1, 0) = dropped ? 0 : owner.is("linear_asymmetric") ? 1 : cell(out, 0, 1);
  cell(out, 1, 1) = dropped ? 0 : owner.is("linear_negative") ? -9 : 9;
  if (owner.is("linear_nan")) cell(out, 1, 0) = kNan;
  return STEPPE_OK;
}

double linear_variance(const void* fit) {
  const Unruly& owner = *of(fit).owner;
  return owner.is("linear_variance") ? -3 : owner.is("linear_no_variance") ? kNan : 3;
}

double linear_degrees(const void* fit) {
  const Unruly& owner = *of(fit).owner;
  return owner.is("linear_degrees") ? 0 : owner.is("linear_no_degrees") ? kNan : 8;
}

const steppe_linear_model kLinear = {sizeof(steppe_linear_model),
                                     0,
                                     &linear_size,
                                     &linear_intercept,
                                     &linear_coefficients,
                                     &linear_covariance,
                                     &linear_variance,
                                     &linear_degrees};

steppe_status create(const steppe_component*, const steppe_argument* const* arguments,
                     std::uint64_t count, const steppe_host*, void** instance,
                     steppe_error* error) {
  const std::string fault = count == 0 ? "" : arguments[0]->value->strings[0];
  if (fault == "refuse_options") {
    std::strcpy(error->where, "option fault");
    return say(error, STEPPE_INVALID_CONFIG, "not today");
  }
  *instance = new Unruly{fault};
  return STEPPE_OK;
}

void destroy(void* instance) { delete static_cast<Unruly*>(instance); }

const steppe_option kFault = {sizeof(steppe_option),
                              STEPPE_TYPE_STRING,
                              0,
                              0,
                              "fault",
                              "",
                              "what to do wrong",
                              nullptr,
                              0,
                              0,
                              nullptr};
const steppe_option* const kOptions[] = {&kFault};

const steppe_component kUnrulyTrend = {sizeof(steppe_component),
                                       1,
                                       0,
                                       0,
                                       "trend.unruly",
                                       "2.1.0",
                                       "Breaks rules",
                                       kOptions,
                                       nullptr,
                                       &create,
                                       &destroy,
                                       [](const steppe_component*, const char* id) -> const void* {
                                         return std::strcmp(id, STEPPE_TREND_MODEL) == 0 ? &kTrend
                                                                                         : nullptr;
                                       }};

const steppe_component kUnrulyRegression = {
    sizeof(steppe_component),
    1,
    0,
    0,
    "regression.unruly",
    "2.1.0",
    "Breaks rules",
    kOptions,
    nullptr,
    &create,
    &destroy,
    [](const steppe_component*, const char* id) -> const void* {
      if (std::strcmp(id, STEPPE_LINEAR_MODEL) == 0) return &kLinear;
      return std::strcmp(id, STEPPE_REGRESSION) == 0 ? &kRegression : nullptr;
    }};

// With the C++ layer: whatever is thrown becomes a status.
struct Thrower {
  static constexpr steppe::ComponentInfo kInfo{"trend.thrower", "1.0.0", "Throws"};
  struct Fit {
    steppe::Prediction predict(double) const { throw std::logic_error("in predict"); }
    std::vector<double> fitted() const { return {1, 1, 1}; }
  };
  steppe::Result<Fit> fit(const steppe::Series&) const { return Fit{}; }
};

// Logs as many lines as the series has values, and forecasts its own random numbers.
struct Logger {
  static constexpr steppe::ComponentInfo kInfo{"trend.logger", "1.0.0", "Logs"};
  struct Fit {
    double drawn;
    steppe::Prediction predict(double) const { return {.mean = drawn, .standard_error = 1}; }
  };
  steppe::Result<Fit> fit(const steppe::Series& series, const steppe::Host& host) const {
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      host.log(steppe::LogLevel::kWarning, "line\nbreak", {{"row", "1\x1b"}});
    }
    host.progress(1, 2);
    double drawn[1] = {0};
    if (!host.normal(series.seed, 0, 0, drawn)) return steppe::Error{};
    return Fit{drawn[0]};
  }
};

}  // namespace

extern "C" __attribute__((visibility("default"))) steppe_status
steppe_plugin_entry_v1(const steppe_offer* offer, const steppe_plugin** out, steppe_error* error) {
  const steppe_plugin* layered = nullptr;
  const steppe_status status = steppe::detail::enter<Thrower, Logger>(offer, &layered, error);
  if (status != STEPPE_OK) return status;
  static const steppe_component* const components[] = {
      &kUnrulyTrend, &kUnrulyRegression, layered->components[0], layered->components[1]};
  static steppe_plugin plugin;
  plugin = *layered;
  plugin.component_count = 4;
  plugin.components = components;
  *out = &plugin;
  return STEPPE_OK;
}
