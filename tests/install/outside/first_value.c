/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <steppe/abi/abi.h>
#include <string.h>

/* A trend that repeats the first observation, in plain C: the contract without the C++ layer. */

typedef struct block_fit {
  uint64_t rows;
  uint64_t series;
  double* first; /* one per series */
} block_fit;

static steppe_status fail(steppe_error* error, steppe_status code, const char* message) {
  if (error != NULL && error->struct_size >= sizeof(*error)) {
    error->code = code;
    error->flags = 0;
    error->fault[0] = error->where[0] = '\0';
    strncpy(error->message, message, sizeof(error->message) - 1);
    error->message[sizeof(error->message) - 1] = '\0';
  }
  return code;
}

static void fill(const block_fit* fit, const steppe_output* out, uint64_t rows, int repeat) {
  if (out == NULL || out->data == NULL) return;
  for (uint64_t row = 0; row < rows; ++row) {
    for (uint64_t s = 0; s < fit->series; ++s) {
      out->data[(int64_t)row * out->row_stride + (int64_t)s * out->column_stride] =
          repeat ? fit->first[s] : (double)NAN;
    }
  }
}

static void fit_destroy(void* fit) {
  if (fit != NULL) free(((block_fit*)fit)->first);
  free(fit);
}

static steppe_status fit_block(const void* instance, const steppe_trend_block* block,
                               const steppe_host* host, void** fit, steppe_status* statuses,
                               steppe_error* error) {
  const steppe_matrix* values = block->values;
  (void)instance, (void)host;
  *fit = NULL;
  block_fit* made = calloc(1, sizeof(*made));
  if (made != NULL) made->first = calloc(values->columns + 1, sizeof(double));
  if (made == NULL || made->first == NULL) {
    fit_destroy(made);
    return fail(error, STEPPE_RESOURCE_LIMIT, "out of memory");
  }
  made->rows = values->rows;
  made->series = values->columns;
  for (uint64_t s = 0; s < made->series; ++s) {
    const int any = values->rows > 0;
    made->first[s] = any ? values->data[(int64_t)s * values->column_stride] : (double)NAN;
    statuses[s] = any ? STEPPE_OK : STEPPE_INSUFFICIENT_DATA;
  }
  *fit = made;
  return STEPPE_OK;
}

static void explain(const void* fit, uint64_t series, steppe_error* error) {
  (void)fit, (void)series;
  fail(error, STEPPE_INSUFFICIENT_DATA, "no observations; at least 1 is needed");
}

static steppe_status fitted(const void* fit, const steppe_output* out, steppe_error* error) {
  const block_fit* f = fit;
  (void)error;
  fill(f, out, f->rows, 1);
  return STEPPE_OK;
}

static steppe_status statistics(const void* fit, const char* const* names, uint64_t count,
                                const steppe_output* out, steppe_error* error) {
  (void)names, (void)error; /* knows none */
  fill(fit, out, count, 0);
  return STEPPE_OK;
}

static steppe_status predict(const void* fit, const steppe_trend_request* request,
                             const steppe_trend_forecast* forecast, const steppe_host* host,
                             steppe_error* error) {
  const uint64_t horizon = request->time->length;
  (void)host, (void)error;
  fill(fit, forecast->mean, horizon, 1);
  fill(fit, forecast->standard_error, horizon, 0);
  fill(fit, forecast->quantiles, horizon * request->probabilities->length, 0);
  return STEPPE_OK;
}

static steppe_status report(const void* fit, uint64_t series, const steppe_sink* sink,
                            steppe_error* error) {
  (void)fit, (void)series, (void)error;
  sink->text(sink->self, "equation", "y = y[1]");
  return STEPPE_OK;
}

static steppe_status create(const steppe_component* component,
                            const steppe_argument* const* arguments, uint64_t argument_count,
                            const steppe_host* host, void** instance, steppe_error* error) {
  (void)arguments, (void)argument_count, (void)host, (void)error;
  *instance = (void*)(uintptr_t)component; /* no options, no state: any non-null pointer */
  return STEPPE_OK;
}

static void destroy(void* instance) { (void)instance; }

static const void* query(const steppe_component* component, const char* capability_id) {
  static const steppe_trend_model table = {.struct_size = sizeof(table),
                                           .fit = fit_block,
                                           .explain = explain,
                                           .fitted = fitted,
                                           .statistics = statistics,
                                           .predict = predict,
                                           .report = report,
                                           .destroy = fit_destroy};
  (void)component;
  return strcmp(capability_id, STEPPE_TREND_MODEL) == 0 ? &table : NULL;
}

__attribute__((visibility("default"))) steppe_status steppe_plugin_entry_v1(
    const steppe_offer* offer, const steppe_plugin** plugin, steppe_error* error) {
  static const steppe_component component = {.struct_size = sizeof(component),
                                             .id = "trend.first_value",
                                             .version = "1.0.0",
                                             .summary = "Repeats the first observation",
                                             .create = create,
                                             .destroy = destroy,
                                             .query = query};
  static const steppe_component* const components[] = {&component};
  static const steppe_plugin table = {
      .struct_size = sizeof(table),
      .magic = STEPPE_PLUGIN_MAGIC,
      .revision_min = STEPPE_ABI_REVISION_MIN,
      .revision_built = STEPPE_ABI_REVISION,
      .revision_used = STEPPE_ABI_REVISION, /* revision 0: nothing lower could be agreed on */
      .component_count = 1,
      .name = "first_value",
      .version = "1.0.0",
      .vendor = "",
      .licence = "Apache-2.0",
      .sdk_version = "0.1.0",
      .components = components};
  const uint32_t lowest = STEPPE_ABI_REVISION_MIN;
  *plugin = NULL;
  if (offer->revision_min > STEPPE_ABI_REVISION || offer->revision_current < lowest) {
    return fail(error, STEPPE_INCOMPATIBLE_ABI, "built for SDK ABI 1.0; the host is too new");
  }
  *plugin = &table;
  return STEPPE_OK;
}
