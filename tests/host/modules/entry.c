/* SPDX-License-Identifier: Apache-2.0 */

/* A plugin whose entry returns ENTRY_RESULT. */
#include <signal.h>
#include <string.h>

#include "steppe/abi/abi.h"

static steppe_status refuse(steppe_error* error) {
  strcpy(error->message, "no licence");
  return STEPPE_DENIED;
}

static steppe_status crash(void) {
  raise(SIGSEGV);
  return STEPPE_OK;
}

static steppe_status give_a_wild_pointer(const steppe_plugin** out) {
  *out = (const steppe_plugin*)16;
  return STEPPE_OK;
}

__attribute__((visibility("default"))) steppe_status
steppe_plugin_entry_v1(const steppe_offer* offer, const steppe_plugin** out, steppe_error* error);
steppe_status steppe_plugin_entry_v1(const steppe_offer* offer, const steppe_plugin** out,
                                     steppe_error* error) {
  (void)offer;
  (void)out;
  (void)error;
  (void)&refuse;
  (void)&crash;
  (void)&give_a_wild_pointer;
  return ENTRY_RESULT;
}
