// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a shared library asks of the system, read from its bytes: for explanations only. Nothing is
// loaded, and nothing in the file is believed beyond its length.

#include <optional>
#include <string>
#include <vector>

namespace steppe {

struct ElfNeeds {
  std::string format;                 // "ELF, 64-bit, x86-64, shared library"
  std::vector<std::string> needed;    // DT_NEEDED, in order
  std::vector<std::string> run_path;  // directories of DT_RUNPATH or DT_RPATH
};

// Nothing when the file is no ELF file. A damaged one gives what could be read.
std::optional<ElfNeeds> read_elf_needs(const std::string& path);

// The library of that name as the dynamic loader finds it: LD_LIBRARY_PATH, the run path, the
// loader's cache, the standard directories. Empty when there is none.
std::string find_library(const std::string& name, const std::vector<std::string>& run_path);

}  // namespace steppe
