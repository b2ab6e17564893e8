// SPDX-License-Identifier: Apache-2.0
#pragma once

// Output files: the old file or the new one, never half (faults D1-D6, D8, D9). Written to a
// temporary file in the same directory (O_EXCL, mode of the old file or 0644), fsynced, renamed,
// directory fsynced. An fsync that fails is final: it is not retried.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fault.hpp"

namespace steppe {

struct OutputFile {
  std::string path;      // as the user wrote it, for messages
  std::string absolute;  // where it goes
  std::string content;
};

// What can be known before computing: the directory exists and can be written, the target is not a
// directory, FIFO, device or symbolic link (D8, D9).
Faults check_outputs(const std::vector<std::pair<std::string, std::string>>& path_and_absolute);

// Writes all files or none: every temporary is complete and fsynced before the first rename. On
// failure the temporaries are removed, the old files are untouched, and the fault says bytes
// written, bytes needed and that the previous file is unchanged.
Outcome<bool> write_outputs(const std::vector<OutputFile>& files);

}  // namespace steppe
