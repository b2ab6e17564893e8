/* SPDX-License-Identifier: Apache-2.0 */

/* Exports more than its entry: a function and a variable that its twin exports as well (B9). */
extern double shared_state;
double shared_state = CLASH_VALUE;
extern double shared_function(void);
double shared_function(void) { return shared_state; }

static double own_value(void) { return shared_function(); }

#include "steppe/abi/abi.h"

static steppe_status predict_shared(const void* fit, const steppe_trend_request* request,
                                    const steppe_trend_forecast* forecast, const steppe_host* host,
                                    steppe_error* error);
#define PLUGIN_PREDICT predict_shared
#include "mean_trend.c"

static steppe_status predict_shared(const void* fit, const steppe_trend_request* request,
                                    const steppe_trend_forecast* forecast, const steppe_host* host,
                                    steppe_error* error) {
  const steppe_status status = predict(fit, request, forecast, host, error);
  put(forecast->mean, 0, 0, own_value());
  return status;
}
