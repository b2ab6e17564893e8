// SPDX-License-Identifier: Apache-2.0
#pragma once

// What to do about a refused plugin, by the reason of its refusal.

#include <string>
#include <vector>

#include "plugin_host/catalogue.hpp"
#include "plugin_host/elf_needs.hpp"

namespace steppe {

// "it used memory that is not its own" for "SIGSEGV"; empty for signals without a usual cause.
std::string signal_meaning(const std::string& signal);

// "libfoo1" for "libfoo.so.1": how Debian names the package of a library. Empty without a version.
std::string debian_package_of(const std::string& library);

// The name behind a mangled one; the same where it is not mangled.
std::string demangled(const std::string& symbol);

// The symbol that the loader's text complains of ("x.so: undefined symbol: f"), or empty.
std::string missing_symbol(const std::string& loader_text);

// The library that the loader's text complains of ("libfoo.so.1: cannot open ..."), or empty.
std::string missing_library(const std::string& loader_text);

// In the order in which they are worth trying.
std::vector<std::string> remedies_for(const PluginVerdict& verdict);

// A path as a shell takes it: in quotes where it needs them.
std::string shell_word(const std::string& path);

}  // namespace steppe
