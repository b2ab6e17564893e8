/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_STATUS_H
#define STEPPE_ABI_STATUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Outcome of a call. Zero is success. Values are appended, never reused; a value the receiver does
 * not know is treated as STEPPE_INTERNAL. */
typedef int32_t steppe_status;

#define STEPPE_OK 0
#define STEPPE_INVALID_CONFIG 1    /* an option is missing, unknown or out of range */
#define STEPPE_INVALID_DATA 2      /* the data break a rule that more data cannot mend */
#define STEPPE_INSUFFICIENT_DATA 3 /* too few observations */
#define STEPPE_NOT_SUPPORTED 4     /* not offered by this component */
#define STEPPE_RANK_DEFICIENT 5    /* columns depend on one another */
#define STEPPE_NOT_CONVERGED 6
#define STEPPE_DOMAIN_ERROR 7 /* e.g. the logarithm of a value that is not positive */
#define STEPPE_IO 8
#define STEPPE_NETWORK 9
#define STEPPE_CANCELLED 10
#define STEPPE_INCOMPATIBLE_ABI 11
#define STEPPE_PLUGIN_FAULT 12 /* a plugin broke the contract */
#define STEPPE_RESOURCE_LIMIT 13
#define STEPPE_DENIED 14
#define STEPPE_INTERNAL 15

/* Bits of steppe_error.flags */
#define STEPPE_ERROR_TRUNCATED 1u /* `where` or `message` did not fit and was cut */
#define STEPPE_ERROR_RETRYABLE 2u /* the same call may succeed later */

/* An error report. The caller owns it and there is nothing to free: the callee copies text into it
 * and zero-terminates. `struct_size` is set by the caller before the call. Where a function takes a
 * `steppe_error *`, null means the caller does not want the text.
 *
 * where    position in the data or the options: "row 5", "sales.csv:3:2", "option order"
 * message  UTF-8, one line: what was given, what is allowed, what to do */
typedef struct steppe_error {
  uint32_t struct_size;
  steppe_status code;
  uint32_t flags;
  uint32_t reserved;
  char fault[16]; /* name in the fault catalogue, "N6", or empty */
  char where[240];
  char message[1024];
} steppe_error;

#ifdef __cplusplus
}
#endif

#endif
