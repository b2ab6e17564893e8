/* SPDX-License-Identifier: Apache-2.0 */

/* A trend model in plain C11 against the ABI headers alone: forecasts the mean of each series, with
 * the standard error of a new observation. Other test modules include this file and change a part
 * of it through the macros below. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "steppe/abi/abi.h"

#ifndef PLUGIN_ID
#define PLUGIN_ID "trend.c_mean"
#endif
#ifndef PLUGIN_MAGIC
#define PLUGIN_MAGIC STEPPE_PLUGIN_MAGIC
#endif
#ifndef PLUGIN_SIZE
#define PLUGIN_SIZE sizeof(steppe_plugin)
#endif
#ifndef PLUGIN_MIN
#define PLUGIN_MIN 0
#endif
#ifndef PLUGIN_BUILT
#define PLUGIN_BUILT 0
#endif
#ifndef PLUGIN_USED
#define PLUGIN_USED 0
#endif
#ifndef PLUGIN_OPTION_DEFAULT
#define PLUGIN_OPTION_DEFAULT 0
#endif
#ifndef PLUGIN_PREDICT
#define PLUGIN_PREDICT predict
#endif

struct fit {
  uint64_t rows;
  uint64_t series;
  double values[]; /* mean, then standard deviation, of each series */
};

static double value_at(const steppe_matrix* m, uint64_t r, uint64_t c) {
  return m->data[(int64_t)r * m->row_stride + (int64_t)c * m->column_stride];
}

static void put(const steppe_output* out, uint64_t r, uint64_t c, double value) {
  if (out->data != NULL) {
    out->data[(int64_t)r * out->row_stride + (int64_t)c * out->column_stride] = value;
  }
}

static steppe_status fail(steppe_error* error, steppe_status code, const char* message) {
  if (error != NULL) {
    error->code = code;
    strncpy(error->message, message, sizeof(error->message) - 1);
  }
  return code;
}

static steppe_status fit_block(const void* instance, const steppe_trend_block* block,
                               const steppe_host* host, void** out, steppe_status* statuses,
                               steppe_error* error) {
  const uint64_t n = block->values->rows;
  const uint64_t m = block->values->columns;
  struct fit* fit = malloc(sizeof(*fit) + 2 * m * sizeof(double));
  (void)instance;
  (void)host;
  *out = NULL;
  if (fit == NULL) return fail(error, STEPPE_RESOURCE_LIMIT, "out of memory");
  fit->rows = n;
  fit->series = m;
  for (uint64_t s = 0; s < m; ++s) {
    double sum = 0;
    double squares = 0;
    for (uint64_t i = 0; i < n; ++i) sum += value_at(block->values, i, s);
    for (uint64_t i = 0; i < n; ++i) {
      const double d = value_at(block->values, i, s) - sum / (double)n;
      squares += d * d;
    }
    fit->values[2 * s] = sum / (double)n;
    fit->values[2 * s + 1] = sqrt(squares / (double)(n - 1));
    statuses[s] = n < 2 ? STEPPE_INSUFFICIENT_DATA : STEPPE_OK;
  }
  *out = fit;
  return STEPPE_OK;
}

static void explain(const void* fit, uint64_t series, steppe_error* error) {
  (void)fit;
  (void)series;
  fail(error, STEPPE_INSUFFICIENT_DATA, "2 observations are needed");
}

static steppe_status fitted(const void* handle, const steppe_output* out, steppe_error* error) {
  const struct fit* fit = handle;
  (void)error;
  for (uint64_t i = 0; i < fit->rows; ++i) {
    for (uint64_t s = 0; s < fit->series; ++s) put(out, i, s, fit->values[2 * s]);
  }
  return STEPPE_OK;
}

static steppe_status statistics(const void* handle, const char* const* names, uint64_t count,
                                const steppe_output* out, steppe_error* error) {
  const struct fit* fit = handle;
  (void)error;
  (void)names;
  for (uint64_t i = 0; i < count; ++i) {
    for (uint64_t s = 0; s < fit->series; ++s) put(out, i, s, NAN);
  }
  return STEPPE_OK;
}

