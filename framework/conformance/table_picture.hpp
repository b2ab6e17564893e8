// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "steppe/abi/abi.h"

namespace steppe::conformance {

// Every byte of a plugin's tables and their texts, in the order of the structs: for finding out
// whether they changed.
std::string picture_of(const steppe_plugin& plugin);

}  // namespace steppe::conformance
