// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the probe child does, as a function: loads a plugin into *this* process, negotiates, reads
// its tables and gives a verdict. For the child and for tests of plugins that are trusted; the host
// itself never calls it.

#include <functional>
#include <string>

#include "plugin_host/catalogue.hpp"

namespace steppe {

// How far the work has come, for a parent that wants to know where a plugin died.
enum class ProbePhase { kLoad, kEntry, kTables };
using PhaseCallback = std::function<void(ProbePhase)>;

// `descriptor` is an open file of the plugin that stays open for ever; `file` its name in messages.
// Path, hash and identity of the verdict are left to the caller.
PluginVerdict inspect(int descriptor, const std::string& file, const PhaseCallback& at = {});

// Opens and inspects a file. The verdict has its path and identity.
PluginVerdict inspect_in_process(const std::string& path);

}  // namespace steppe
