// SPDX-License-Identifier: Apache-2.0
#pragma once

// The work behind PluginCatalogue::scan: files found, looked up in the cache, and the unknown ones
// judged, several at a time.

#include <string>
#include <vector>

#include "plugin_host/catalogue.hpp"

namespace steppe {

struct ScanResult {
  std::vector<PluginVerdict> plugins;
  std::vector<std::string> notices;
};

ScanResult scan_plugins(const CatalogueOptions& options);

// One file by its absolute path, without the cache.
PluginVerdict judge_plugin(const std::string& path, const CatalogueOptions& options);

}  // namespace steppe
