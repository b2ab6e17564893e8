/* SPDX-License-Identifier: Apache-2.0 */

/* line.cpp in plain C11, with the same arithmetic in the same order: see there. */

#include <stdlib.h>

#include "support.h"

typedef struct line {
  steppe_status status;
  uint64_t bad_row;
  double n, t_mean, y_mean, slope, sxx, deviation;
  double residual, total; /* sums of squares about the line and about the mean */
} line;

typedef struct block_fit {
  uint64_t rows, count;
  double* time;
  line* lines;
} block_fit;

static double mean_of(const line* f, double t) { return f->y_mean + f->slope * (t - f->t_mean); }

static double error_of(const line* f, double t) {
  return f->deviation * sqrt(1 + 1 / f->n + (t - f->t_mean) * (t - f->t_mean) / f->sxx);
}

static double quantile_of(const line* f, double t, double p) {
  if (p < 0.5) return mean_of(f, t) - error_of(f, t) * sqrt((1 - p) / p);
  return p > 0.5 ? mean_of(f, t) + error_of(f, t) * sqrt(p / (1 - p)) : mean_of(f, t);
}

/* The sums that the C++ layer forms for the statistics. */
static void add_sums(line* f, const double* t, const steppe_matrix* y, uint64_t s) {
  double mean = 0;
  for (uint64_t i = 0; i < y->rows; ++i) mean += (matrix_at(y, i, s) - mean) / (double)(i + 1);
  f->residual = f->total = 0;
  for (uint64_t i = 0; i < y->rows; ++i) {
    const double value = matrix_at(y, i, s);
    const double residual = value - mean_of(f, t[i]);
    f->residual += residual * residual;
    f->total += (value - mean) * (value - mean);
  }
}

static void fit_line(line* f, const double* t, const steppe_matrix* y, uint64_t s) {
  f->n = (double)y->rows;
  for (uint64_t i = 0; i < y->rows && f->status == STEPPE_OK; ++i) {
    if (is_present(y, i, s) && isfinite(matrix_at(y, i, s))) continue;
    f->status = STEPPE_INVALID_DATA;
    f->bad_row = i + 1;
  }
  if (f->status == STEPPE_OK && y->rows < 3) f->status = STEPPE_INSUFFICIENT_DATA;
  if (f->status != STEPPE_OK) return;
  for (uint64_t i = 0; i < y->rows; ++i) {
    f->t_mean += t[i];
    f->y_mean += matrix_at(y, i, s);
  }
  f->t_mean /= f->n;
  f->y_mean /= f->n;
  double sxy = 0;
  for (uint64_t i = 0; i < y->rows; ++i) {
    f->sxx += (t[i] - f->t_mean) * (t[i] - f->t_mean);
    sxy += (t[i] - f->t_mean) * (matrix_at(y, i, s) - f->y_mean);
  }
  f->slope = sxy / f->sxx;
  double sse = 0;
  for (uint64_t i = 0; i < y->rows; ++i) {
    const double residual = matrix_at(y, i, s) - mean_of(f, t[i]);
    sse += residual * residual;
  }
  f->deviation = sqrt(sse / (f->n - 2));
  if (!isfinite(sse)) {
    f->status = STEPPE_DOMAIN_ERROR;
    return;
  }
  add_sums(f, t, y, s);
}

static void destroy_fit(void* fit) {
  block_fit* f = fit;
  if (f == NULL) return;
  free(f->time);
  free(f->lines);
  free(f);
}

static steppe_status fit_block(const void* instance, const steppe_trend_block* block,
                               const steppe_host* host, void** fit, steppe_status* statuses,
                               steppe_error* error) {
  const steppe_matrix* y = block->values;
  (void)instance;
  *fit = NULL;
  if (block->time->length != y->rows) {
    return fail(error, STEPPE_INTERNAL, "", "the block has not as many times as rows");
  }
  block_fit* f = calloc(1, sizeof(*f));
  if (f != NULL) f->time = calloc(y->rows + 1, sizeof(double));
  if (f != NULL) f->lines = calloc(y->columns + 1, sizeof(line));
  if (f == NULL || f->time == NULL || f->lines == NULL) {
    destroy_fit(f);
    return fail(error, STEPPE_RESOURCE_LIMIT, "", "out of memory");
  }
  f->rows = y->rows;
  f->count = y->columns;
  for (uint64_t i = 0; i < f->rows; ++i) f->time[i] = vector_at(block->time, i);
  for (uint64_t s = 0; s < f->count; ++s) {
    if (s % 64 == 0 && is_cancelled(host)) {
      destroy_fit(f);
      return fail(error, STEPPE_CANCELLED, "", "cancelled");
    }
    fit_line(&f->lines[s], f->time, y, s);
    statuses[s] = f->lines[s].status;
  }
  *fit = f;
  return STEPPE_OK;
}

