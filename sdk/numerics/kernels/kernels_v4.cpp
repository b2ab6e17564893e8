// SPDX-License-Identifier: Apache-2.0
#define STEPPE_KERNEL_VARIANT v4
#define STEPPE_KERNEL_NAME "x86-64-v4"
#include "kernels/kernels_impl.hpp"
