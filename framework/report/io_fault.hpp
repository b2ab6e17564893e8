// SPDX-License-Identifier: Apache-2.0
#pragma once

// What system calls on output files say, in words that do not depend on the locale, and their
// names in the fault catalogue (D1-D3, D7-D9, D15).

#include <string>

#include "core/fault.hpp"

namespace steppe {

// "no space left on device" for ENOSPC.
std::string error_text(int number);
// "D1" for ENOSPC; "D2" for what has no name of its own.
std::string error_code(int number);

// A fault with exit code 7 at an output, named as the user wrote it.
Fault output_fault(std::string code, const std::string& path, std::string message);

std::string directory_of(const std::string& path);
std::string file_name_of(const std::string& path);

}  // namespace steppe
