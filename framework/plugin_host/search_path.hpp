// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where plugins are looked for. Absolute directories only, the working directory never (B17).

#include <string>
#include <vector>

namespace steppe {

// One directory and who named it: "--plugin-dir", "STEPPE_PLUGIN_PATH", "user", "installed".
struct PluginDirectory {
  std::string path;
  std::string origin;
};

struct SearchPathInput {
  std::vector<std::string> command_line;  // --plugin-dir, in order
  std::string executable;                 // absolute path of the running program
};

// In order: the command line, STEPPE_PLUGIN_PATH (colon separated; ignored when the process runs
// with privileges its user does not have, X11), the user's directory
// ($XDG_DATA_HOME/steppe/plugins), and the installed one, found from the executable
// (<prefix>/lib/steppe/plugins; in a build tree <build>/plugins beside <build>/bin). Relative
// entries of the environment are left out with a warning in `notices`.
std::vector<PluginDirectory> plugin_search_path(const SearchPathInput& input,
                                                std::vector<std::string>& notices);

}  // namespace steppe
