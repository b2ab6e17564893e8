/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_COMPONENT_H
#define STEPPE_ABI_COMPONENT_H

#include <stdint.h>

#include "host.h"
#include "options.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a component claims of itself. Boolean tags carry the value 1. A claim is tested.
 *
 * intervals             predicts quantiles
 * simulates             offers steppe.simulate/1
 * handles_missing       accepts missing values inside a series
 * handles_gaps          accepts times that are not consecutive
 * seasonal              uses the season length
 * uses_weights          a regression that honours weights
 * minimum_observations  refuses fewer, with STEPPE_INSUFFICIENT_DATA
 * deterministic         the same input gives the same bits
 * concurrent_predict    predict may run on one fit from several threads at once
 *
 * With its default options:
 * scale_equivariant     c times the values gives c times the forecasts and intervals, c > 0
 * shift_equivariant     the values plus c give the forecasts and intervals plus c
 *
 * The process for which the intervals are exact, at most one:
 * additive_errors        the model's curve plus independent normal errors of one variance
 * multiplicative_errors  the model's curve times exp of such errors
 * random_walk_errors     the changes from one time to the next, on the model's curve or level, have
 *                        such errors */
typedef struct steppe_tag {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;
  int64_t value;
} steppe_tag;

/* One estimator or source in a plugin: a static, immutable table.
 *
 * Life of an instance: create -> used by the capability's calls -> destroy. An instance holds the
 * options and nothing that depends on data; its calls are [any-thread].
 *
 * create   [any-thread] arguments are already checked against `options` and complete with defaults
 * destroy  [any-thread] never fails; null is allowed
 * query    [any-thread] the table of a capability, by id ("steppe.trend_model/1"); null if not
 *          offered. The table lives as long as the library. */
typedef struct steppe_component {
  uint32_t struct_size;
  uint32_t option_count;
  uint32_t tag_count;
  uint32_t reserved;
  const char *id;      /* "trend.exponential": kind, dot, name */
  const char *version; /* of this component, "1.0.0" */
  const char *summary; /* one sentence */
  const steppe_option *const *options;
  const steppe_tag *const *tags;
  steppe_status (*create)(const struct steppe_component *component,
                          const steppe_argument *const *arguments, uint64_t argument_count,
                          const steppe_host *host, void **instance, steppe_error *error);
  void (*destroy)(void *instance);
  const void *(*query)(const struct steppe_component *component, const char *capability_id);
} steppe_component;

#ifdef __cplusplus
}
#endif

#endif
