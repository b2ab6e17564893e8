// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace steppe {

// "0.1.0".
std::string host_version();

// What `steppe --version` prints: version, ABI epoch and revisions, compiler.
std::string version_text();

}  // namespace steppe
