/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_LAYOUT_ASSERTS_H
#define STEPPE_LAYOUT_ASSERTS_H

/* Compiles only where every line of layout.def holds; for C11 and later and for C++. */

#include <stddef.h>

#include "steppe/abi/abi.h"

#ifdef __cplusplus
#define STEPPE_LAYOUT_ASSERT static_assert
#else
#define STEPPE_LAYOUT_ASSERT _Static_assert
#endif

STEPPE_LAYOUT_ASSERT(sizeof(void*) == 8 && sizeof(long) == 8, "layout.def is for LP64");

#define STRUCT(type, size) STEPPE_LAYOUT_ASSERT(sizeof(type) == (size), "size of " #type);
#define FIELD(type, name, offset, size)                                                 \
  STEPPE_LAYOUT_ASSERT(offsetof(type, name) == (offset), "offset of " #type "." #name); \
  STEPPE_LAYOUT_ASSERT(sizeof(((type*)0)->name) == (size), "size of " #type "." #name);
#define NUMBER(name, value) STEPPE_LAYOUT_ASSERT(name == (value), "value of " #name);
#define TEXT(name) STEPPE_LAYOUT_ASSERT(sizeof(name) > 1, "text of " #name);
#include "layout.def"
#undef STRUCT
#undef FIELD
#undef NUMBER
#undef TEXT

#endif
