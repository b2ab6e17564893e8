// SPDX-License-Identifier: Apache-2.0
#pragma once

// What `steppe new` writes: a folder that builds against the installed SDK, conforms and runs. The
// content comes from the templates in the program; nothing is read from disk. Not for plugins of
// Steppe's own tree.

#include <string>
#include <vector>

#include "core/fault.hpp"

namespace steppe {

struct ScaffoldRequest {
  std::string kind;      // "trend", "regression", "source"
  std::string name;      // snake_case: "my_trend"
  std::string language;  // "cpp", "c", "rust"
};

struct ScaffoldFile {
  std::string path;  // inside the folder: "src/lib.rs"
  std::string content;
};

// The files of a new plugin. Refused (exit 2): a kind or language that there is not, a name that is
// not in snake case, longer than 60 characters or reserved.
Outcome<std::vector<ScaffoldFile>> scaffold_files(const ScaffoldRequest& request);

// The commands that build, judge and run it, one per line, as its README has them.
std::vector<std::string> next_commands(const ScaffoldRequest& request);

// Makes the folder `parent`/`name` with these files, whole or not at all. Refused (exit 7): what is
// there already (D17), a parent that is not there or may not be written (D8), a full disk (D1).
Outcome<bool> write_folder(const std::string& parent, const std::string& name,
                           const std::vector<ScaffoldFile>& files);

}  // namespace steppe
