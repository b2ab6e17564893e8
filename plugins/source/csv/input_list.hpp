// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which files are read, in which order: those that `path` and then `more_paths` name, each of which
// may be a pattern. In the last part of a path * stands for any characters, ? for one; a file with
// exactly that name comes before a pattern. Hidden files are matched by patterns that begin with a
// dot only, folders never. Matches are in the order of their bytes, whatever the locale.

#include <cstdint>
#include <string>
#include <vector>

#include "steppe/result.hpp"

namespace steppe::csv {

struct InputName {
  std::string path;
  std::string name;  // for messages: without folders, or as much of them as tells the files apart
};

// At least one. Errors: io for a folder that cannot be read and a pattern that nothing matches,
// invalid_config for a file named twice (C25). Files named outright need not be there yet.
Result<std::vector<InputName>> list_inputs(const std::string& path,
                                           const std::vector<std::string>& more_paths);

// Bytes on disk of all of them together; what is not there counts as nothing.
std::uint64_t bytes_of(const std::vector<InputName>& inputs);

// The name is that of the pattern: * any characters, ? any one byte.
bool matches_pattern(const std::string& name, const std::string& pattern);

}  // namespace steppe::csv
