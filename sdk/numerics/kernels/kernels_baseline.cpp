// SPDX-License-Identifier: Apache-2.0
#define STEPPE_KERNEL_VARIANT baseline
#define STEPPE_KERNEL_NAME "baseline"
#include "kernels/kernels_impl.hpp"
