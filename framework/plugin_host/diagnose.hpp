// SPDX-License-Identifier: Apache-2.0
#pragma once

// Explains a verdict: what is wrong in plain words, the facts behind it, what to do. Looks at the
// file again as bytes and at the system around it; loads nothing.

#include <string>
#include <vector>

#include "core/plugin_diagnosis.hpp"
#include "plugin_host/catalogue.hpp"

namespace steppe {

// `all` are the files of the search path, for ids that two of them serve; the verdict may be one of
// them.
PluginDiagnosis diagnose(const PluginVerdict& verdict, const std::vector<PluginVerdict>& all);

// Adds what keeps a file from being found: its name, or a directory that is not searched.
void add_search_path(PluginDiagnosis& diagnosis, const std::string& path,
                     const std::vector<PluginDirectory>& directories);

// Every file of a catalogue.
PluginCheckup check_up(const PluginCatalogue& catalogue);

}  // namespace steppe
