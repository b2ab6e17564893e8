/* SPDX-License-Identifier: Apache-2.0 */

/* What one torture module has of its own: its name and its exported entry. */
#include "steppe/abi/abi.h"

extern const char torture_name[];
const char torture_name[] = TORTURE_NAME;

extern steppe_status torture_entry(const steppe_offer* offer, const steppe_plugin** out,
                                   steppe_error* error);

#ifndef TORTURE_ENTRY
#define TORTURE_ENTRY steppe_plugin_entry_v1
#endif
__attribute__((visibility("default"))) steppe_status TORTURE_ENTRY(const steppe_offer* offer,
                                                                   const steppe_plugin** out,
                                                                   steppe_error* error);
steppe_status TORTURE_ENTRY(const steppe_offer* offer, const steppe_plugin** out,
                            steppe_error* error) {
  return torture_entry(offer, out, error);
}

#ifdef TORTURE_CALLS
extern void function_of_another_library(void);
extern void call_it(void);
void call_it(void) { function_of_another_library(); }
#endif
