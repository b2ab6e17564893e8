/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_TREND_MODEL_H
#define STEPPE_ABI_TREND_MODEL_H

#include <stdint.h>

#include "host.h"
#include "sink.h"
#include "status.h"
#include "views.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEPPE_TREND_MODEL "steppe.trend_model/1"

/* A block: m series observed at the same n times.
 *
 * time           n values, strictly increasing; 1..n for consecutive observations
 * values         n x m; row = time, column = series. The host lays blocks out with neighbouring
 *                series next to each other in memory, but a model accepts any strides
 * season_length  observations in one cycle, 1 where there is none
 * seeds          null or m seeds for the random service, one per series */
typedef struct steppe_trend_block {
  uint32_t struct_size;
  uint32_t season_length;
  const steppe_vector *time;
  const steppe_matrix *values;
  const uint64_t *seeds;
} steppe_trend_block;

/* What is wanted of predict.
 *
 * time           H future times, increasing, on the scale of the block's time
 * probabilities  K probabilities in (0, 1), increasing */
typedef struct steppe_trend_request {
  uint32_t struct_size;
  uint32_t reserved;
  const steppe_vector *time;
  const steppe_vector *probabilities;
} steppe_trend_request;

/* Where predict writes; each buffer may be absent (data null).
 *
 * mean            H x m: the point forecast (a report says if it is the median). +Inf or -Inf means
 *                 that it left the range of double: the host reports an overflow, with the step
 * standard_error  H x m: standard deviation of the forecast error; NaN where undefined
 * quantiles       (K * H) x m: row k * H + h is quantile k at time h; NaN where undefined */
typedef struct steppe_trend_forecast {
  uint32_t struct_size;
  uint32_t reserved;
  const steppe_output *mean;
  const steppe_output *standard_error;
  const steppe_output *quantiles;
} steppe_trend_forecast;

/* Names for `statistics`. A model may know more; one it does not know is NaN.
 * On the original scale k counts the parameters and the variance: AICc and BIC as in Hyndman &
 * Athanasopoulos, FPP3, section 7.5, with SSE of y minus fitted values. */
#define STEPPE_STATISTIC_R_SQUARED_FIT_SCALE "r_squared_fit_scale"
#define STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE "r_squared_original_scale"
#define STEPPE_STATISTIC_ADJUSTED_R_SQUARED "adjusted_r_squared_fit_scale"
#define STEPPE_STATISTIC_AICC "aicc"
#define STEPPE_STATISTIC_BIC "bic"

/* The capability of a trend model: it forecasts each series of a block from time and the series'
 * own past. Series do not influence one another: a series fitted alone gives the same bits.
 *
 * fit        [any-thread] Reads the block, returns one handle for all of it. statuses has m entries;
 *            a series that cannot be fitted gets its reason there and never fails the block: the
 *            return value is an error only when nothing could be done at all (no memory,
 *            cancelled, a broken view), and then *fit is null.
 * explain    [any-thread] Why a series failed. error->where: the position, "row 5" counted from 1.
 * fitted     [serial] n x m in-sample predictions on the original scale; NaN for failed series.
 * statistics [serial] count x m: row i is the statistic names[i] of every series.
 * predict    [concurrent with tag concurrent_predict, else serial] Fills the wanted buffers; NaN for
 *            failed series. Does not change the fit: horizon h is the prefix of horizon h + k.
 * report     [serial] equation, parameters, statistics and warnings of one series that was fitted.
 * destroy    [serial] null is allowed.
 *
 * A handle is used by one thread at a time except where said. */
typedef struct steppe_trend_model {
  uint32_t struct_size;
  uint32_t reserved;
  steppe_status (*fit)(const void *instance, const steppe_trend_block *block,
                       const steppe_host *host, void **fit, steppe_status *statuses,
                       steppe_error *error);
  void (*explain)(const void *fit, uint64_t series, steppe_error *error);
  steppe_status (*fitted)(const void *fit, const steppe_output *out, steppe_error *error);
  steppe_status (*statistics)(const void *fit, const char *const *names, uint64_t count,
                              const steppe_output *out, steppe_error *error);
  steppe_status (*predict)(const void *fit, const steppe_trend_request *request,
                           const steppe_trend_forecast *forecast, const steppe_host *host,
                           steppe_error *error);
  steppe_status (*report)(const void *fit, uint64_t series, const steppe_sink *sink,
                          steppe_error *error);
  void (*destroy)(void *fit);
} steppe_trend_model;

#ifdef __cplusplus
}
#endif

#endif