static steppe_status predict(const void* handle, const steppe_trend_request* request,
                             const steppe_trend_forecast* forecast, const steppe_host* host,
                             steppe_error* error) {
  const struct fit* fit = handle;
  const uint64_t steps = request->time->length;
  (void)host;
  (void)error;
  for (uint64_t s = 0; s < fit->series; ++s) {
    const int ok = fit->rows >= 2;
    const double mean = ok ? fit->values[2 * s] : NAN;
    const double se = ok ? fit->values[2 * s + 1] * sqrt(1 + 1 / (double)fit->rows) : NAN;
    for (uint64_t h = 0; h < steps; ++h) {
      put(forecast->mean, h, s, mean);
      put(forecast->standard_error, h, s, se);
      for (uint64_t k = 0; k < request->probabilities->length; ++k) {
        const double p = request->probabilities->data[k];
        put(forecast->quantiles, k * steps + h, s, mean + (p - 0.5) * se);
      }
    }
  }
  return STEPPE_OK;
}

static steppe_status report(const void* handle, uint64_t series, const steppe_sink* sink,
                            steppe_error* error) {
  const struct fit* fit = handle;
  (void)error;
  sink->scalar(sink->self, "mean", fit->values[2 * series], "");
  sink->text(sink->self, "equation", "y = mean");
  return STEPPE_OK;
}

static const steppe_trend_model trend_table = {
    .struct_size = sizeof(steppe_trend_model),
    .fit = fit_block,
    .explain = explain,
    .fitted = fitted,
    .statistics = statistics,
    .predict = PLUGIN_PREDICT,
    .report = report,
    .destroy = free,
};

static steppe_status create(const steppe_component* component,
                            const steppe_argument* const* arguments, uint64_t count,
                            const steppe_host* host, void** instance, steppe_error* error) {
  (void)component;
  (void)arguments;
  (void)count;
  (void)host;
  (void)error;
  *instance = NULL; /* it has no options: nothing to keep */
  return STEPPE_OK;
}

static void destroy(void* instance) { (void)instance; }

static const void* query(const steppe_component* component, const char* id) {
  (void)component;
  return strcmp(id, STEPPE_TREND_MODEL) == 0 ? &trend_table : NULL;
}

static const int64_t window_default = PLUGIN_OPTION_DEFAULT;
static const steppe_value window_value = {
    .struct_size = sizeof(steppe_value),
    .type = STEPPE_TYPE_INT64,
    .count = 1,
    .integers = &window_default,
};
static const steppe_option window = {
    .struct_size = sizeof(steppe_option),
    .type = STEPPE_TYPE_INT64,
    .flags = STEPPE_OPTION_HAS_MINIMUM | STEPPE_OPTION_HAS_MAXIMUM,
    .name = "window",
    .unit = "observations",
    .help = "kept for later; 0 means all",
    .minimum = 0,
    .maximum = 10,
    .default_value = &window_value,
};
static const steppe_option* const options[] = {&window};
static const steppe_tag deterministic = {sizeof(steppe_tag), 0, "deterministic", 1};
static const steppe_tag* const tags[] = {&deterministic};

static const steppe_component component = {
    .struct_size = sizeof(steppe_component),
    .option_count = 1,
    .tag_count = 1,
    .id = PLUGIN_ID,
    .version = "1.0.0",
    .summary = "Forecasts the mean",
    .options = options,
    .tags = tags,
    .create = create,
    .destroy = destroy,
    .query = query,
};
static const steppe_component* const components[] = {&component};
static const steppe_plugin plugin = {
    .struct_size = PLUGIN_SIZE,
    .magic = PLUGIN_MAGIC,
    .revision_min = PLUGIN_MIN,
    .revision_built = PLUGIN_BUILT,
    .revision_used = PLUGIN_USED,
    .component_count = 1,
    .name = PLUGIN_ID,
    .version = "1.0.0",
    .vendor = "tests",
    .licence = "Apache-2.0",
    .sdk_version = "0.1.0",
    .components = components,
};

#ifndef PLUGIN_ENTRY
#define PLUGIN_ENTRY steppe_plugin_entry_v1
#endif
__attribute__((visibility("default"))) steppe_status PLUGIN_ENTRY(const steppe_offer* offer,
                                                                  const steppe_plugin** out,
                                                                  steppe_error* error);
steppe_status PLUGIN_ENTRY(const steppe_offer* offer, const steppe_plugin** out,
                           steppe_error* error) {
  (void)offer;
  (void)error;
  *out = &plugin;
  return STEPPE_OK;
}
