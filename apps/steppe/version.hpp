// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace steppe {

// "0.1.0".
std::string host_version();

// What `steppe --version` prints: the version; the epoch and revisions of the contract that plugins
// may have; compiler, build type and sanitizers; the libraries it was compiled with.
std::string version_text();

}  // namespace steppe
