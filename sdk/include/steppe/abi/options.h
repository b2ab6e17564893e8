/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_OPTIONS_H
#define STEPPE_ABI_OPTIONS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A component declares its options once, as a static table of steppe_option. From it the host makes
 * the JSON Schema, checks the pipeline, fills in defaults, and passes typed values to `create`. A
 * component may therefore rely on every value's type, range and choice, and on every option that
 * has a default or is required being there. */

#define STEPPE_TYPE_BOOL 1
#define STEPPE_TYPE_INT64 2
#define STEPPE_TYPE_DOUBLE 3
#define STEPPE_TYPE_STRING 4
#define STEPPE_TYPE_BOOL_LIST 5
#define STEPPE_TYPE_INT64_LIST 6
#define STEPPE_TYPE_DOUBLE_LIST 7
#define STEPPE_TYPE_STRING_LIST 8
#define STEPPE_TYPE_STRING_MAP 9

/* A typed value. `count` is 1 for a scalar, else the length of the list or map. Exactly one of the
 * arrays is set, but for a map both `keys` and `strings`. Booleans are `integers` that are 0 or 1.
 * Strings are UTF-8, zero-terminated, without embedded zeros. */
typedef struct steppe_value {
  uint32_t struct_size;
  int32_t type;
  uint64_t count;
  const int64_t *integers;
  const double *doubles;
  const char *const *strings;
  const char *const *keys;
} steppe_value;

/* Bits of steppe_option.flags */
#define STEPPE_OPTION_REQUIRED 1u
#define STEPPE_OPTION_HAS_MINIMUM 2u
#define STEPPE_OPTION_HAS_MAXIMUM 4u
#define STEPPE_OPTION_EXCLUSIVE_MINIMUM 8u
#define STEPPE_OPTION_EXCLUSIVE_MAXIMUM 16u
#define STEPPE_OPTION_PATH 32u   /* a file; the host makes it absolute, relative to the pipeline */
#define STEPPE_OPTION_SECRET 64u /* never shown; given by the name of a secret */

/* One row of the option table. Lives as long as the library. `minimum` and `maximum` bound numbers
 * and the elements of lists; `choices` bounds strings. `default_value` is null where there is none:
 * an option that is neither required nor has a default is simply absent when not given. */
typedef struct steppe_option {
  uint32_t struct_size;
  int32_t type;
  uint32_t flags;
  uint32_t choice_count;
  const char *name; /* snake_case */
  const char *unit; /* "observations", "1" for a pure number, "" where none applies */
  const char *help; /* one sentence */
  const char *const *choices;
  double minimum;
  double maximum;
  const steppe_value *default_value;
} steppe_option;

/* One option as given to `create`; borrowed for the call. */
typedef struct steppe_argument {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;
  const steppe_value *value;
} steppe_argument;

#ifdef __cplusplus
}
#endif

#endif
