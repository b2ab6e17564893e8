// SPDX-License-Identifier: Apache-2.0
#define STEPPE_KERNEL_VARIANT v3
#define STEPPE_KERNEL_NAME "x86-64-v3"
#include "kernels/kernels_impl.hpp"
