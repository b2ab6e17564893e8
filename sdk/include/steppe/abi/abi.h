/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_ABI_H
#define STEPPE_ABI_ABI_H

/* The whole contract in one include, for plugins written in C. */

#include "arrow.h"
#include "component.h"
#include "data_source.h"
#include "entry.h"
#include "host.h"
#include "options.h"
#include "regression.h"
#include "saved_fit.h"
#include "sink.h"
#include "status.h"
#include "trend_model.h"
#include "version.h"
#include "views.h"

#include <stddef.h>

/* True when the struct behind `pointer` is large enough to hold `field`: how a newer reader asks an
 * older writer whether a later field is there. */
#ifdef __cplusplus
#define STEPPE_HAS_FIELD(pointer, type, field) \
  ((pointer)->struct_size >= offsetof(type, field) + sizeof(type::field))
#else
#define STEPPE_HAS_FIELD(pointer, type, field) \
  ((pointer)->struct_size >= offsetof(type, field) + sizeof(((type *)0)->field))
#endif

#endif
