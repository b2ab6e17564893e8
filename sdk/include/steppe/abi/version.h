/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STEPPE_ABI_VERSION_H
#define STEPPE_ABI_VERSION_H

/* The version words of the contract between host and plugin.
 *
 * EPOCH is part of the entry symbol's name. It changes only when an old plugin could no longer be
 * called at all; a host then keeps an adapter for each older epoch.
 *
 * REVISION counts additions within an epoch: fields appended to structs, new capabilities. It is
 * negotiated once at load: the host offers [min, current], the plugin was built for [min, built],
 * both use min(current, built). Outside either range the plugin is refused.
 *
 * Revision 0 is a draft: host and plugin must agree on it exactly. */
#define STEPPE_ABI_EPOCH 1
#define STEPPE_ABI_REVISION 0
#define STEPPE_ABI_REVISION_MIN 0

#endif
