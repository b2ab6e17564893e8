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

}  // namespace steppe
