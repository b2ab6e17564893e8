// SPDX-License-Identifier: Apache-2.0
#pragma once

// The names that a shared library exports, read from the dynamic symbol table of its file without
// loading it. Layout: System V ABI, chapters 4 and 5.

#include <string>
#include <vector>

#include "steppe/result.hpp"

namespace steppe::conformance {

// Sorted. What the linker itself defines (_init, _edata, ...) is left out. Errors: a 64-bit ELF
// file of this machine whose section headers are missing or make no sense.
Result<std::vector<std::string>, std::string> exported_symbols(int descriptor);

}  // namespace steppe::conformance
