/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_HOST_H
#define STEPPE_ABI_HOST_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the host lends a plugin. Services are asked for by id and may be absent (null): a plugin
 * works without them. The pointers are valid for the call they came with. All are [any-thread]. */

typedef struct steppe_host {
  uint32_t struct_size;
  uint32_t revision; /* the one negotiated at load */
  void *self;
  const void *(*query)(const struct steppe_host *host, const char *service_id);
} steppe_host;

#define STEPPE_LOG_SERVICE "steppe.log/1"
#define STEPPE_LOG_DEBUG 0
#define STEPPE_LOG_INFO 1
#define STEPPE_LOG_WARNING 2
#define STEPPE_LOG_ERROR 3

/* Log lines. `field_names` and `field_values` hold `field_count` pairs of structured context. The
 * host escapes control characters, limits the rate and counts what it drops. What a reader of the
 * result must know is a warning in the report, not a log line. */
typedef struct steppe_log_service {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  void (*write)(void *self, int32_t level, const char *message, uint64_t field_count,
                const char *const *field_names, const char *const *field_values);
} steppe_log_service;

#define STEPPE_PROGRESS_SERVICE "steppe.progress/1"

/* Progress of one call: done out of total units of work, both counted by the plugin; total 0 means
 * unknown. done never falls. */
typedef struct steppe_progress_service {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  void (*update)(void *self, uint64_t done, uint64_t total);
} steppe_progress_service;

#define STEPPE_CANCEL_SERVICE "steppe.cancel/1"

/* Asked at least every 50 ms of work. Once `requested` returns 1 the plugin returns
 * STEPPE_CANCELLED soon. `remaining_ms` is the time left until the host's deadline, -1 if none. */
typedef struct steppe_cancel_service {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  int32_t (*requested)(void *self);
  int64_t (*remaining_ms)(void *self);
} steppe_cancel_service;

#define STEPPE_RANDOM_SERVICE "steppe.random/1"

/* Counter-based random numbers: the value at (seed, stream, position) is always the same, whatever
 * the thread, the order of calls or the split into calls. `seed` is the series' own, taken from the
 * block; `stream` separates independent uses within one series; `position` is the index of the
 * first number wanted. uniform fills numbers in the open interval (0, 1), normal standard normals. */
typedef struct steppe_random_service {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  void (*uniform)(void *self, uint64_t seed, uint64_t stream, uint64_t position, double *out,
                  uint64_t count);
  void (*normal)(void *self, uint64_t seed, uint64_t stream, uint64_t position, double *out,
                 uint64_t count);
} steppe_random_service;

#ifdef __cplusplus
}
#endif

#endif
