/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_VIEWS_H
#define STEPPE_ABI_VIEWS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Borrowed views of numbers. They are valid for the call they are passed to and not a moment
 * longer; the callee neither keeps nor frees them. Strides count elements, may be negative or zero,
 * and alignment is that of a double, never more. */

/* Read-only vector: element i is data[i * stride]. data may be null when length is 0. */
typedef struct steppe_vector {
  uint32_t struct_size;
  uint32_t reserved;
  const double *data;
  uint64_t length;
  int64_t stride;
} steppe_vector;

/* Read-only matrix: element (r, c) is data[r * row_stride + c * column_stride].
 * validity: null when every element is present; else a bitmap, least significant bit first, in
 * which bit r * columns + c is 1 for a present element. A missing element's number is unspecified. */
typedef struct steppe_matrix {
  uint32_t struct_size;
  uint32_t reserved;
  const double *data;
  uint64_t rows;
  uint64_t columns;
  int64_t row_stride;
  int64_t column_stride;
  const uint8_t *validity;
} steppe_matrix;

/* A buffer of the host's that the callee fills: element (r, c) as above. On success every element
 * is written; NaN means undefined. data may be null: then this output is not wanted. */
typedef struct steppe_output {
  uint32_t struct_size;
  uint32_t reserved;
  double *data;
  uint64_t rows;
  uint64_t columns;
  int64_t row_stride;
  int64_t column_stride;
} steppe_output;

#ifdef __cplusplus
}
#endif

#endif
