/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_ENTRY_H
#define STEPPE_ABI_ENTRY_H

#include <stdint.h>

#include "component.h"
#include "host.h"
#include "status.h"
#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STEPPE_PLUGIN_MAGIC 0x50505453u /* "STPP" in memory */
#define STEPPE_PLUGIN_ENTRY_NAME "steppe_plugin_entry_v1"

/* What the host says first. */
typedef struct steppe_offer {
  uint32_t struct_size;
  uint32_t revision_min;
  uint32_t revision_current;
  uint32_t reserved;
  const char *host_version;
  const steppe_host *host; /* for the whole life of the library; lends no service in revision 0 */
} steppe_offer;

/* What the plugin answers: a static table that lives as long as the library.
 * revision_used = min(host's current, revision_built); the host recomputes and compares it. */
typedef struct steppe_plugin {
  uint32_t struct_size;
  uint32_t magic;
  uint32_t revision_min;
  uint32_t revision_built;
  uint32_t revision_used;
  uint32_t component_count;
  const char *name;
  const char *version;
  const char *vendor;
  const char *licence;     /* an SPDX expression */
  const char *sdk_version; /* of the SDK it was built with */
  const steppe_component *const *components;
} steppe_plugin;

/* The one exported symbol of a plugin; its name carries the epoch. Called once, before anything
 * else. Out of range revisions: STEPPE_INCOMPATIBLE_ABI and a message that names both ranges. */
typedef steppe_status (*steppe_plugin_entry)(const steppe_offer *offer,
                                             const steppe_plugin **plugin, steppe_error *error);

#ifdef __cplusplus
}
#endif

#endif
