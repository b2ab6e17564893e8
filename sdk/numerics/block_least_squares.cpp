// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/block_least_squares.hpp"
