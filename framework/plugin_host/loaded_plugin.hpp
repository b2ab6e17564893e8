// SPDX-License-Identifier: Apache-2.0
#pragma once

// The libraries loaded into this process, for as long as it lives. A file in one state (device,
// inode, size, times) is loaded and its entry called once, whoever asks.

#include <string>
#include <vector>

#include "plugin_host/plugin_file.hpp"
#include "plugin_host/plugin_tables.hpp"

namespace steppe {

struct LoadedPlugin {
  const steppe_plugin* table = nullptr;
  PluginDescription description;
  std::vector<std::string> changed;  // process state it changed while loading; restored
};

struct LoadRequest {
  std::string path;
  // The state in which the file was judged. Another one is refused (B14).
  const FileIdentity* judged = nullptr;
  // Used where there is no judged state: the bytes must have this hash. Empty: any.
  std::string sha256;
  // It is known to print or to change the process when loaded: watch and restore everything, not
  // only the floating-point state and the locale, and send its standard output to standard error.
  bool watched = false;
};

// Thread-safe. The result lives as long as the process.
Result<const LoadedPlugin*, LoadError> load_plugin(const LoadRequest& request);

}  // namespace steppe
