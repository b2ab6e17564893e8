// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elementwise.hpp"

#include <gtest/gtest.h>
