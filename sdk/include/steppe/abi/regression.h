/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_REGRESSION_H
#define STEPPE_ABI_REGRESSION_H

#include <stdint.h>

#include "host.h"
#include "sink.h"
#include "status.h"
#include "views.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEPPE_REGRESSION "steppe.regression/1"
#define STEPPE_LINEAR_MODEL "steppe.linear_model/1"

/* The data of one regression: a target explained by p regressors over n rows.
 *
 * regressors       n x p, without an intercept column: that is an option of the regression
 * target           n values
 * weights          null or n values, zero or more; only for components tagged uses_weights
 * regressor_names  p names, used in reports and errors */
typedef struct steppe_regression_data {
  uint32_t struct_size;
  uint32_t reserved;
  const steppe_matrix *regressors;
  const steppe_vector *target;
  const steppe_vector *weights;
  const char *const *regressor_names;
  const char *target_name;
} steppe_regression_data;

/* Where predict writes, for r new rows; each buffer may be absent.
 *
 * mean                     r x 1
 * se_mean                  r x 1: standard error of the mean at the row
 * se_prediction            r x 1: standard error of a new observation at the row
 * mean_quantiles           K x r: quantiles of the mean, one row per probability
 * prediction_quantiles     K x r: quantiles of a new observation
 * degrees_of_freedom       r x 1: of the t distribution behind the quantiles; NaN where none
 *
 * The regressors are taken as known: their own uncertainty is the engine's business. */
typedef struct steppe_regression_forecast {
  uint32_t struct_size;
  uint32_t reserved;
  const steppe_output *mean;
  const steppe_output *se_mean;
  const steppe_output *se_prediction;
  const steppe_output *mean_quantiles;
  const steppe_output *prediction_quantiles;
  const steppe_output *degrees_of_freedom;
} steppe_regression_forecast;

/* The capability of a regression.
 *
 * fit      [any-thread] Returns a handle, or a typed error and *fit null.
 * fitted   [serial] n x 1.
 * predict  [concurrent with tag concurrent_predict, else serial] `regressors` is r x p.
 * report   [serial] protocol, coefficients, diagnostics, warnings.
 * destroy  [serial] null is allowed. */
typedef struct steppe_regression {
  uint32_t struct_size;
  uint32_t reserved;
  steppe_status (*fit)(const void *instance, const steppe_regression_data *data,
                       const steppe_host *host, void **fit, steppe_error *error);
  steppe_status (*fitted)(const void *fit, const steppe_output *out, steppe_error *error);
  steppe_status (*predict)(const void *fit, const steppe_matrix *regressors,
                           const steppe_vector *probabilities,
                           const steppe_regression_forecast *forecast, const steppe_host *host,
                           steppe_error *error);
  steppe_status (*report)(const void *fit, const steppe_sink *sink, steppe_error *error);
  void (*destroy)(void *fit);
} steppe_regression;

/* Offered beside it by regressions that are linear in their regressors: y = b'x + e. The engine then
 * carries the error of forecast regressors through in closed form.
 *
 * size            number of coefficients q: p, and one more, first, when there is an intercept
 * coefficients    q x 1; NaN for a dropped column
 * covariance      q x q, of the coefficients: residual variance times (X'X)^-1; zero rows and
 *                 columns for dropped ones
 * residual_variance, degrees_of_freedom  scalars */
typedef struct steppe_linear_model {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t (*size)(const void *fit);
  int32_t (*has_intercept)(const void *fit);
  steppe_status (*coefficients)(const void *fit, const steppe_output *out, steppe_error *error);
  steppe_status (*covariance)(const void *fit, const steppe_output *out, steppe_error *error);
  double (*residual_variance)(const void *fit);
  double (*degrees_of_freedom)(const void *fit);
} steppe_linear_model;

#ifdef __cplusplus
}
#endif

#endif
