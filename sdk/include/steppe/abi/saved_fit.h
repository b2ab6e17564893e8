/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_SAVED_FIT_H
#define STEPPE_ABI_SAVED_FIT_H

#include <stdint.h>

#include "host.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEPPE_SAVED_FIT "steppe.saved_fit/1"

/* Where save puts its bytes, in as many pieces as it likes. Anything but STEPPE_OK is passed on by
 * save as its own result. */
typedef struct steppe_writer {
  uint32_t struct_size;
  uint32_t reserved;
  void *self;
  steppe_status (*write)(void *self, const void *bytes, uint64_t count);
} steppe_writer;

/* Offered by trend models and regressions whose fits can be kept and read years later. The host adds
 * an envelope with the component's id, version, options and a hash of the bytes.
 *
 * schema      number of the form in which save writes, 1 or more; a changed form gets a new number
 * schema_min  the oldest form that load still reads
 * save        [serial] Writes all that predict, fitted, statistics and report need, of a fit all of
 *             whose series were fitted; another one may be refused with STEPPE_NOT_SUPPORTED. The
 *             same fit gives the same bytes. Little-endian, IEEE 754, no pointers, no padding:
 *             another machine reads them.
 * load        [any-thread] Makes a fit of bytes in the form `schema`, on an instance created with the
 *             options of the one that was saved: everything asked of it gives the same bits as
 *             before. Bytes are not to be trusted: whatever they hold, the answer is a fit or
 *             STEPPE_INVALID_DATA. The fit is destroyed as any other.
 * shape       [any-thread] Of a fit, loaded or not: the observations it was fitted to, and the series
 *             of its block or the regressors of the regression. The host asks it of a loaded fit
 *             before anything else and refuses one that is not of the size it has on record. */
typedef struct steppe_saved_fit {
  uint32_t struct_size;
  uint32_t reserved;
  uint32_t schema;
  uint32_t schema_min;
  steppe_status (*save)(const void *fit, const steppe_writer *writer, steppe_error *error);
  steppe_status (*load)(const void *instance, uint32_t schema, const void *bytes, uint64_t count,
                        const steppe_host *host, void **fit, steppe_error *error);
  void (*shape)(const void *fit, uint64_t *observations, uint64_t *columns);
} steppe_saved_fit;

#ifdef __cplusplus
}
#endif

#endif
