/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_SINK_H
#define STEPPE_ABI_SINK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A table of numbers with named columns and, where row_names is not null, named rows.
 * values is row-major, row_count x column_count; NaN means undefined and is shown as null.
 * units is null or holds one unit per column. */
typedef struct steppe_table {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;
  uint64_t row_count;
  uint64_t column_count;
  const char *const *row_names;
  const char *const *column_names;
  const char *const *units;
  const double *values;
} steppe_table;

/* Where a component puts results that are not arrays. The host lends it for one call and copies what
 * it is given. Names are snake_case and unique per kind within one report.
 *
 * scalar   a statistic; NaN means undefined, then a warning must say why; unit as in steppe_option
 * text     "equation", "point_forecast", ...
 * table    "parameters", "anova", "coefficients", ...
 * warning  code: snake_case, stable; text: one line in plain words */
typedef struct steppe_sink {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  void (*scalar)(void *self, const char *name, double value, const char *unit);
  void (*text)(void *self, const char *name, const char *value);
  void (*table)(void *self, const steppe_table *table);
  void (*warning)(void *self, const char *code, const char *text);
} steppe_sink;

#ifdef __cplusplus
}
#endif

#endif
