// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which kernel variants this machine can run.

namespace steppe::numerics {

// 0: baseline only; 1: x86-64-v3 as well; 2: x86-64-v4 as well.
int widest_variant();

}  // namespace steppe::numerics
