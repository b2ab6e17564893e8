/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_DATA_SOURCE_H
#define STEPPE_ABI_DATA_SOURCE_H

#include <stdint.h>

#include "arrow.h"
#include "host.h"
#include "sink.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEPPE_DATA_SOURCE "steppe.data_source/1"

/* What a requested column is to be read as. A source delivers number columns as bool, int32, int64,
 * float32 or float64, text columns as utf8, large_utf8 or dictionary of utf8, and time columns as
 * int32, int64 (a calendar year), date32, timestamp, or utf8 in ISO 8601, which the host parses.
 * A cell that cannot be read as what was asked is an error at its row and column, never a null. */
#define STEPPE_COLUMN_NUMBER 1
#define STEPPE_COLUMN_TEXT 2
#define STEPPE_COLUMN_TIME 3

typedef struct steppe_column_request {
  uint32_t struct_size;
  int32_t role;
  const char *name;
} steppe_column_request;

/* What is wanted of a source: push-down of columns and rows.
 *
 * columns     the columns to deliver, in this order; column_count 0 means all of them, as text
 * time_from, time_to   null, or ISO dates: rows outside may be left out, and are counted as skipped
 * row_limit   0 means no limit */
typedef struct steppe_source_request {
  uint32_t struct_size;
  uint32_t column_count;
  const steppe_column_request *const *columns;
  const char *time_from;
  const char *time_to;
  uint64_t row_limit;
} steppe_source_request;

/* The capability of a data source: hands over a table as an Arrow C stream.
 *
 * open        [any-thread] Returns a handle and the stream. The stream is released before the handle
 *             is closed. Unknown columns are refused here, with the names there are.
 * last_error  [serial] The typed error behind a non-zero return of the stream's functions. After an
 *             error only last_error, the stream's get_last_error, its release, and close are legal.
 * locate      [serial] Where row `row` (counted from 0 in what was delivered) and column `column`
 *             (index in the request, or column_count for the row itself) stand in the source:
 *             "sales.csv:14:2". Copies at most `capacity` bytes with a final zero.
 * report      [serial] After the end of the stream: scalars rows_in, rows_used, rows_rejected,
 *             rows_skipped with rows_in = rows_used + rows_rejected + rows_skipped; text "snapshot",
 *             a token from which the same data can be had again ("sha256:..."); what was detected
 *             rather than declared; warnings.
 * close       [serial] null is allowed. */
typedef struct steppe_data_source {
  uint32_t struct_size;
  uint32_t reserved;
  steppe_status (*open)(const void *instance, const steppe_source_request *request,
                        const steppe_host *host, void **handle, struct ArrowArrayStream *stream,
                        steppe_error *error);
  void (*last_error)(const void *handle, steppe_error *error);
  void (*locate)(const void *handle, uint64_t row, uint64_t column, char *place, uint64_t capacity);
  steppe_status (*report)(const void *handle, const steppe_sink *sink, steppe_error *error);
  void (*close)(void *handle);
} steppe_data_source;

#ifdef __cplusplus
}
#endif

#endif
