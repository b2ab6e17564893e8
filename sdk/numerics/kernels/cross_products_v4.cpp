// SPDX-License-Identifier: Apache-2.0
#define STEPPE_KERNEL_VARIANT v4
#include "kernels/cross_products_impl.hpp"
