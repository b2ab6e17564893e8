// SPDX-License-Identifier: Apache-2.0
#pragma once

// The first look at a plugin's file, as bytes (B1): is it a shared library for this machine, and is
// all of it there? A library cut within its segments would kill the process that maps it (SIGBUS),
// and the dynamic loader calls one for another machine "No such file".
//
// Layout: System V ABI, chapters 4 and 5; machine numbers from <elf.h>.

#include <cstdint>
#include <optional>
#include <string>

#include "plugin_host/shared_module.hpp"

namespace steppe {

// "x86-64", "RISC-V", ... for a machine number of <elf.h>.
std::string machine_name(int machine);

// Nothing when the file looks whole; else a B1 error.
std::optional<LoadError> check_elf(int descriptor, std::uint64_t size);

}  // namespace steppe