static void explain(const void* fit, uint64_t s, steppe_error* error) {
  const line* f = &((const block_fit*)fit)->lines[s];
  char text[128];
  if (f->status == STEPPE_INVALID_DATA) {
    snprintf(text, sizeof(text), "row %llu", (unsigned long long)f->bad_row);
    fail(error, f->status, text, "the value is missing or not finite");
  } else if (f->status == STEPPE_INSUFFICIENT_DATA) {
    snprintf(text, sizeof(text), "%llu observations; a line needs 3",
             (unsigned long long)((const block_fit*)fit)->rows);
    fail(error, f->status, "", text);
  } else if (f->status == STEPPE_DOMAIN_ERROR) {
    fail(error, f->status, "", "the variance leaves the range of double; change the unit");
  }
}

static steppe_status fitted(const void* fit, const steppe_output* out, steppe_error* error) {
  const block_fit* f = fit;
  (void)error;
  for (uint64_t s = 0; s < f->count; ++s) {
    const int ok = f->lines[s].status == STEPPE_OK;
    for (uint64_t i = 0; i < f->rows; ++i) {
      put(out, i, s, ok ? mean_of(&f->lines[s], f->time[i]) : (double)NAN);
    }
  }
  return STEPPE_OK;
}

/* As the C++ layer computes them, with two parameters. */
static double statistic_of(const line* f, const char* name) {
  const double n = f->n, k = 2, q = 3;
  const double r_squared = f->total > 0 ? 1 - f->residual / f->total : (double)NAN;
  if (f->status != STEPPE_OK) return (double)NAN;
  if (strcmp(name, STEPPE_STATISTIC_R_SQUARED_FIT_SCALE) == 0) return r_squared;
  if (strcmp(name, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE) == 0) return r_squared;
  if (strcmp(name, STEPPE_STATISTIC_ADJUSTED_R_SQUARED) == 0) {
    return 1 - (1 - r_squared) * (n - 1) / (n - k);
  }
  if (!(f->residual > 0)) return (double)NAN;
  const double log_term = n * log(f->residual / n);
  if (strcmp(name, STEPPE_STATISTIC_BIC) == 0) return log_term + q * log(n);
  if (strcmp(name, STEPPE_STATISTIC_AICC) == 0 && n > q + 1) {
    return log_term + 2 * q + 2 * q * (q + 1) / (n - q - 1);
  }
  return (double)NAN;
}

static steppe_status statistics(const void* fit, const char* const* names, uint64_t count,
                                const steppe_output* out, steppe_error* error) {
  const block_fit* f = fit;
  (void)error;
  for (uint64_t i = 0; i < count; ++i) {
    for (uint64_t s = 0; s < f->count; ++s) put(out, i, s, statistic_of(&f->lines[s], names[i]));
  }
  return STEPPE_OK;
}

static steppe_status predict(const void* fit, const steppe_trend_request* request,
                             const steppe_trend_forecast* forecast, const steppe_host* host,
                             steppe_error* error) {
  const block_fit* f = fit;
  const uint64_t times = request->time->length;
  if (is_cancelled(host)) return fail(error, STEPPE_CANCELLED, "", "cancelled");
  for (uint64_t s = 0; s < f->count; ++s) {
    const line* own = &f->lines[s];
    const int ok = own->status == STEPPE_OK;
    for (uint64_t h = 0; h < times; ++h) {
      const double t = vector_at(request->time, h);
      put(forecast->mean, h, s, ok ? mean_of(own, t) : (double)NAN);
      put(forecast->standard_error, h, s, ok ? error_of(own, t) : (double)NAN);
      for (uint64_t k = 0; k < request->probabilities->length; ++k) {
        put(forecast->quantiles, k * times + h, s,
            ok ? quantile_of(own, t, vector_at(request->probabilities, k)) : (double)NAN);
      }
    }
  }
  return STEPPE_OK;
}

