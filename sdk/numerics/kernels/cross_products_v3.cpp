// SPDX-License-Identifier: Apache-2.0
#define STEPPE_KERNEL_VARIANT v3
#include "kernels/cross_products_impl.hpp"