static steppe_status report(const void* fit, uint64_t s, const steppe_sink* sink,
                            steppe_error* error) {
  static const char* const names[] = {
      STEPPE_STATISTIC_R_SQUARED_FIT_SCALE, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE,
      STEPPE_STATISTIC_ADJUSTED_R_SQUARED, STEPPE_STATISTIC_AICC, STEPPE_STATISTIC_BIC};
  static const char* const rows[] = {"a", "b"};
  static const char* const columns[] = {"estimate"};
  const line* f = &((const block_fit*)fit)->lines[s];
  const double values[] = {f->y_mean - f->slope * f->t_mean, f->slope};
  const steppe_table table = {.struct_size = sizeof(table),
                              .name = "parameters",
                              .row_count = 2,
                              .column_count = 1,
                              .row_names = rows,
                              .column_names = columns,
                              .values = values};
  (void)error;
  int undefined = 0;
  for (int i = 0; i < 5; ++i) {
    const double value = statistic_of(f, names[i]);
    undefined = undefined || isnan(value);
    sink->scalar(sink->self, names[i], value, "");
  }
  sink->scalar(sink->self, "observations", f->n, "observations");
  sink->text(sink->self, "equation", "y = a + b t");
  sink->table(sink->self, &table);
  sink->scalar(sink->self, "residual_standard_error", f->deviation, "");
  if (f->deviation == 0) {
    sink->warning(sink->self, "exact_fit", "the observations lie on a line");
  }
  if (undefined) {
    sink->warning(sink->self, "undefined_statistics", "R squared, AICc or BIC are undefined");
  }
  return STEPPE_OK;
}

static steppe_status create(const steppe_component* component,
                            const steppe_argument* const* arguments, uint64_t argument_count,
                            const steppe_host* host, void** instance, steppe_error* error) {
  (void)component, (void)arguments, (void)argument_count, (void)host;
  *instance = calloc(1, 1);
  return *instance != NULL ? STEPPE_OK : fail(error, STEPPE_RESOURCE_LIMIT, "", "out of memory");
}

static const void* query(const steppe_component* component, const char* capability_id) {
  static const steppe_trend_model table = {.struct_size = sizeof(table),
                                           .fit = fit_block,
                                           .explain = explain,
                                           .fitted = fitted,
                                           .statistics = statistics,
                                           .predict = predict,
                                           .report = report,
                                           .destroy = destroy_fit};
  (void)component;
  if (capability_id == NULL || strcmp(capability_id, STEPPE_TREND_MODEL) != 0) return NULL;
  return &table;
}

#define TAG(tag_name, tag_value) \
  {.struct_size = sizeof(steppe_tag), .name = (tag_name), .value = (tag_value)}
static const steppe_tag tag_table[] = {TAG("intervals", 1), TAG("handles_gaps", 1),
                                       TAG("deterministic", 1), TAG("concurrent_predict", 1),
                                       TAG("minimum_observations", 3)};
static const steppe_tag* const tags[] = {&tag_table[0], &tag_table[1], &tag_table[2], &tag_table[3],
                                         &tag_table[4]};

STEPPE_EXPORT steppe_status steppe_plugin_entry_v1(const steppe_offer* offer,
                                                   const steppe_plugin** plugin,
                                                   steppe_error* error) {
  static const steppe_component component = {.struct_size = sizeof(component),
                                             .tag_count = 5,
                                             .id = PLUGIN_ID,
                                             .version = "1.0.0",
                                             .summary = "A straight line",
                                             .tags = tags,
                                             .create = create,
                                             .destroy = free,
                                             .query = query};
  static const steppe_component* const components[] = {&component};
  static steppe_plugin table = {.struct_size = sizeof(table),
                                .magic = STEPPE_PLUGIN_MAGIC,
                                .revision_min = STEPPE_ABI_REVISION_MIN,
                                .revision_built = STEPPE_ABI_REVISION,
                                .component_count = 1,
                                .name = PLUGIN_ID,
                                .version = "1.0.0",
                                .vendor = "",
                                .licence = "Apache-2.0",
                                .sdk_version = STEPPE_SDK_VERSION,
                                .components = components};
  return enter(offer, plugin, error, &table);
}
